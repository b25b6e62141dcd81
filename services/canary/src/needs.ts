import type { Need } from "@cordon/kafka";
import { canaryTopics, topics } from "@cordon/schemas";

import type { CanaryConfig } from "./config.ts";

/** What the canary's user must be allowed to do: the table of docs/security.md. */
export function needsOf({ topicPrefix, groupId }: Pick<CanaryConfig, "topicPrefix" | "groupId">): readonly Need[] {
  return [
    ...[topics.payments, topics.remittances].map((topic): Need => ({
      kind: "topic",
      name: topicPrefix + topic,
      operations: ["Write"],
      mustExist: true,
    })),
    ...[canaryTopics.decisions, canaryTopics.alerts].map((topic): Need => ({
      kind: "topic",
      name: topicPrefix + topic,
      operations: ["Read", "DescribeConfigs"],
    })),
    { kind: "group", name: `${topicPrefix}${groupId}`, operations: ["Read"] },
  ];
}
