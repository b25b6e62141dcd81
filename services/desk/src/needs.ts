import type { Need } from "@cordon/kafka";
import { topics } from "@cordon/schemas";

import type { DeskConfig } from "./config.ts";

/**
 * What the desk's user must be allowed to do: the table of docs/security.md. Events are others' topics, read where they lie. With kafkajs it
 * reads in groups whose names begin with its client's; one stands for all.
 */
export function needsOf({
  topicPrefix,
  groupId,
  kafka: { client, clientId },
}: Pick<DeskConfig, "topicPrefix" | "groupId" | "kafka">): readonly Need[] {
  const topic = (name: string, ...operations: Need["operations"]): Need => ({
    kind: "topic",
    name: topicPrefix + name,
    operations,
  });
  return [
    ...[topics.alerts, topics.decisions, topics.listChanges].map((name) => topic(name, "Read", "DescribeConfigs")),
    ...[topics.payments, topics.remittances].map((name) => topic(name, "Read")),
    topic(topics.dispositions, "Read", "Write", "DescribeConfigs"),
    group(`${topicPrefix}${groupId}`),
    ...(client === "kafkajs" ? [group(`${clientId}-reader-`)] : []),
  ];
}

const group = (name: string): Need => ({ kind: "group", name, operations: ["Read"] });
