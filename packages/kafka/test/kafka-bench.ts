import {
  type Admin,
  type ConsumedRecord,
  type Consumer,
  type KafkaClient,
  type OnBatch,
  type OutRecord,
  type Position,
  type Producer,
  type Reader,
  type Skipped,
  type TopicSettings,
  type TransactionalProducer,
  type TransactionSource,
} from "@cordon/kafka";
import kafkajs from "kafkajs";
import { expect, vi } from "vitest";

/** What the conformance suite runs against. Names are unique, so that tests share nothing. */
export interface KafkaUnderTest {
  readonly client: KafkaClient;
  readonly unique: (name: string) => string;
}

export interface KafkaWithRetention extends KafkaUnderTest {
  /** Deletes the records of a partition before that offset, as retention does. */
  readonly expire: (before: Position) => Promise<void>;
}

export const patience = { timeout: 40_000, interval: 20 } as const;

/** A record's content, copied out of the batch. */
export interface Seen {
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string | null;
  readonly value: string | null;
}

export const seen = (partition: number, record: ConsumedRecord): Seen => ({
  partition,
  offset: record.offset,
  key: record.key?.toString() ?? null,
  value: record.value?.toString() ?? null,
});

export const out = (topic: string, key: string | null, value: string | null): OutRecord => ({
  topic,
  key: key === null ? null : Buffer.from(key),
  value: value === null ? null : Buffer.from(value),
});

export interface Running {
  readonly consumer: Consumer;
  readonly records: readonly Seen[];
  readonly assigned: () => number;
  readonly crashes: readonly { readonly error: Error; readonly restarting: boolean }[];
  readonly committed: () => bigint;
  readonly commitFailures: readonly Error[];
  readonly skipped: readonly Skipped[];
}

/** Opens things for one test and closes them all at its end. */
export interface Bench {
  topic(settings?: Partial<TopicSettings>): Promise<string>;
  group(): string;
  admin(): Promise<Admin>;
  producer(client?: KafkaClient): Promise<Producer>;
  transactions(source: TransactionSource, client?: KafkaClient): Promise<TransactionalProducer>;
  reader(): Promise<Reader>;
  /** A consumer that is started, and notes what it sees once `onBatch` is done with it. */
  consume(options: {
    readonly topics: readonly string[];
    readonly groupId: string;
    readonly onBatch?: OnBatch;
    readonly client?: KafkaClient;
    readonly terms?: string;
  }): Promise<Running>;
  dispose(): Promise<void>;
}

export function openBench({ client, unique }: KafkaUnderTest): Bench {
  const closing: (() => Promise<void>)[] = [];

  async function consume(options: Parameters<Bench["consume"]>[0]): Promise<Running> {
    const { onBatch = async () => Promise.resolve() } = options;
    const consumer = (options.client ?? client).consumer();
    closing.push(() => consumer.stop());
    const records: Seen[] = [];
    const crashes: { error: Error; restarting: boolean }[] = [];
    const commitFailures: Error[] = [];
    const skipped: Skipped[] = [];
    let assigned = 0;
    let committed = 0n;
    consumer.on("assigned", (partitions) => (assigned = partitions.length));
    consumer.on("revoked", () => (assigned = 0));
    consumer.on("crash", (crash) => crashes.push(crash));
    consumer.on("skipped", (event) => skipped.push(event));
    consumer.on("commitFailed", ({ error }) => commitFailures.push(error));
    consumer.on("committed", (positions) => {
      for (const { offset } of positions) committed += offset;
    });
    await consumer.start({
      topics: options.topics,
      groupId: options.groupId,
      ...(options.terms === undefined ? {} : { terms: options.terms }),
      onBatch: async (batch, context) => {
        const copies = batch.records.map((record) => seen(batch.partition, record));
        const answer = await onBatch(batch, context);
        records.push(...copies);
        return answer;
      },
    });
    return {
      consumer,
      records,
      crashes,
      commitFailures,
      skipped,
      assigned: () => assigned,
      committed: () => committed,
    };
  }

  const admin = async (): Promise<Admin> => {
    const opened = await client.admin();
    closing.push(() => opened.close());
    return opened;
  };

  return {
    consume,
    admin,
    group: () => unique("group"),
    async topic(settings = {}) {
      const topic = unique("topic");
      const opened = await admin();
      const [report] = await opened.ensureTopics([
        { topic, partitions: 1, replicationFactor: 1, minInSyncReplicas: 1, ...settings },
      ]);
      expect(report?.created).toBe(true);
      // Its leaders take a moment, on a busy machine a long one. A call that meets one too early is sent again, and what of
      // it was written stands there twice: as the port allows, and no test counts on.
      await vi.waitFor(() => opened.survey(unique("group"), [topic]), patience);
      return topic;
    },
    async producer(of = client) {
      const producer = await of.producer();
      closing.push(() => producer.close());
      return producer;
    },
    async transactions(source, of = client) {
      const producer = await of.transactionalProducer(source);
      closing.push(() => producer.close());
      return producer;
    },
    async reader() {
      const reader = await client.reader();
      closing.push(() => reader.close());
      return reader;
    },
    async dispose() {
      await Promise.all(closing.toReversed().map((close) => close()));
    },
  };
}

/** Leaves a broker that others use as it was. */
export async function deleteTopics(brokers: readonly string[], prefix: string): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
  if (topics.length > 0) await admin.deleteTopics({ topics });
  await admin.disconnect();
}

export async function eventually(check: () => void): Promise<void> {
  await vi.waitFor(check, patience);
}
