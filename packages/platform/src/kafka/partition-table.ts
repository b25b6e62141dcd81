import type { Kafka } from "kafkajs";

import { retrying } from "./deadline.ts";
import { isUnknownTopic } from "./kafka-errors.ts";
import { topicAbsent } from "./told-errors.ts";

/** Partition counts can only grow, and rarely do: as old as kafkajs lets its own metadata grow. */
const maxAgeMs = 300_000;

/** A topic just created is known to one broker before the others: it is absent only if it stays so. */
export const untilKnown = { pauses: [100, 200, 400, 800], isPassing: isUnknownTopic } as const;

export interface PartitionTable {
  /** How many partitions the topic has. Rejects with TOPIC_UNSUITABLE when there is no such topic. */
  partitionsOf(topic: string): Promise<number>;
}

interface Entry {
  readonly count: Promise<number>;
  readonly at: number;
}

/** Remembers partition counts for some minutes. A look-up connects, asks and disconnects; concurrent ones share it. */
export function createPartitionTable(kafka: Kafka): PartitionTable {
  const entries = new Map<string, Entry>();
  return {
    partitionsOf(topic) {
      const known = entries.get(topic);
      if (known !== undefined && Date.now() - known.at < maxAgeMs) return known.count;
      const entry: Entry = { count: retrying(() => fetchPartitionCount(kafka, topic), untilKnown), at: Date.now() };
      entries.set(topic, entry);
      entry.count.catch(() => {
        if (entries.get(topic) === entry) entries.delete(topic);
      });
      return entry.count;
    },
  };
}

async function fetchPartitionCount(kafka: Kafka, topic: string): Promise<number> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const count = topics.find(({ name }) => name === topic)?.partitions.length ?? 0;
    if (count === 0) throw topicAbsent(topic);
    return count;
  } catch (error) {
    throw isUnknownTopic(error) ? topicAbsent(topic, error) : error;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
