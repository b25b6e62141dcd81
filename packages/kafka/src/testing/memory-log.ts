import { CordonError } from "@cordon/errors";

import { topicAbsent } from "../client-errors.ts";
import { partitionOfKey } from "../murmur2.ts";
import type { ConsumedRecord, OutRecord, Position, TopicPartition, TopicReport, TopicSettings } from "../port.ts";
import { partitionName } from "../range-cursor.ts";
import { compareTopic } from "../topic-differences.ts";

export interface MemoryRecord extends ConsumedRecord, TopicPartition {
  readonly headers: ReadonlyMap<string, Buffer>;
}

interface StoredTopic {
  readonly settings: TopicSettings;
  readonly partitions: readonly MemoryRecord[][];
}

/** The records of all topics. Throws TOPIC_UNSUITABLE where a topic does not exist, as Kafka's client does. */
export interface MemoryLog {
  ensure(settings: TopicSettings): TopicReport;
  partitionsOf(topic: string): readonly (readonly MemoryRecord[])[];
  append(records: readonly OutRecord[]): void;
  /** Forgets what stands before that offset, as retention does. */
  expire(before: Position): void;
  /** The first offset that was not forgotten. */
  firstKept(place: TopicPartition): bigint;
}

/** The brokers' default of max.message.bytes. */
const brokerMaxMessageBytes = 1_048_588;
const weekMs = 604_800_000;

export function createMemoryLog(now: () => number, appended: () => void): MemoryLog {
  const topics = new Map<string, StoredTopic>();
  const expired = new Map<string, bigint>();
  let turn = 0;

  const find = (topic: string): StoredTopic => {
    const stored = topics.get(topic);
    if (stored === undefined) throw topicAbsent(topic);
    return stored;
  };

  return {
    ensure(settings) {
      const { topic } = settings;
      const standing = topics.get(topic);
      if (standing !== undefined)
        return {
          topic,
          created: false,
          partitions: standing.settings.partitions,
          maxMessageBytes: standing.settings.maxMessageBytes ?? brokerMaxMessageBytes,
          differences: differencesOf(settings, standing.settings),
        };
      topics.set(topic, { settings, partitions: Array.from({ length: settings.partitions }, () => []) });
      const { partitions, maxMessageBytes = brokerMaxMessageBytes } = settings;
      return { topic, created: true, partitions, maxMessageBytes, differences: [] };
    },
    partitionsOf: (topic) => find(topic).partitions,
    append(records) {
      // All or nothing, where Kafka may write a part: look the topics up first.
      const placed = records.map((record) => ({ record, partitions: roomFor(record, find(record.topic)) }));
      for (const { record, partitions } of placed) {
        const { length } = partitions;
        const partition = record.key === null ? turn++ % length : partitionOfKey(record.key, length);
        const stored = partitions[partition];
        stored?.push(storeRecord(record, { partition, offset: BigInt(stored.length), timestamp: now() }));
      }
      appended();
    },
    expire(before) {
      expired.set(partitionName(before), before.offset);
    },
    firstKept: (place) => expired.get(partitionName(place)) ?? 0n,
  };
}

/** Where it goes. Throws CONFIG_INVALID when the topic takes no record as large. */
function roomFor({ topic, key, value }: OutRecord, { settings, partitions }: StoredTopic): readonly MemoryRecord[][] {
  const size = (key?.length ?? 0) + (value?.length ?? 0);
  if (size > (settings.maxMessageBytes ?? brokerMaxMessageBytes))
    throw new CordonError(
      "CONFIG_INVALID",
      `${topic} takes no record of ${String(size)} bytes: raise max.message.bytes`,
    );
  return partitions;
}

function differencesOf(wanted: TopicSettings, standing: TopicSettings): readonly string[] {
  return compareTopic(wanted, {
    ...standing,
    cleanupPolicy: standing.compacted === true ? "compact" : "delete",
    retentionMs: standing.retentionMs ?? weekMs,
    maxMessageBytes: standing.maxMessageBytes ?? brokerMaxMessageBytes,
    stampedByBroker: standing.stampedByBroker === true,
    oldestTakenMs: Number.POSITIVE_INFINITY,
  });
}

function storeRecord(
  { topic, key, value, headers }: OutRecord,
  place: { readonly partition: number; readonly offset: bigint; readonly timestamp: number },
): MemoryRecord {
  const stored = new Map(Object.entries(headers ?? {}).map(([name, content]) => [name, Buffer.from(content)]));
  return {
    ...place,
    topic,
    key: key === null ? null : Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    headers: stored,
    header: (name) => stored.get(name),
  };
}
