import kafkajs, { type Producer } from "kafkajs";
import { afterEach, beforeEach, expect, test } from "vitest";

import { transactionalIdOf } from "../src/transactional-id.ts";
import type { AdapterUnderTest } from "./broker.conformance.ts";
import { type Bench, eventually, openBench, out } from "./kafka-bench.ts";

/** A producer of kafkajs itself, for what no producer of ours does. */
async function rawProducer({ brokers }: AdapterUnderTest, transactionalId: string): Promise<Producer> {
  const producer = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING }).producer({
    transactionalId,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return producer;
}

const one = (topic: string, value: string) => ({ topic, messages: [{ partition: 0, value }] });

/** What every adapter promises of transactions where other clients write and processes die. */
export function brokerTransactionsConformance(open: () => AdapterUnderTest): void {
  let bench: Bench;
  beforeEach(() => {
    bench = openBench(open());
  });
  afterEach(async () => {
    await bench.dispose();
  });

  test("records of aborted transactions are not delivered, however these overlap, and the group ends behind the last marker", async () => {
    const topic = await bench.topic();
    const groupId = bench.group();
    const [a, b] = [await rawProducer(open(), open().unique("a")), await rawProducer(open(), open().unique("b"))];
    const first = await a.transaction();
    await first.send(one(topic, "aborted 1"));
    const second = await b.transaction();
    await second.send(one(topic, "aborted 2"));
    await first.send(one(topic, "aborted 3"));
    await second.abort();
    // Its marker is written after the answer, and must come before the other's.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await first.send(one(topic, "aborted 4"));
    await first.abort();
    const third = await a.transaction();
    await third.send(one(topic, "committed"));
    await third.commit();
    await Promise.all([a.disconnect(), b.disconnect()]);

    const running = await bench.consume({ topics: [topic], groupId });
    await eventually(() => {
      expect(running.committed()).toBeGreaterThan(0n);
    });
    expect(running.records.map(({ value }) => value)).toEqual(["committed"]);
    // Five records and three markers.
    expect(running.committed()).toBe(8n);
  });

  test("what a dead member left open is aborted when its partition is taken over, and nobody waits for it any longer", async () => {
    const [topic, results, groupId] = [await bench.topic(), await bench.topic(), bench.group()];
    const source = { groupId, topic, partition: 0 };
    const dead = await rawProducer(open(), transactionalIdOf(source));
    const unended = await dead.transaction();
    await unended.send(one(results, "never committed"));
    await unended.sendOffsets({
      consumerGroupId: groupId,
      topics: [{ topic, partitions: [{ partition: 0, offset: "5" }] }],
    });
    const reader = await bench.consume({ topics: [results], groupId: bench.group() });
    const plain = await bench.producer();
    await plain.send([out(results, "k", "behind it")]);

    const next = await bench.transactions(source);
    expect(await next.sendAndCommit([out(results, "k", "in its place")], { from: 0n, next: 5n })).toBe(5n);
    await eventually(() => {
      expect(reader.records.map(({ value }) => value)).toEqual(["behind it", "in its place"]);
    });
    await expect(unended.commit()).rejects.toMatchObject({ type: "INVALID_PRODUCER_EPOCH" });
    await dead.disconnect();
  });

  test("a commit whose answer was lost is found out, and not made again", async () => {
    const [topic, results, groupId] = [await bench.topic(), await bench.topic(), bench.group()];
    const source = { groupId, topic, partition: 0 };
    const earlier = await bench.transactions(source);
    expect(await earlier.sendAndCommit([out(results, "k", "v")], { from: 0n, next: 4n })).toBe(4n);
    // Its process knows nothing of the answer, and takes the partition over anew.
    const later = await bench.transactions(source);
    expect(await later.sendAndCommit([out(results, "k", "v")], { from: 0n, next: 4n })).toBe(4n);
    const reader = await bench.consume({ topics: [results], groupId: bench.group() });
    const plain = await bench.producer();
    await plain.send([out(results, "k", "end")]);
    await eventually(() => {
      expect(reader.records.map(({ value }) => value)).toEqual(["v", "end"]);
    });
  });

  test("a transaction that takes too long is given up, and may be made again", async () => {
    const [topic, results] = [await bench.topic(), await bench.topic()];
    const hurried = open().clientWith({ sendTimeout: 10 });
    const source = { groupId: bench.group(), topic, partition: 0 };
    const transactions = await bench.transactions(source, hurried);
    const records = Array.from({ length: 3_000 }, (_, at) => out(results, `k${String(at)}`, "x".repeat(500)));
    await expect(transactions.sendAndCommit(records, { from: 0n, next: 1n })).rejects.toMatchObject({
      code: "KAFKA_UNAVAILABLE",
    });
    const patient = await bench.transactions(source);
    expect(await patient.sendAndCommit([out(results, "k", "v")], { from: 0n, next: 1n })).toBe(1n);
    const reader = await bench.consume({ topics: [results], groupId: bench.group() });
    await eventually(() => {
      expect(reader.records.map(({ value }) => value)).toEqual(["v"]);
    });
  });
}
