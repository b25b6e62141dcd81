import type { TopicSettings } from "@cordon/kafka";
import { canaryTopicDefaults, canaryTopics, type Topic, topicDefaults, topics } from "@cordon/schemas";
import type { ConfigOf, kafkaConfig } from "@cordon/service";

/** What decides how topics are named and made. */
export interface TopicConfig {
  readonly topicPrefix: string;
  readonly kafka: ConfigOf<typeof kafkaConfig>;
}

/** The topics as this configuration names them. */
export interface TopicNames {
  readonly payments: string;
  readonly remittances: string;
  readonly decisions: string;
  readonly alerts: string;
  readonly deadLetters: string;
  readonly canaryDecisions: string;
  readonly canaryAlerts: string;
}

export function topicNames({ topicPrefix }: Pick<TopicConfig, "topicPrefix">): TopicNames {
  return {
    payments: `${topicPrefix}${topics.payments}`,
    remittances: `${topicPrefix}${topics.remittances}`,
    decisions: `${topicPrefix}${topics.decisions}`,
    alerts: `${topicPrefix}${topics.alerts}`,
    deadLetters: `${topicPrefix}${topics.deadLetters}`,
    canaryDecisions: `${topicPrefix}${canaryTopics.decisions}`,
    canaryAlerts: `${topicPrefix}${canaryTopics.alerts}`,
  };
}

/**
 * A dead letter is the record and our headers, so its topic must take more than the event topics do. Far above the
 * brokers' default of 1 MiB, for somebody may have raised that of the events.
 */
export const largestDeadLetter = 16 * 1024 * 1024;

/** What the screener creates when it is missing: the events' topics and those of its results. */
export function topicSettings(config: TopicConfig): readonly TopicSettings[] {
  const { eventPartitions, eventRetentionMs, resultRetentionMs, replicationFactor, minInSyncReplicas } = config.kafka;
  const names = topicNames(config);
  const settings = (
    name: keyof TopicNames & keyof typeof topics,
    {
      partitions,
      retentionMs,
      ...more
    }: {
      readonly partitions: number;
      readonly retentionMs: number | null;
      readonly maxMessageBytes?: number;
      readonly stampedByBroker?: boolean;
    },
  ): TopicSettings => {
    const topic: Topic = topics[name];
    return {
      topic: names[name],
      partitions,
      compacted: topicDefaults[topic].compacted,
      replicationFactor,
      minInSyncReplicas,
      ...(retentionMs === null ? {} : { retentionMs }),
      ...more,
    };
  };
  const events = { partitions: eventPartitions, retentionMs: eventRetentionMs, stampedByBroker: true };
  const results = { partitions: eventPartitions, retentionMs: resultRetentionMs };
  const deadLetters = {
    partitions: topicDefaults[topics.deadLetters].partitions,
    retentionMs: resultRetentionMs,
    maxMessageBytes: largestDeadLetter,
  };
  return [
    settings("payments", events),
    settings("remittances", events),
    settings("decisions", results),
    settings("alerts", results),
    settings("deadLetters", deadLetters),
    ...[names.canaryDecisions, names.canaryAlerts].map((topic) => ({
      topic,
      ...canaryTopicDefaults,
      replicationFactor,
      minInSyncReplicas,
    })),
  ];
}
