import kafkajs, { type Admin, type Kafka } from "kafkajs";

import { topicAbsent } from "../client-errors.ts";
import { retrying } from "../deadline.ts";
import { isUnknownTopic } from "../kafka-errors.ts";

/** Partition counts can only grow, and rarely do: as old as kafkajs lets its own metadata grow. */
const maxAgeMs = 300_000;

/** A topic just created is known to one broker before the others: it is absent only if it stays so. */
export const untilKnown = { pauses: [100, 200, 400, 800], isPassing: isUnknownTopic } as const;

export interface TopicFacts {
  readonly partitions: number;
  /** The largest batch that the topic takes; null where this user may not know. */
  readonly maxMessageBytes: number | null;
}

export interface PartitionTable {
  /** Rejects with TOPIC_UNSUITABLE when there is no such topic. */
  factsOf(topic: string): Promise<TopicFacts>;
  /** They are to be asked for again. */
  forget(topic: string): void;
}

interface Entry {
  readonly facts: Promise<TopicFacts>;
  readonly at: number;
}

/** Remembers what topics are like for some minutes. A look-up connects, asks and disconnects; concurrent ones share it. */
export function createPartitionTable(kafka: Kafka): PartitionTable {
  const entries = new Map<string, Entry>();
  return {
    forget: (topic) => void entries.delete(topic),
    factsOf(topic) {
      const known = entries.get(topic);
      if (known !== undefined && performance.now() - known.at < maxAgeMs) return known.facts;
      const entry: Entry = { facts: retrying(() => fetchFacts(kafka, topic), untilKnown), at: performance.now() };
      entries.set(topic, entry);
      entry.facts.catch(() => {
        if (entries.get(topic) === entry) entries.delete(topic);
      });
      return entry.facts;
    },
  };
}

async function fetchFacts(kafka: Kafka, topic: string): Promise<TopicFacts> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const count = topics.find(({ name }) => name === topic)?.partitions.length ?? 0;
    if (count === 0) throw topicAbsent(topic);
    return { partitions: count, maxMessageBytes: await fetchMaxMessageBytes(admin, topic).catch(() => null) };
  } catch (error) {
    throw isUnknownTopic(error) ? topicAbsent(topic, error) : error;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

async function fetchMaxMessageBytes(admin: Admin, topic: string): Promise<number | null> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: ["max.message.bytes"] }],
  });
  const value = Number(resources[0]?.configEntries[0]?.configValue ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}
