import { CordonError } from "@cordon/errors";

import type { KafkaClient, PartitionSurvey, Position, Producer } from "../port.ts";
import { createMemoryConsumer } from "./memory-consumer.ts";
import { createMemoryGroup, type MemoryGroup } from "./memory-group.ts";
import { createMemoryLog, type MemoryRecord } from "./memory-log.ts";
import { createMemoryReader } from "./memory-reader.ts";
import { createMemoryTransactionalProducer } from "./memory-transactions.ts";

export interface MemoryKafkaOptions {
  /** Stamps records. Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly maxBatchRecords?: number;
}

/** A Kafka in this process, for tests: the port as the real adapter keeps it, and a look behind it. */
export interface MemoryKafka extends KafkaClient {
  /** By partition, then offset. Throws TOPIC_UNSUITABLE when the topic was never created. */
  records(topic: string): readonly MemoryRecord[];
  committed(groupId: string): readonly Position[];
  /** From now on every `send` and every transaction rejects with it and writes nothing; `null` heals. */
  failSends(error: Error | null): void;
  /** From now on every `check` rejects with it; `null` heals. */
  failChecks(error: Error | null): void;
  /** From now on every commit and every transaction fails with it, so batches come again and again; `null` heals. */
  failCommits(error: Error | null): void;
  /** Forgets the records of a partition before that offset, as retention does. */
  expire(before: Position): void;
}

export function createMemoryKafka({ now = Date.now, maxBatchRecords = 500 }: MemoryKafkaOptions = {}): MemoryKafka {
  const appendListeners = new Set<() => void>();
  const groups = new Map<string, MemoryGroup>();
  const epochs = new Map<string, number>();
  let sendFailure: Error | null = null;
  let commitFailure: Error | null = null;
  let checkFailure: Error | null = null;
  const log = createMemoryLog(now, () => {
    for (const listener of appendListeners) listener();
  });

  const group = (groupId: string): MemoryGroup => {
    const known = groups.get(groupId) ?? createMemoryGroup((topic) => log.partitionsOf(topic).length);
    groups.set(groupId, known);
    return known;
  };

  const surveyOf = (groupId: string, topics: readonly string[]): readonly PartitionSurvey[] =>
    topics.flatMap((topic) =>
      log.partitionsOf(topic).map((records, partition) => {
        const end = BigInt(records.length);
        const committed = group(groupId)
          .positions()
          .find((one) => one.topic === topic && one.partition === partition);
        const start = log.firstKept({ topic, partition });
        return { topic, partition, start, stableEnd: end, end, committed: committed?.offset ?? null };
      }),
    );

  const producer = (): Producer => {
    let closed = false;
    return {
      send: async (records) => {
        if (closed) throw new CordonError("CONTRACT_VIOLATED", "send was called on a closed producer");
        await Promise.resolve();
        if (sendFailure !== null) throw sendFailure;
        if (records.length > 0) log.append(records);
      },
      close: async () => {
        closed = true;
        await Promise.resolve();
      },
    };
  };

  return {
    check: async () => {
      await Promise.resolve();
      if (checkFailure !== null) throw checkFailure;
    },
    failChecks(error) {
      checkFailure = error;
    },
    consumer: () =>
      createMemoryConsumer({
        now,
        maxBatchRecords,
        group,
        partitionsOf: (topic) => log.partitionsOf(topic),
        firstKept: (place) => log.firstKept(place),
        commitFailure: () => commitFailure,
        onAppend: (listener) => {
          appendListeners.add(listener);
          return () => appendListeners.delete(listener);
        },
      }),
    producer: async () => Promise.resolve(producer()),
    transactionalProducer: async (source) =>
      Promise.resolve(
        createMemoryTransactionalProducer(source, {
          epochs,
          log,
          group: group(source.groupId),
          failure: () => sendFailure ?? commitFailure,
        }),
      ),
    admin: async () =>
      Promise.resolve({
        ensureTopics: async (topics) => Promise.resolve(topics.map((settings) => log.ensure(settings))),
        survey: async (groupId, topics) => Promise.resolve(surveyOf(groupId, topics)),
        close: async () => Promise.resolve(),
      }),
    reader: async () => Promise.resolve(createMemoryReader({ log, maxBatchRecords })),
    records: (topic) => log.partitionsOf(topic).flat(),
    committed: (groupId) => groups.get(groupId)?.positions() ?? [],
    failSends(error) {
      sendFailure = error;
    },
    failCommits(error) {
      commitFailure = error;
    },
    expire(before) {
      log.expire(before);
    },
  };
}
