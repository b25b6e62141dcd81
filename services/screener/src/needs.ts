import type { Need } from "@cordon/kafka";
import { topicNames } from "@cordon/screening";

import type { ScreenerConfig } from "./config.ts";

/** What the screener's user must be allowed to do: the table of docs/security.md. */
export function needsOf(config: Pick<ScreenerConfig, "topicPrefix" | "groupId" | "delivery">): readonly Need[] {
  const { payments, remittances, decisions, alerts, deadLetters, canaryDecisions, canaryAlerts } = topicNames(config);
  const { groupId, delivery } = config;
  const events = [payments, remittances];
  return [
    ...events.map((name) => topic(name, "Read")),
    ...[decisions, alerts, deadLetters, canaryDecisions, canaryAlerts].map((name) => topic(name, "Write")),
    { kind: "group", name: groupId, operations: ["Read"] },
    ...(delivery === "exactly_once" ? events.map((name) => transactionalId(groupId, name)) : []),
  ];
}

const topic = (name: string, does: "Read" | "Write"): Need => ({
  kind: "topic",
  name,
  operations: [does, "DescribeConfigs"],
});

/** The id of one partition stands for all: a permission is for a group's ids together. */
const transactionalId = (groupId: string, of: string): Need => ({
  kind: "transactional id",
  name: `${groupId}:${of}:0`,
  operations: ["Write"],
});
