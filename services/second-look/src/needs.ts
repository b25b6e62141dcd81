import type { Need } from "@cordon/kafka";
import { topicNames } from "@cordon/screening";

import type { SecondLookConfig } from "./config.ts";

type Asked = Pick<
  SecondLookConfig,
  "topicPrefix" | "kafka" | "groupId" | "screenersGroupId" | "lookBackDays" | "resubmissionDays"
>;

/**
 * What its user must be allowed to do: the table of docs/security.md. The topics are the screeners': without them there is nothing to look at
 * yet. With kafkajs it reads in groups whose names begin with its client's; one stands for all.
 */
export function needsOf(config: Asked): readonly Need[] {
  const { payments, remittances, decisions, alerts } = topicNames(config);
  const { client, clientId } = config.kafka;
  return [
    ...[payments, remittances, decisions].map((name) => topic(name, "Read")),
    topic(alerts, "Read", "Write"),
    ...(config.resubmissionDays === 0 ? [] : [group(config.groupId, "Read")]),
    ...(config.lookBackDays === 0 ? [] : [group(config.screenersGroupId, "Describe")]),
    ...(client === "kafkajs" ? [group(`${clientId}-reader-`, "Read")] : []),
  ];
}

const topic = (name: string, ...operations: Need["operations"]): Need => ({
  kind: "topic",
  name,
  operations,
  mustExist: true,
});

const group = (name: string, ...operations: Need["operations"]): Need => ({ kind: "group", name, operations });
