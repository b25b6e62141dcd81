import type { ConsumedBatch, OnBatch, OutRecord, TransactionalProducer } from "@cordon/kafka";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { type Bench, eventually, type KafkaUnderTest, openBench, out } from "./kafka-bench.ts";

const numbered = (topic: string, from: number, to: number): readonly OutRecord[] =>
  Array.from({ length: to - from }, (_, index) => out(topic, `key-${String(from + index)}`, String(from + index)));

const tooLarge = "x".repeat(3_000_000);

/** One result for each record of the batch. */
const resultsOf = (batch: ConsumedBatch, topic: string): readonly OutRecord[] =>
  batch.records.map(({ key, value }) => ({ topic, key, value }));

/** Copies a batch to `topic`, as the screener screens it: results and offset in one transaction. */
const copying =
  (producer: TransactionalProducer, topic: string): OnBatch =>
  async (batch) =>
    producer.sendAndCommit(resultsOf(batch, topic), {
      from: batch.records[0]?.offset ?? batch.nextOffset,
      next: batch.nextOffset,
    });

/** What every implementation promises of transactions. */
export function transactionsConformance(open: () => KafkaUnderTest): void {
  let bench: Bench;
  beforeEach(() => {
    bench = openBench(open());
  });
  afterEach(async () => {
    await bench.dispose();
  });

  const scene = async () => {
    const [topic, results, groupId] = [await bench.topic(), await bench.topic({ partitions: 3 }), bench.group()];
    return { topic, results, groupId, source: { groupId, topic, partition: 0 } };
  };
  /** What anybody who reads committed records sees of a topic by the time that a last record is written to it. */
  const readAll = async (topic: string): Promise<readonly string[]> => {
    const reader = await bench.consume({ topics: [topic], groupId: bench.group() });
    const plain = await bench.producer();
    // One for each of three partitions.
    await plain.send(["a", "b", "c", "d", "e", "f", "g", "h", "i"].map((key) => out(topic, key, "end")));
    await eventually(() => {
      expect(reader.records.filter(({ value }) => value === "end")).toHaveLength(9);
    });
    return reader.records.map(({ value }) => value ?? "").filter((value) => value !== "end");
  };

  describe("transactions", () => {
    test("a batch's records and the group's offset are committed together, and the next member goes on behind them", async () => {
      const { topic, results, groupId, source } = await scene();
      const plain = await bench.producer();
      await plain.send(numbered(topic, 0, 10));
      const first = await bench.consume({
        topics: [topic],
        groupId,
        onBatch: copying(await bench.transactions(source), results),
      });
      await eventually(() => {
        expect(first.records).toHaveLength(10);
      });
      expect(first.committed()).toBeGreaterThanOrEqual(10n);
      await first.consumer.stop();

      await plain.send(numbered(topic, 10, 15));
      const second = await bench.consume({
        topics: [topic],
        groupId,
        onBatch: copying(await bench.transactions(source), results),
      });
      await eventually(() => {
        expect(second.records.map(({ value }) => value)).toEqual(["10", "11", "12", "13", "14"]);
      });
      expect((await readAll(results)).toSorted((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: 15 }, (_, at) => String(at)),
      );
      expect([...first.commitFailures, ...second.commitFailures, ...first.crashes, ...second.crashes]).toEqual([]);
    });

    test("a consumer commits nothing beside what its batches committed", async () => {
      const { topic, groupId, source } = await scene();
      const plain = await bench.producer();
      await plain.send(numbered(topic, 0, 3));
      const first = await bench.consume({
        topics: [topic],
        groupId,
        onBatch: async ({ nextOffset }) => Promise.resolve(nextOffset),
      });
      await eventually(() => {
        expect(first.records).toHaveLength(3);
      });
      await first.consumer.stop();
      const transactions = await bench.transactions(source);
      expect(await transactions.sendAndCommit([], { from: 0n, next: 2n })).toBe(2n);
      const second = await bench.consume({ topics: [topic], groupId });
      await eventually(() => {
        expect(second.records.map(({ value }) => value)).toEqual(["2"]);
      });
    });

    test("a batch may be large, and records of one key keep their order", async () => {
      const { results, source } = await scene();
      const transactions = await bench.transactions(source);
      const records = Array.from({ length: 4_000 }, (_, at) => out(results, `key-${String(at % 7)}`, String(at)));
      expect(await transactions.sendAndCommit(records, { from: 0n, next: 4_000n })).toBe(4_000n);
      const reader = await bench.consume({ topics: [results], groupId: bench.group() });
      await eventually(() => {
        expect(reader.records).toHaveLength(4_000);
      });
      for (const key of new Set(reader.records.map((record) => record.key))) {
        const order = reader.records.filter((record) => record.key === key).map(({ value }) => Number(value));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }
    });

    test("one after another they all go through, each without a long wait", async () => {
      const { results, source } = await scene();
      const transactions = await bench.transactions(source);
      for (let at = 0; at < 20; at += 1) {
        const [from, next] = [BigInt(at), BigInt(at + 1)];
        expect(await transactions.sendAndCommit(numbered(results, at, at + 1), { from, next })).toBe(next);
      }
      expect(await readAll(results)).toHaveLength(20);
    });

    test("of one that fails nobody sees anything, and the group's offset stays; then the next one goes through", async () => {
      const { results, source } = await scene();
      const transactions = await bench.transactions(source);
      const span = { from: 0n, next: 5n };
      const refused = transactions.sendAndCommit([...numbered(results, 0, 5), out(results, "k", tooLarge)], span);
      await expect(refused).rejects.toMatchObject({ code: "CONFIG_INVALID" });
      const absent = transactions.sendAndCommit(
        [...numbered(results, 0, 5), out(open().unique("absent"), "k", "v")],
        span,
      );
      await expect(absent).rejects.toMatchObject({ code: "TOPIC_UNSUITABLE" });
      expect(await transactions.sendAndCommit(numbered(results, 5, 10), span)).toBe(5n);
      expect((await readAll(results)).toSorted()).toEqual(["5", "6", "7", "8", "9"]);
    });

    test("an older producer is shut out when another takes the source over, and only the newer one's records are seen", async () => {
      const { results, source } = await scene();
      const older = await bench.transactions(source);
      expect(await older.sendAndCommit(numbered(results, 0, 1), { from: 0n, next: 1n })).toBe(1n);
      const newer = await bench.transactions(source);
      await expect(older.sendAndCommit(numbered(results, 1, 2), { from: 1n, next: 2n })).rejects.toMatchObject({
        code: "TRANSACTION_LOST",
      });
      expect(await newer.sendAndCommit(numbered(results, 2, 3), { from: 1n, next: 2n })).toBe(2n);
      expect((await readAll(results)).toSorted()).toEqual(["0", "2"]);
    });

    test("who was shut out may try again, and then writes nothing that the group has behind it", async () => {
      const { results, source } = await scene();
      const older = await bench.transactions(source);
      const newer = await bench.transactions(source);
      expect(await newer.sendAndCommit(numbered(results, 0, 10), { from: 0n, next: 10n })).toBe(10n);
      const span = { from: 0n, next: 5n };
      await expect(older.sendAndCommit(numbered(results, 0, 5), span)).rejects.toMatchObject({
        code: "TRANSACTION_LOST",
      });
      expect(await older.sendAndCommit(numbered(results, 0, 5), span)).toBe(10n);
      expect(await readAll(results)).toHaveLength(10);
    });

    test("sources do not shut each other out: another partition, topic or group", async () => {
      const { results, groupId, topic, source } = await scene();
      const sources = [
        source,
        { ...source, partition: 1 },
        { ...source, topic: results },
        { groupId: bench.group(), topic, partition: 0 },
      ];
      const all = await Promise.all(sources.slice(1).map((one) => bench.transactions(one)));
      const first = await bench.transactions({ groupId, topic, partition: 0 });
      for (const one of [first, all[1], all[2]])
        expect(await one?.sendAndCommit([out(results, "k", "v")], { from: 0n, next: 1n })).toBe(1n);
      expect(await readAll(results)).toEqual(["v", "v", "v"]);
    });

    test("a consumer whose batch is behind the group reads on where the group is", async () => {
      const { topic, results, groupId, source } = await scene();
      const plain = await bench.producer();
      await plain.send(numbered(topic, 0, 10));
      const other = await bench.transactions(source);
      const begun = Promise.withResolvers<void>();
      const moved = Promise.withResolvers<void>();
      let mine: TransactionalProducer | undefined;
      const running = await bench.consume({
        topics: [topic],
        groupId,
        onBatch: async (batch, context) => {
          begun.resolve();
          await moved.promise;
          mine ??= await bench.transactions(source);
          return copying(mine, results)(batch, context);
        },
      });
      await begun.promise;
      await other.sendAndCommit(numbered(results, 0, 10), { from: 0n, next: 10n });
      moved.resolve();
      await eventually(() => {
        expect(running.records).toHaveLength(10);
      });
      await plain.send(numbered(topic, 10, 12));
      await eventually(() => {
        expect(running.records.slice(10).map(({ value }) => value)).toEqual(["10", "11"]);
      });
      expect((await readAll(results)).toSorted((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: 12 }, (_, at) => String(at)),
      );
    });

    test("a transaction without records moves the offset; a closed producer begins none", async () => {
      const { source } = await scene();
      const transactions = await bench.transactions(source);
      expect(await transactions.sendAndCommit([], { from: 0n, next: 7n })).toBe(7n);
      expect(await transactions.sendAndCommit([], { from: 7n, next: 9n })).toBe(9n);
      const next = await bench.transactions(source);
      expect(await next.sendAndCommit([], { from: 0n, next: 7n })).toBe(9n);
      await next.close();
      await expect(next.sendAndCommit([], { from: 9n, next: 10n })).rejects.toMatchObject({
        code: "CONTRACT_VIOLATED",
      });
    });
  });
}
