import type { TopicSettings } from "./port.ts";
import type { StandingTopic } from "./topic-differences.ts";

export interface TopicEntry {
  readonly name: string;
  readonly value: string;
}

/** What is set when a topic is created. */
export function topicEntries(settings: TopicSettings): readonly TopicEntry[] {
  const { minInSyncReplicas, retentionMs, maxMessageBytes, compacted, stampedByBroker } = settings;
  return [
    { name: "min.insync.replicas", value: String(minInSyncReplicas) },
    { name: "cleanup.policy", value: compacted === true ? "compact" : "delete" },
    ...(retentionMs === undefined ? [] : [{ name: "retention.ms", value: String(retentionMs) }]),
    ...(stampedByBroker === true ? [{ name: "message.timestamp.type", value: "LogAppendTime" }] : []),
    ...(maxMessageBytes === undefined ? [] : [{ name: "max.message.bytes", value: String(maxMessageBytes) }]),
  ];
}

/** What is asked for to compare a topic with its settings. */
export const comparedEntries = [
  "cleanup.policy",
  "min.insync.replicas",
  "retention.ms",
  "max.message.bytes",
  "message.timestamp.type",
  "message.timestamp.before.max.ms",
] as const;

/** `replicas`: how many each partition has. */
export function standingTopic(
  replicas: readonly number[],
  entries: readonly { readonly name: string; readonly value?: string | null | undefined }[],
): StandingTopic {
  const valueOf = (name: (typeof comparedEntries)[number]): string =>
    entries.find((entry) => entry.name === name)?.value ?? "";
  return {
    partitions: replicas.length,
    replicationFactor: replicas[0] ?? 0,
    cleanupPolicy: valueOf("cleanup.policy"),
    minInSyncReplicas: Number(valueOf("min.insync.replicas")),
    retentionMs: Number(valueOf("retention.ms")),
    maxMessageBytes: Number(valueOf("max.message.bytes")),
    stampedByBroker: valueOf("message.timestamp.type") === "LogAppendTime",
    // Brokers before 3.6 do not know it, and bound nothing by default.
    oldestTakenMs: numberOr(valueOf("message.timestamp.before.max.ms"), Number.POSITIVE_INFINITY),
  };
}

function numberOr(text: string, otherwise: number): number {
  return text === "" ? otherwise : Number(text);
}
