import type {
  ConsumedBatch,
  KafkaClient,
  OutRecord,
  Producer,
  TopicPartition,
  TransactionalProducer,
} from "@cordon/kafka";

/** How what a batch led to becomes durable, and the group's offset with it or after it. */
export interface Delivery {
  /**
   * Resolves when all of it is durable. An answer is the group's offset, committed already; without one the consumer
   * commits. An answer other than the batch's `nextOffset` says that the group was elsewhere and nothing was written.
   * Rejects with codes of disposition `retry` while Kafka gives no answer, and may then be called again.
   */
  deliver(records: readonly OutRecord[], batch: ConsumedBatch): Promise<bigint | void>;
  /** The group gave these partitions, and no others, to this member. */
  take(partitions: readonly TopicPartition[]): void;
  close(): Promise<void>;
}

/** First sent and acknowledged, then committed: a crash in between sends again. */
export function atLeastOnce(producer: Producer): Delivery {
  return {
    deliver: (records) => producer.send(records),
    take: () => undefined,
    close: () => producer.close(),
  };
}

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic} ${String(partition)}`;

/**
 * Sent and committed in one transaction, with a producer for each partition of input. Producers are opened as soon as
 * the group gives a partition, so that what a dead member left open is ended also where no event comes. One whose partition
 * comes back with the next assignment is kept: if another member had it in between, the brokers shut it out.
 */
export function exactlyOnce(kafka: Pick<KafkaClient, "transactionalProducer">, groupId: string): Delivery {
  const producers = new Map<string, Promise<TransactionalProducer>>();

  function producerOf(source: TopicPartition): Promise<TransactionalProducer> {
    const name = nameOf(source);
    const known = producers.get(name);
    if (known !== undefined) return known;
    const opening = kafka.transactionalProducer({ groupId, topic: source.topic, partition: source.partition });
    producers.set(name, opening);
    // Whoever delivers hears of it and tries again.
    opening.catch(() => {
      if (producers.get(name) === opening) producers.delete(name);
    });
    return opening;
  }

  async function drop(name: string): Promise<void> {
    const known = producers.get(name);
    producers.delete(name);
    const producer = await known?.catch(() => undefined);
    await producer?.close();
  }

  return {
    async deliver(records, batch) {
      const from = batch.records[0]?.offset ?? batch.nextOffset;
      const producer = await producerOf(batch);
      return producer.sendAndCommit(records, { from, next: batch.nextOffset });
    },
    take(partitions) {
      const mine = new Set(partitions.map(nameOf));
      for (const name of producers.keys()) {
        // A connection that does not close is no reason to end: nothing depends on it any more.
        if (!mine.has(name)) drop(name).catch(() => undefined);
      }
      for (const partition of partitions) void producerOf(partition);
    },
    async close() {
      await Promise.all([...producers.keys()].map(drop));
    },
  };
}
