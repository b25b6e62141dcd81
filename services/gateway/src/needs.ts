import type { Need } from "@cordon/kafka";
import { topicNames } from "@cordon/screening";

import type { GatewayConfig } from "./config.ts";

/**
 * What the gateway's user must be allowed to do: the table of docs/security.md. With kafkajs it reads in groups whose names
 * begin with its client's; one stands for all.
 */
export function needsOf(config: Pick<GatewayConfig, "topicPrefix" | "kafka">): readonly Need[] {
  const { payments, remittances, decisions, alerts } = topicNames(config);
  const { client, clientId } = config.kafka;
  return [
    ...[payments, remittances].map((name) => topic(name, "Write")),
    ...[decisions, alerts].map((name) => topic(name, "Read")),
    ...(client === "kafkajs"
      ? [{ kind: "group" as const, name: `${clientId}-reader-`, operations: ["Read" as const] }]
      : []),
  ];
}

const topic = (name: string, does: "Read" | "Write"): Need => ({
  kind: "topic",
  name,
  operations: [does, "DescribeConfigs"],
});
