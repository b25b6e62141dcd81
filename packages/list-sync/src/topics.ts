import type { TopicSettings } from "@cordon/kafka";
import { topicDefaults, topics } from "@cordon/schemas";

import type { ListSyncConfig } from "./config.ts";

/** The topic of announcements as this configuration names it. */
export function listChangesTopic({ topicPrefix }: Pick<ListSyncConfig, "topicPrefix">): string {
  return `${topicPrefix}${topics.listChanges}`;
}

/** What list-sync creates when it is missing. */
export function topicSettings(config: Pick<ListSyncConfig, "topicPrefix" | "kafka">): readonly TopicSettings[] {
  const { replicationFactor, minInSyncReplicas } = config.kafka;
  return [
    { topic: listChangesTopic(config), ...topicDefaults[topics.listChanges], replicationFactor, minInSyncReplicas },
  ];
}
