import { CordonError } from "@cordon/errors";

import type { TopicSettings } from "./port.ts";

/** What a topic is like, as the brokers tell it. */
export interface StandingTopic {
  readonly partitions: number;
  readonly replicationFactor: number;
  /** `delete`, `compact` or both, separated by a comma. */
  readonly cleanupPolicy: string;
  readonly minInSyncReplicas: number;
  readonly retentionMs: number;
  readonly maxMessageBytes: number;
  /** Whether records get the broker's time, and not their producer's. */
  readonly stampedByBroker: boolean;
  /** Records that are stamped as older than this, milliseconds, are refused. */
  readonly oldestTakenMs: number;
}

/**
 * How a topic differs from its settings, one sentence each. Throws TOPIC_UNSUITABLE for a compacted topic where none
 * is wanted: it forgets all but a key's last record, so events would vanish unscreened.
 */
export function compareTopic(settings: TopicSettings, standing: StandingTopic): readonly string[] {
  const {
    topic,
    partitions,
    replicationFactor,
    minInSyncReplicas,
    retentionMs,
    maxMessageBytes,
    compacted = false,
    stampedByBroker = false,
  } = settings;
  const isCompacted = standing.cleanupPolicy.split(",").includes("compact");
  if (isCompacted && !compacted)
    throw new CordonError(
      "TOPIC_UNSUITABLE",
      `topic ${topic} is compacted and so loses records: set its cleanup.policy to delete`,
      { details: { topic, cleanupPolicy: standing.cleanupPolicy } },
    );
  const differences: string[] = [];
  const compare = (what: string, is: number, wanted: number): void => {
    if (is !== wanted) differences.push(`${what}: ${String(is)}, settings say ${String(wanted)}`);
  };
  compare("partitions", standing.partitions, partitions);
  compare("replication factor", standing.replicationFactor, replicationFactor);
  compare("min.insync.replicas", standing.minInSyncReplicas, minInSyncReplicas);
  if (retentionMs !== undefined) compare("retention.ms", standing.retentionMs, retentionMs);
  if (maxMessageBytes !== undefined && standing.maxMessageBytes < maxMessageBytes)
    compare("max.message.bytes", standing.maxMessageBytes, maxMessageBytes);
  if (stampedByBroker && deletesByProducersClock(standing))
    differences.push(
      `message.timestamp.type: CreateTime, settings say LogAppendTime: what a producer stamps as older than retention.ms (${String(standing.retentionMs)}), as one does that writes seconds, is deleted before it is screened`,
    );
  if (compacted && standing.cleanupPolicy !== "compact")
    differences.push(`cleanup.policy: ${standing.cleanupPolicy}, settings say compact`);
  return differences;
}

/** Unless the broker refuses what is stamped too old, or keeps everything for ever. */
function deletesByProducersClock({
  stampedByBroker,
  cleanupPolicy,
  retentionMs,
  oldestTakenMs,
}: StandingTopic): boolean {
  if (stampedByBroker || retentionMs < 0) return false;
  return cleanupPolicy.split(",").includes("delete") && oldestTakenMs > retentionMs;
}
