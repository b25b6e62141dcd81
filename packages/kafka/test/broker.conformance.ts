import type { KafkaClient, KafkaClientOptions } from "@cordon/kafka";
import kafkajs from "kafkajs";
import { afterEach, beforeEach, expect, test } from "vitest";

import { type Bench, eventually, type KafkaWithRetention, openBench, out } from "./kafka-bench.ts";

/** An adapter to real brokers, with options of a test's own. */
export interface AdapterUnderTest extends KafkaWithRetention {
  readonly brokers: readonly string[];
  readonly clientWith: (options: Partial<KafkaClientOptions>) => KafkaClient;
}

/** What every adapter promises with a real broker, where the in-memory double has nothing to show. */
export function brokerConformance(open: () => AdapterUnderTest): void {
  let bench: Bench;
  beforeEach(() => {
    bench = openBench(open());
  });
  afterEach(async () => {
    await bench.dispose();
  });

  test.each(["none", "gzip", "snappy", "lz4", "zstd"] as const)(
    "a batch in the codec %s is accepted by the broker and read again",
    async (compression) => {
      const topic = await bench.topic();
      const producer = await bench.producer(open().clientWith({ compression }));
      const texts = Array.from({ length: 50 }, (_, index) => `${String(index)} ${"payment ".repeat(400)}`);
      await producer.send(texts.map((text, index) => out(topic, `k${String(index)}`, text)));
      const { records } = await bench.consume({ topics: [topic], groupId: bench.group() });
      await eventually(() => {
        expect(records.map(({ value }) => value)).toEqual(texts);
      });
    },
  );

  test("a large fetch is cut into batches, each committed by itself", async () => {
    const topic = await bench.topic();
    const producer = await bench.producer();
    await producer.send(Array.from({ length: 1_050 }, (_, index) => out(topic, `k${String(index)}`, String(index))));
    const sizes: number[] = [];
    const running = await bench.consume({
      topics: [topic],
      groupId: bench.group(),
      client: open().clientWith({ maxBatchRecords: 100 }),
      onBatch: async ({ records }) => {
        sizes.push(records.length);
        return Promise.resolve();
      },
    });
    await eventually(() => {
      expect(new Set(running.records.map(({ value }) => value)).size).toBe(1_050);
    });
    expect(running.records.map(({ offset }) => Number(offset))).toEqual(Array.from({ length: 1_050 }, (_, at) => at));
    expect(Math.max(...sizes)).toBe(100);
    expect(sizes.length).toBeGreaterThanOrEqual(11);
  });

  test("partitions are processed at the same time, each in its order and one batch at a time", async () => {
    const topic = await bench.topic({ partitions: 6 });
    const groupId = bench.group();
    const producer = await bench.producer();
    await producer.send(Array.from({ length: 600 }, (_, index) => out(topic, `k${String(index)}`, String(index))));
    const inHand = new Set<number>();
    let most = 0;
    let twice = 0;
    const client = open().clientWith({ maxBatchRecords: 20, concurrentPartitions: 16 });
    const running = await bench.consume({
      topics: [topic],
      groupId,
      client,
      onBatch: async ({ partition }) => {
        if (inHand.has(partition)) twice += 1;
        inHand.add(partition);
        most = Math.max(most, inHand.size);
        // Some partitions take longer than others.
        await new Promise((resolve) => setTimeout(resolve, 5 + 5 * (partition % 3)));
        inHand.delete(partition);
      },
    });
    await eventually(() => {
      expect(running.records).toHaveLength(600);
    });
    await running.consumer.stop();
    expect({ twice, crashes: running.crashes }).toEqual({ twice: 0, crashes: [] });
    expect(most).toBeGreaterThan(1);
    for (let partition = 0; partition < 6; partition++) {
      const offsets = running.records.filter((record) => record.partition === partition).map(({ offset }) => offset);
      expect(offsets).toEqual(Array.from({ length: offsets.length }, (_, at) => BigInt(at)));
    }
    const next = await bench.consume({ topics: [topic], groupId, client });
    await producer.send([out(topic, "last", "last")]);
    await eventually(() => {
      expect(next.records.map(({ value }) => value)).toEqual(["last"]);
    });
  });

  test("a batch that is rejected while others are in hand takes nothing of theirs away, and is not committed", async () => {
    const topic = await bench.topic({ partitions: 6 });
    const groupId = bench.group();
    const producer = await bench.producer();
    await producer.send(Array.from({ length: 300 }, (_, index) => out(topic, `k${String(index)}`, String(index))));
    const client = open().clientWith({ maxBatchRecords: 10, concurrentPartitions: 16 });
    const first = await bench.consume({
      topics: [topic],
      groupId,
      client,
      onBatch: async ({ partition, records }) => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        if (partition === 2 && records.some(({ offset }) => offset >= 10n)) throw new TypeError("a bug");
      },
    });
    await eventually(() => {
      expect(first.crashes).toMatchObject([{ error: { message: "a bug" } }]);
    });
    await first.consumer.stop();
    const next = await bench.consume({ topics: [topic], groupId, client });
    await eventually(() => {
      const values = [...first.records, ...next.records].map(({ value }) => value);
      expect(new Set(values).size).toBe(300);
    });
    const again = next.records.filter(({ partition }) => partition === 2).map(({ offset }) => offset);
    expect(again.at(0)).toBeLessThanOrEqual(10n);
  });

  test("records of more than a megabyte in all go in one call", async () => {
    const topic = await bench.topic();
    const producer = await bench.producer();
    const value = "x".repeat(100_000);
    await producer.send(Array.from({ length: 40 }, (_, index) => out(topic, `k${String(index)}`, value)));
    const { records } = await bench.consume({ topics: [topic], groupId: bench.group() });
    await eventually(() => {
      expect(new Set(records.map(({ key }) => key)).size).toBe(40);
    });
  });

  test("a record that no broker would take is refused at once, and not as an outage", async () => {
    const topic = await bench.topic();
    const producer = await bench.producer();
    const record = out(topic, "k", "x".repeat(3_000_000));
    await expect(producer.send([record])).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      message: expect.stringContaining("max.message.bytes") as string,
    });
  });

  test("batches are cut to what their topic takes, also when that becomes less while they are sent", async () => {
    const topic = await bench.topic({ maxMessageBytes: 50_000 });
    const producer = await bench.producer();
    const send = (from: number): Promise<void> =>
      producer.send(Array.from({ length: 100 }, (_, at) => out(topic, `k${String(from + at)}`, "x".repeat(2_000))));
    await send(0);
    const admin = new kafkajs.Kafka({ brokers: [...open().brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: kafkajs.ConfigResourceTypes.TOPIC,
          name: topic,
          configEntries: [{ name: "max.message.bytes", value: "9000" }],
        },
      ],
    });
    await admin.disconnect();
    await send(100);
    const { records } = await bench.consume({ topics: [topic], groupId: bench.group() });
    await eventually(() => {
      expect(new Set(records.map(({ key }) => key)).size).toBe(200);
    });
  });

  test("a batch that takes longer than the session lives by its heartbeats", async () => {
    const topic = await bench.topic();
    const producer = await bench.producer();
    await producer.send([out(topic, "k", "v")]);
    const patient = open().clientWith({ sessionTimeout: 6_000 });
    let aborted = false;
    const running = await bench.consume({
      topics: [topic],
      groupId: bench.group(),
      client: patient,
      onBatch: async (_batch, context) => {
        const until = Date.now() + 9_000;
        while (Date.now() < until) {
          await new Promise((resolve) => setTimeout(resolve, 200));
          await context.heartbeat();
        }
        aborted = context.signal.aborted;
      },
    });
    await eventually(() => {
      expect(running.committed()).toBe(1n);
    });
    expect(aborted).toBe(false);
    expect(running.commitFailures).toEqual([]);
  });

  test("a member that was silent too long commits nothing, joins again, and gets the batch again", async () => {
    const topic = await bench.topic();
    const producer = await bench.producer();
    await producer.send([out(topic, "k", "v")]);
    let calls = 0;
    const running = await bench.consume({
      topics: [topic],
      groupId: bench.group(),
      client: open().clientWith({ sessionTimeout: 6_000 }),
      onBatch: async () => {
        calls += 1;
        if (calls === 1) await new Promise((resolve) => setTimeout(resolve, 8_000));
      },
    });
    await eventually(() => {
      expect(running.committed()).toBe(1n);
    });
    expect(calls).toBe(2);
    expect(running.commitFailures).toMatchObject([{ code: "KAFKA_UNAVAILABLE" }]);
    expect(running.crashes).toEqual([]);
  });

  test("a batch that never ends does not hold up the stop for ever, and is delivered again", async () => {
    const topic = await bench.topic();
    const groupId = bench.group();
    const producer = await bench.producer();
    await producer.send([out(topic, "k", "v")]);
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const stuck = await bench.consume({
      topics: [topic],
      groupId,
      client: open().clientWith({ stopTimeout: 500, sessionTimeout: 6_000 }),
      onBatch: async () => {
        begun.resolve();
        await release.promise;
      },
    });
    await begun.promise;
    const stoppedAt = Date.now();
    await stuck.consumer.stop();
    expect(Date.now() - stoppedAt).toBeLessThan(5_000);
    release.resolve();
    const next = await bench.consume({ topics: [topic], groupId });
    await eventually(() => {
      expect(next.records).toHaveLength(1);
    });
    expect(stuck.committed()).toBe(0n);
  });

  /** A program that is not Cordon, as its library makes it. */
  async function stranger(groupId: string, topic: string) {
    const consumer = new kafkajs.Kafka({
      brokers: [...open().brokers],
      logLevel: kafkajs.logLevel.NOTHING,
      retry: { retries: 0 },
    }).consumer({ groupId, retry: { retries: 0, restartOnFailure: async () => Promise.resolve(false) } });
    const crash = Promise.withResolvers<Error>();
    consumer.on(consumer.events.CRASH, ({ payload: { error } }) => {
      crash.resolve(error);
    });
    const joined = new Promise<void>((resolve) => {
      consumer.on(consumer.events.GROUP_JOIN, () => {
        resolve();
      });
    });
    const read: string[] = [];
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message }) => {
        read.push(String(message.value));
        return Promise.resolve();
      },
    });
    return { consumer, crash: crash.promise, joined, read };
  }

  test("a program that is not Cordon is not let into the group, and takes no partition", async () => {
    const topic = await bench.topic({ partitions: 4 });
    const groupId = bench.group();
    const running = await bench.consume({ topics: [topic], groupId });
    await eventually(() => {
      expect(running.assigned()).toBe(4);
    });
    const other = await stranger(groupId, topic);
    try {
      expect(await other.crash).toMatchObject({ type: "INCONSISTENT_GROUP_PROTOCOL" });
      const producer = await bench.producer();
      await producer.send(Array.from({ length: 40 }, (_, at) => out(topic, `k${String(at)}`, String(at))));
      await eventually(() => {
        expect(new Set(running.records.map(({ value }) => value)).size).toBe(40);
      });
      expect([running.assigned(), other.read, running.crashes]).toEqual([4, [], []]);
    } finally {
      await other.consumer.disconnect();
    }
  });

  test("a group that another program holds is waited for, which a code says, and taken when it has gone", async () => {
    const topic = await bench.topic();
    const groupId = bench.group();
    const other = await stranger(groupId, topic);
    await other.joined;
    const running = await bench.consume({ topics: [topic], groupId });
    try {
      await eventually(() => {
        expect(running.crashes).not.toEqual([]);
      });
      expect(running.crashes[0]).toMatchObject({ error: { code: "GROUP_OCCUPIED" }, restarting: true });
    } finally {
      await other.consumer.disconnect();
    }
    await eventually(() => {
      expect(running.assigned()).toBe(1);
    });
  });

  test("partitions that are added are read within fifteen seconds, from their first record", async () => {
    const topic = await bench.topic();
    const groupId = bench.group();
    const running = await bench.consume({ topics: [topic], groupId });
    await eventually(() => {
      expect(running.assigned()).toBe(1);
    });
    const admin = new kafkajs.Kafka({ brokers: [...open().brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] });
    await admin.disconnect();
    const addedAt = Date.now();
    const producer = await bench.producer();
    await producer.send(Array.from({ length: 60 }, (_, at) => out(topic, null, String(at))));
    await eventually(() => {
      expect(new Set(running.records.map(({ value }) => value)).size).toBe(60);
      expect(running.assigned()).toBe(3);
    });
    expect(Date.now() - addedAt).toBeLessThan(15_000);
    expect(running.crashes).toEqual([]);
  });

  test("an offset behind the end of its partition is told of, and all of the partition read again", async () => {
    const topic = await bench.topic();
    const groupId = bench.group();
    const producer = await bench.producer();
    await producer.send([out(topic, "a", "0"), out(topic, "b", "1")]);
    const admin = new kafkajs.Kafka({ brokers: [...open().brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: "1000" }] });
    await admin.disconnect();
    const running = await bench.consume({ topics: [topic], groupId });
    await eventually(() => {
      expect(running.records.map(({ value }) => value)).toEqual(["0", "1"]);
    });
    expect(running.skipped).toEqual([{ topic, partition: 0, from: 1000n, to: 0n, why: "beyond-end", records: 998n }]);
  });

  test("where nothing is forbidden a check tells of nothing but the topics that others must make", async () => {
    const topic = await bench.topic();
    const { client } = open();
    const needs = [
      { kind: "topic", name: topic, operations: ["Read", "Write", "DescribeConfigs"], mustExist: true },
      { kind: "group", name: bench.group(), operations: ["Read"] },
      { kind: "transactional id", name: open().unique("id"), operations: ["Write"] },
      { kind: "topic", name: open().unique("made-later"), operations: ["Write"] },
    ] as const;
    await expect(client.check(needs)).resolves.toBeUndefined();
    const absent = open().unique("absent");
    const refused = client.check([...needs, { kind: "topic", name: absent, operations: ["Read"], mustExist: true }]);
    await expect(refused).rejects.toMatchObject({ code: "TOPIC_ABSENT", message: expect.stringContaining(absent) });
  });

  test("a survey sees the records that an open transaction holds back", async () => {
    const topic = await bench.topic();
    const producer = new kafkajs.Kafka({ brokers: [...open().brokers], logLevel: kafkajs.logLevel.NOTHING }).producer({
      transactionalId: topic,
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [{ value: "held back" }] });
    const admin = await bench.admin();
    try {
      expect(await admin.survey(bench.group(), [topic])).toMatchObject([{ start: 0n, stableEnd: 0n, end: 1n }]);
    } finally {
      await transaction.commit();
      await producer.disconnect();
    }
    await expect.poll(() => admin.survey(bench.group(), [topic])).toMatchObject([{ stableEnd: 2n, end: 2n }]);
  });

  test("replicas that no cluster of this size can hold are a fault of the configuration", async () => {
    const admin = await bench.admin();
    const settings = { topic: open().unique("topic"), partitions: 1, replicationFactor: 99, minInSyncReplicas: 1 };
    await expect(admin.ensureTopics([settings])).rejects.toMatchObject({ code: "CONFIG_INVALID" });
  });

  test("reading ends where a transaction ended, after the marker that nobody sees", async () => {
    const topic = await bench.topic();
    const producer = new kafkajs.Kafka({ brokers: [...open().brokers], logLevel: kafkajs.logLevel.NOTHING }).producer({
      transactionalId: topic,
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    const write = async (value: string, end: "commit" | "abort"): Promise<void> => {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [{ value }] });
      await transaction[end]();
    };
    await write("kept", "commit");
    await write("dropped", "abort");
    await producer.disconnect();

    const reader = await bench.reader();
    // The end moves past a transaction a moment after that has ended.
    await expect.poll(() => reader.extent(topic)).toEqual([{ topic, partition: 0, from: 0n, to: 4n }]);
    const extent = await reader.extent(topic);
    const values: (string | undefined)[] = [];
    await reader.read(extent, async ({ records }) => {
      values.push(...records.map(({ value }) => value?.toString()));
      return Promise.resolve();
    });
    expect(values).toEqual(["kept"]);
  });

  test("what retention deletes while it is read does not keep the reading from ending", async () => {
    const topic = await bench.topic();
    const producer = await bench.producer();
    const value = "x".repeat(10_000);
    await producer.send(Array.from({ length: 400 }, (_, index) => out(topic, `k${String(index)}`, value)));
    const reader = await bench.reader();
    let records = 0;
    await reader.read(await reader.extent(topic), async (batch) => {
      if (records === 0) await open().expire({ topic, partition: 0, offset: 400n });
      records += batch.records.length;
    });
    expect(records).toBeGreaterThan(0);
    expect(records).toBeLessThan(400);
  });
}
