import type { Need } from "@cordon/kafka";
import { topics } from "@cordon/schemas";

/** What the desk's user must be allowed to do, found before anything is begun. */
export function needsOf({
  topicPrefix,
  groupId,
}: {
  readonly topicPrefix: string;
  readonly groupId: string;
}): readonly Need[] {
  const topic = (name: string, ...operations: Need["operations"]): Need => ({
    kind: "topic",
    name: topicPrefix + name,
    operations: [...operations, "DescribeConfigs"],
  });
  return [
    ...[topics.alerts, topics.decisions, topics.listChanges].map((name) => topic(name, "Read")),
    topic(topics.dispositions, "Read", "Write"),
    { kind: "group", name: `${topicPrefix}${groupId}`, operations: ["Read"] },
  ];
}
