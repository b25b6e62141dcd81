import { CordonError } from "@cordon/errors";
import type { OffsetRange } from "@cordon/kafka";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { type Bench, eventually, type KafkaWithRetention, openBench, out, seen, type Seen } from "./kafka-bench.ts";

const values = (records: readonly Seen[]): readonly (string | null)[] => records.map(({ value }) => value);

const numbered = (topic: string, from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => out(topic, `key-${String(from + index)}`, String(from + index)));

async function readAll(bench: Bench, ranges: readonly OffsetRange[]): Promise<readonly Seen[]> {
  const reader = await bench.reader();
  const records: Seen[] = [];
  await reader.read(ranges, async (batch) => {
    records.push(...batch.records.map((record) => seen(batch.partition, record)));
    return Promise.resolve();
  });
  return records;
}

/** A group that has read the ten records of a topic, and has no member any more. */
async function groupOfTen(bench: Bench) {
  const topic = await bench.topic();
  const groupId = bench.group();
  const producer = await bench.producer();
  await producer.send(numbered(topic, 0, 10));
  const first = await bench.consume({ topics: [topic], groupId });
  await eventually(() => {
    expect(first.committed()).toBe(10n);
  });
  await first.consumer.stop();
  return { topic, groupId, producer, first };
}

/** What every implementation of the Kafka port promises. */
export function kafkaConformance(open: () => KafkaWithRetention): void {
  let bench: Bench;
  beforeEach(() => {
    bench = openBench(open());
  });
  afterEach(async () => {
    await bench.dispose();
  });

  describe("producing and consuming", () => {
    test("a record arrives as it was sent: keys, values and headers, absent and empty ones told apart", async () => {
      const topic = await bench.topic();
      const producer = await bench.producer();
      await producer.send([
        out(topic, "a", "first"),
        out(topic, null, "without key"),
        out(topic, "tombstone", null),
        out(topic, "", ""),
        { ...out(topic, "h", "x"), headers: { text: "Zoë", bytes: Buffer.from([0, 255]) } },
      ]);
      const headers: (string | undefined)[] = [];
      const stamps: number[] = [];
      const { records } = await bench.consume({
        topics: [topic],
        groupId: bench.group(),
        onBatch: async (batch) => {
          for (const record of batch.records) {
            headers.push(record.header("text")?.toString(), record.header("bytes")?.toString("hex"));
            headers.push(record.header("toString")?.toString());
            stamps.push(record.timestamp);
          }
          return Promise.resolve();
        },
      });
      await eventually(() => {
        expect(records).toHaveLength(5);
      });
      expect(records).toEqual([
        { partition: 0, offset: 0n, key: "a", value: "first" },
        { partition: 0, offset: 1n, key: null, value: "without key" },
        { partition: 0, offset: 2n, key: "tombstone", value: null },
        { partition: 0, offset: 3n, key: "", value: "" },
        { partition: 0, offset: 4n, key: "h", value: "x" },
      ]);
      expect(headers.slice(-3)).toEqual(["Zoë", "00ff", undefined]);
      expect(headers.slice(0, 3)).toEqual([undefined, undefined, undefined]);
      for (const stamp of stamps) expect(Math.abs(Date.now() - stamp)).toBeLessThan(600_000);
    });

    test("a batch is of one partition, in order, and knows how far the partition goes", async () => {
      const topic = await bench.topic({ partitions: 3 });
      const producer = await bench.producer();
      await producer.send(numbered(topic, 0, 300));
      const marks: { partition: number; last: bigint; highWatermark: bigint }[] = [];
      const { records } = await bench.consume({
        topics: [topic],
        groupId: bench.group(),
        onBatch: async ({ partition, highWatermark, records: batch, topic: of }) => {
          expect(of).toBe(topic);
          const offsets = batch.map(({ offset }) => offset);
          expect(offsets).toEqual(offsets.toSorted((a, b) => (a < b ? -1 : 1)));
          marks.push({ partition, highWatermark, last: offsets.at(-1) ?? -1n });
          return Promise.resolve();
        },
      });
      await eventually(() => {
        expect(new Set(values(records)).size).toBe(300);
      });
      expect(new Set(marks.map(({ partition }) => partition))).toEqual(new Set([0, 1, 2]));
      for (const { last, highWatermark } of marks) expect(highWatermark).toBeGreaterThan(last);
    });

    test("ten thousand records go in one call, and records of one key keep their order", async () => {
      const topic = await bench.topic({ partitions: 2 });
      const producer = await bench.producer();
      const sent = Array.from({ length: 10_000 }, (_, index) => out(topic, `key-${String(index % 7)}`, String(index)));
      await producer.send(sent);
      const { records } = await bench.consume({ topics: [topic], groupId: bench.group() });
      await eventually(() => {
        expect(records).toHaveLength(10_000);
      });
      for (const key of new Set(records.map((record) => record.key))) {
        const order = records.filter((record) => record.key === key).map(({ value }) => Number(value));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }
    });

    test("a key goes to the partition that Java's client would choose", async () => {
      const topic = await bench.topic({ partitions: 6 });
      const producer = await bench.producer();
      // Hashes from Kafka's own UtilsTest.testMurmur2.
      const hashes = new Map([
        ["21", -973_932_308],
        ["foobar", -790_332_482],
        ["a-little-bit-long-string", -985_981_536],
        ["a-little-bit-longer-string", -1_486_304_829],
        ["lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971],
        ["abc", 479_470_107],
      ]);
      await producer.send([...hashes.keys()].map((key) => out(topic, key, "")));
      const { records } = await bench.consume({ topics: [topic], groupId: bench.group() });
      await eventually(() => {
        expect(new Set(records.map(({ key }) => key))).toEqual(new Set(hashes.keys()));
      });
      for (const { key, partition } of records)
        expect(partition).toBe(((hashes.get(key ?? "") ?? 0) & 0x7f_ff_ff_ff) % 6);
    });

    test("records without a key use all partitions", async () => {
      const topic = await bench.topic({ partitions: 3 });
      const producer = await bench.producer();
      for (let call = 0; call < 3; call += 1) await producer.send([out(topic, null, "x"), out(topic, null, "y")]);
      const { records } = await bench.consume({ topics: [topic], groupId: bench.group() });
      await eventually(() => {
        expect(records.length).toBeGreaterThanOrEqual(6);
      });
      expect(new Set(records.map(({ partition }) => partition)).size).toBe(3);
    });

    test("one call may have several topics, or nothing", async () => {
      const [one, other] = [await bench.topic(), await bench.topic()];
      const producer = await bench.producer();
      await producer.send([]);
      await producer.send([out(one, "k", "1"), out(other, "k", "2")]);
      const { records } = await bench.consume({ topics: [one, other], groupId: bench.group() });
      await eventually(() => {
        expect(new Set(values(records))).toEqual(new Set(["1", "2"]));
      });
    });

    test("sending to a topic that does not exist is refused, as is a closed producer", async () => {
      const producer = await bench.producer();
      await expect(producer.send([out(open().unique("absent"), "k", "v")])).rejects.toMatchObject({
        code: "TOPIC_UNSUITABLE",
      });
      await producer.close();
      await expect(producer.send([out("any", "k", "v")])).rejects.toMatchObject({ code: "CONTRACT_VIOLATED" });
    });
  });

  describe("a consumer group's offsets", () => {
    test("a group goes on where it stopped", async () => {
      const { topic, groupId, producer } = await groupOfTen(bench);
      await producer.send(numbered(topic, 10, 15));
      const second = await bench.consume({ topics: [topic], groupId });
      await eventually(() => {
        expect(values(second.records)).toEqual(["10", "11", "12", "13", "14"]);
      });
    });

    test("a new group begins at the earliest record", async () => {
      const topic = await bench.topic();
      const producer = await bench.producer();
      await producer.send(numbered(topic, 0, 3));
      const running = await bench.consume({ topics: [topic], groupId: bench.group() });
      await producer.send(numbered(topic, 3, 5));
      await eventually(() => {
        expect(values(running.records)).toEqual(["0", "1", "2", "3", "4"]);
      });
    });

    test("records that were deleted before the group read them are told of once, with their number, and reading goes on", async () => {
      const { topic, groupId, producer, first } = await groupOfTen(bench);
      await producer.send(numbered(topic, 10, 32));
      await open().expire({ topic, partition: 0, offset: 30n });
      const second = await bench.consume({ topics: [topic], groupId });
      await eventually(() => {
        expect(values(second.records)).toEqual(["30", "31"]);
      });
      expect(second.skipped).toEqual([{ topic, partition: 0, from: 10n, to: 30n, why: "not-kept", records: 20n }]);
      await second.consumer.stop();
      const third = await bench.consume({ topics: [topic], groupId });
      await producer.send(numbered(topic, 32, 33));
      await eventually(() => {
        expect(values(third.records)).toEqual(["32"]);
      });
      expect([...first.skipped, ...third.skipped]).toEqual([]);
    });

    test("a group whose new owner comes before a record follows tells of what is gone once", async () => {
      const { topic, groupId, producer } = await groupOfTen(bench);
      await producer.send(numbered(topic, 10, 15));
      await open().expire({ topic, partition: 0, offset: 15n });
      const second = await bench.consume({ topics: [topic], groupId });
      await eventually(() => {
        expect(second.skipped).toMatchObject([{ from: 10n, to: 15n, records: 5n }]);
      });
      await second.consumer.stop();
      const third = await bench.consume({ topics: [topic], groupId });
      await producer.send(numbered(topic, 15, 16));
      await eventually(() => {
        expect(values(third.records)).toEqual(["15"]);
      });
      expect(third.skipped).toEqual([]);
    });

    test("members that do not agree share nothing: those with the terms of most have it all, the others wait", async () => {
      const topic = await bench.topic({ partitions: 4 });
      const groupId = bench.group();
      const consume = (terms: string) => bench.consume({ topics: [topic], groupId, terms });
      const first = await consume("policy 2");
      await eventually(() => {
        expect(first.assigned()).toBe(4);
      });
      const other = await consume("policy 1");
      const second = await consume("policy 2");
      await eventually(() => {
        expect([first.assigned(), second.assigned(), other.assigned()]).toEqual([2, 2, 0]);
      });
      await Promise.all([first.consumer.stop(), second.consumer.stop()]);
      await eventually(() => {
        expect(other.assigned()).toBe(4);
      });
    });

    test("a survey tells of each partition its start, its end, and how far the group is", async () => {
      const topic = await bench.topic({ partitions: 2 });
      const groupId = bench.group();
      const producer = await bench.producer();
      const admin = await bench.admin();
      await producer.send(numbered(topic, 0, 40));
      const before = await admin.survey(groupId, [topic]);
      expect(before.map(({ partition, start, committed }) => [partition, start, committed])).toEqual([
        [0, 0n, null],
        [1, 0n, null],
      ]);
      expect(before.reduce((sum, { end }) => sum + Number(end), 0)).toBe(40);
      expect(before.every(({ end, stableEnd }) => end === stableEnd)).toBe(true);
      const running = await bench.consume({ topics: [topic], groupId });
      await eventually(() => {
        expect(running.committed()).toBeGreaterThanOrEqual(40n);
      });
      await running.consumer.stop();
      await open().expire({ topic, partition: 1, offset: 3n });
      const after = await admin.survey(groupId, [topic]);
      expect(after.map(({ start, end, committed }) => [start, committed === end])).toEqual([
        [0n, true],
        [3n, true],
      ]);
      await expect(admin.survey(groupId, [bench.group()])).rejects.toMatchObject({ code: "TOPIC_UNSUITABLE" });
    });

    test("a batch that is rejected ends the consumer, is not committed, and comes again to the next one", async () => {
      const topic = await bench.topic({ partitions: 4 });
      const groupId = bench.group();
      const producer = await bench.producer();
      await producer.send(numbered(topic, 0, 200));
      // A code that says "retry", with a cause: still the consumer's end, for it does not know how to retry.
      const failure = new CordonError("KAFKA_UNAVAILABLE", "planned", { cause: new Error("deeper") });
      let calls = 0;
      const first = await bench.consume({
        topics: [topic],
        groupId,
        onBatch: async () => {
          calls += 1;
          return Promise.reject(failure);
        },
      });
      await eventually(() => {
        expect(first.crashes).toHaveLength(1);
      });
      expect(first.crashes[0]).toEqual({ error: failure, restarting: false });
      expect(first.crashes[0]?.error).toBe(failure);
      expect(calls).toBe(1);
      expect(first.committed()).toBe(0n);
      await first.consumer.stop();

      const second = await bench.consume({ topics: [topic], groupId });
      await eventually(() => {
        expect(new Set(values(second.records)).size).toBe(200);
      });
      expect(calls).toBe(1);
      expect(first.crashes).toHaveLength(1);
    });

    test("a crash is final even when nobody stops the consumer: what comes later is not for it", async () => {
      const topic = await bench.topic();
      const groupId = bench.group();
      const producer = await bench.producer();
      let calls = 0;
      const running = await bench.consume({
        topics: [topic],
        groupId,
        onBatch: async () => {
          calls += 1;
          return Promise.reject(new TypeError("a bug"));
        },
      });
      await producer.send(numbered(topic, 0, 1));
      await eventually(() => {
        expect(running.crashes).toMatchObject([{ error: { message: "a bug" }, restarting: false }]);
      });
      expect(running.assigned()).toBe(0);
      await producer.send(numbered(topic, 1, 2));
      const next = await bench.consume({ topics: [topic], groupId });
      await eventually(() => {
        expect(values(next.records)).toEqual(["0", "1"]);
      });
      expect(calls).toBe(1);
    });
  });

  describe("a changing group", () => {
    test("two members share the partitions, and nothing is lost while one joins and one leaves", async () => {
      const topic = await bench.topic({ partitions: 4 });
      const groupId = bench.group();
      const producer = await bench.producer();
      await producer.send(numbered(topic, 0, 100));
      const one = await bench.consume({ topics: [topic], groupId });
      await eventually(() => {
        expect(one.assigned()).toBe(4);
      });
      const two = await bench.consume({ topics: [topic], groupId });
      await producer.send(numbered(topic, 100, 200));
      await eventually(() => {
        expect([one.assigned(), two.assigned()]).toEqual([2, 2]);
      });
      await producer.send(numbered(topic, 200, 300));
      await eventually(() => {
        expect(new Set([...values(one.records), ...values(two.records)]).size).toBe(300);
      });
      const partitionsOfTwo = new Set(two.records.map(({ partition }) => partition));
      expect(partitionsOfTwo.size).toBeLessThanOrEqual(2);

      await one.consumer.stop();
      await producer.send(numbered(topic, 300, 400));
      await eventually(() => {
        expect(two.assigned()).toBe(4);
        expect(new Set([...values(one.records), ...values(two.records)]).size).toBe(400);
      });
      expect([...one.crashes, ...two.crashes]).toEqual([]);
    });

    test("a batch in hand is told of the change, and one that gives up then is delivered again", async () => {
      const topic = await bench.topic();
      const groupId = bench.group();
      const producer = await bench.producer();
      await producer.send(numbered(topic, 0, 5));
      let abandoned = 0;
      // Whichever member has the partition waits for the change, as for a registry that is down, and gives up.
      const first = await bench.consume({
        topics: [topic],
        groupId,
        onBatch: async (_batch, context) => {
          if (abandoned > 0) return;
          while (!context.signal.aborted) {
            await context.heartbeat();
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
          abandoned += 1;
          throw new Error("gave up");
        },
      });
      await eventually(() => {
        expect(first.assigned()).toBe(1);
      });
      const second = await bench.consume({ topics: [topic], groupId });
      await eventually(() => {
        expect(values([...first.records, ...second.records])).toEqual(["0", "1", "2", "3", "4"]);
      });
      expect(abandoned).toBe(1);
      expect([...first.crashes, ...second.crashes]).toEqual([]);
    });
  });

  describe("stopping", () => {
    test("a batch in hand is told, may finish, and is then committed", async () => {
      const topic = await bench.topic();
      const groupId = bench.group();
      const producer = await bench.producer();
      await producer.send(numbered(topic, 0, 3));
      const begun = Promise.withResolvers<void>();
      const first = await bench.consume({
        topics: [topic],
        groupId,
        onBatch: async (_batch, { signal }) => {
          begun.resolve();
          await new Promise((resolve) => {
            signal.addEventListener("abort", resolve);
          });
          await new Promise((resolve) => setTimeout(resolve, 200));
        },
      });
      await begun.promise;
      await first.consumer.stop();
      expect(values(first.records)).toEqual(["0", "1", "2"]);
      expect(first.committed()).toBe(3n);
      expect(first.assigned()).toBe(0);

      await producer.send(numbered(topic, 3, 4));
      const second = await bench.consume({ topics: [topic], groupId });
      await eventually(() => {
        expect(values(second.records)).toEqual(["3"]);
      });
      expect(first.crashes).toEqual([]);
    });

    test("a batch that gives up when told is no crash, and is delivered again", async () => {
      const topic = await bench.topic();
      const groupId = bench.group();
      const producer = await bench.producer();
      await producer.send(numbered(topic, 0, 3));
      const begun = Promise.withResolvers<void>();
      const first = await bench.consume({
        topics: [topic],
        groupId,
        onBatch: async (_batch, { signal }) => {
          begun.resolve();
          await new Promise((_, reject) => {
            signal.addEventListener("abort", () => {
              reject(new Error("gave up"));
            });
          });
        },
      });
      await begun.promise;
      await first.consumer.stop();
      expect(first.committed()).toBe(0n);
      const second = await bench.consume({ topics: [topic], groupId });
      await eventually(() => {
        expect(values(second.records)).toEqual(["0", "1", "2"]);
      });
      expect(first.crashes).toEqual([]);
    });

    test("stopping twice, or before starting, is no mistake; starting twice is one", async () => {
      const topic = await bench.topic();
      const running = await bench.consume({ topics: [topic], groupId: bench.group() });
      const start = { topics: [topic], groupId: bench.group(), onBatch: async () => Promise.resolve() };
      await expect(running.consumer.start(start)).rejects.toMatchObject({ code: "CONTRACT_VIOLATED" });
      await Promise.all([running.consumer.stop(), running.consumer.stop()]);
      const never = open().client.consumer();
      await never.stop();
      await expect(never.start(start)).rejects.toMatchObject({ code: "CONTRACT_VIOLATED" });
    });

    test("an idle member shows signs of life", async () => {
      const topic = await bench.topic();
      const before = Date.now();
      const { consumer, assigned } = await bench.consume({ topics: [topic], groupId: bench.group() });
      await eventually(() => {
        expect(assigned()).toBe(1);
      });
      const joinedAt = consumer.lastProgressAt();
      expect(joinedAt).toBeGreaterThanOrEqual(before);
      await eventually(() => {
        expect(consumer.lastProgressAt()).toBeGreaterThan(joinedAt);
      });
    });
  });

  describe("topics", () => {
    const settings = {
      partitions: 2,
      replicationFactor: 1,
      minInSyncReplicas: 1,
      retentionMs: 3_600_000,
      maxMessageBytes: 2_000_000,
    } as const;

    test("creating a topic twice creates it once and finds nothing to complain of", async () => {
      const topic = open().unique("topic");
      const admin = await bench.admin();
      expect(await admin.ensureTopics([{ topic, ...settings }])).toEqual([
        { topic, created: true, partitions: 2, maxMessageBytes: 2_000_000, differences: [] },
      ]);
      expect(await admin.ensureTopics([{ topic, ...settings }])).toEqual([
        { topic, created: false, partitions: 2, maxMessageBytes: 2_000_000, differences: [] },
      ]);
    });

    test("several who create the same topic at once all succeed", async () => {
      const topic = open().unique("topic");
      const admins = await Promise.all([bench.admin(), bench.admin(), bench.admin()]);
      const reports = await Promise.all(admins.map((admin) => admin.ensureTopics([{ topic, ...settings }])));
      expect(reports.flat().filter(({ created }) => created)).toHaveLength(1);
      for (const [report] of reports) expect(report).toMatchObject({ topic, partitions: 2, differences: [] });
    });

    test("a topic that exists is left as it is, and each difference is told", async () => {
      const topic = await bench.topic(settings);
      const admin = await bench.admin();
      const wanted = {
        topic,
        partitions: 6,
        replicationFactor: 3,
        minInSyncReplicas: 2,
        retentionMs: 7_200_000,
        maxMessageBytes: 4_000_000,
        compacted: true,
      };
      const [report] = await admin.ensureTopics([wanted]);
      expect(report).toMatchObject({ topic, created: false, partitions: 2 });
      expect(report?.differences).toEqual([
        "partitions: 2, settings say 6",
        "replication factor: 1, settings say 3",
        "min.insync.replicas: 1, settings say 2",
        "retention.ms: 3600000, settings say 7200000",
        "max.message.bytes: 2000000, settings say 4000000",
        "cleanup.policy: delete, settings say compact",
      ]);
      const [again] = await admin.ensureTopics([{ topic, ...settings }]);
      expect(again?.differences).toEqual([]);
    });

    test("a compacted topic is refused where events are expected, and accepted where it is wanted", async () => {
      const topic = await bench.topic({ compacted: true });
      const admin = await bench.admin();
      const event = { topic, partitions: 1, replicationFactor: 1, minInSyncReplicas: 1 };
      await expect(admin.ensureTopics([event])).rejects.toMatchObject({ code: "TOPIC_UNSUITABLE" });
      const [report] = await admin.ensureTopics([{ ...event, compacted: true }]);
      expect(report?.differences).toEqual([]);
    });

    test("consuming a topic that does not exist is refused", async () => {
      const consumer = open().client.consumer();
      const start = consumer.start({
        topics: [open().unique("absent")],
        groupId: bench.group(),
        onBatch: async () => Promise.resolve(),
      });
      await expect(start).rejects.toMatchObject({ code: "TOPIC_UNSUITABLE" });
      await consumer.stop();
    });
  });

  describe("reading without a group", () => {
    test("a topic is read from its first record to its last, and the reading ends there", async () => {
      const topic = await bench.topic({ partitions: 3 });
      const producer = await bench.producer();
      const reader = await bench.reader();
      const empty = [0, 1, 2].map((partition) => ({ topic, partition, from: 0n, to: 0n }));
      expect(inOrder(await reader.extent(topic))).toEqual(empty);
      expect(await readAll(bench, empty)).toEqual([]);

      await producer.send(numbered(topic, 0, 300));
      const extent = await reader.extent(topic);
      expect(extent.reduce((sum, { from, to }) => sum + to - from, 0n)).toBe(300n);
      const records = await readAll(bench, extent);
      expect(new Set(values(records)).size).toBe(300);
      expect(records).toHaveLength(300);
      for (const partition of [0, 1, 2]) {
        const offsets = records.filter((record) => record.partition === partition).map(({ offset }) => offset);
        expect(offsets).toEqual(Array.from(offsets, (_, at) => BigInt(at)));
      }
    });

    test("of several topics only what lies in the ranges is read, with headers, and twice gives the same", async () => {
      const [one, other] = [await bench.topic(), await bench.topic({ partitions: 2 })];
      const producer = await bench.producer();
      await producer.send(numbered(one, 0, 2_000).map((record) => ({ ...record, headers: { of: "one" } })));
      await producer.send([out(other, "k", "other")]);
      const places = await (await bench.reader()).extent(other);
      const ranges = [
        { topic: one, partition: 0, from: 1_998n, to: 1_999n },
        { topic: one, partition: 0, from: 3n, to: 5n },
        { topic: one, partition: 0, from: 7n, to: 7n },
        { topic: one, partition: 0, from: 900n, to: 901n },
        ...places,
      ];
      const records = await readAll(bench, ranges);
      const ofOne = records.filter(({ value }) => value !== "other");
      expect(ofOne.map(({ offset }) => Number(offset))).toEqual([3, 4, 900, 1_998]);
      expect(values(records)).toContain("other");
      expect(new Set(await readAll(bench, ranges))).toEqual(new Set(records));
      const headers: (string | undefined)[] = [];
      await (
        await bench.reader()
      ).read([{ topic: one, partition: 0, from: 3n, to: 4n }], async ({ records: [record] }) => {
        headers.push(record?.header("of")?.toString());
        return Promise.resolve();
      });
      expect(headers).toEqual(["one"]);
    });

    test("what is not there yet, or not kept any more, is left out", async () => {
      const topic = await bench.topic();
      const producer = await bench.producer();
      await producer.send(numbered(topic, 0, 20));
      await open().expire({ topic, partition: 0, offset: 12n });
      expect(await (await bench.reader()).extent(topic)).toEqual([{ topic, partition: 0, from: 12n, to: 20n }]);
      const records = await readAll(bench, [
        { topic, partition: 0, from: 0n, to: 3n },
        { topic, partition: 0, from: 10n, to: 14n },
        { topic, partition: 0, from: 18n, to: 99n },
        { topic, partition: 7, from: 0n, to: 99n },
      ]);
      expect(values(records)).toEqual(["12", "13", "18", "19"]);
      expect(await readAll(bench, [{ topic, partition: 0, from: 0n, to: 3n }])).toEqual([]);
    });

    test("a time tells where to begin", async () => {
      const topic = await bench.topic();
      const producer = await bench.producer();
      await producer.send(numbered(topic, 0, 5));
      await new Promise((resolve) => setTimeout(resolve, 30));
      const between = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 30));
      await producer.send(numbered(topic, 5, 8));
      const reader = await bench.reader();
      expect(await reader.extent(topic, between)).toEqual([{ topic, partition: 0, from: 5n, to: 8n }]);
      expect(await reader.extent(topic, 0)).toEqual([{ topic, partition: 0, from: 0n, to: 8n }]);
      expect(await reader.extent(topic, Date.now() + 60_000)).toEqual([{ topic, partition: 0, from: 8n, to: 8n }]);
    });

    test("a consumer of the same topic loses neither its partitions nor its place", async () => {
      const topic = await bench.topic();
      const producer = await bench.producer();
      await producer.send(numbered(topic, 0, 10));
      const running = await bench.consume({ topics: [topic], groupId: bench.group() });
      await eventually(() => {
        expect(running.committed()).toBe(10n);
      });
      expect(await readAll(bench, [{ topic, partition: 0, from: 0n, to: 10n }])).toHaveLength(10);
      await producer.send(numbered(topic, 10, 11));
      await eventually(() => {
        expect(running.records).toHaveLength(11);
      });
      expect(running.assigned()).toBe(1);
      expect(running.crashes).toEqual([]);
    });

    test("following begins where it is told, hands out what comes later, too, and ends with its signal", async () => {
      const topic = await bench.topic({ partitions: 2 });
      const producer = await bench.producer();
      await producer.send(numbered(topic, 0, 40));
      const reader = await bench.reader();
      const extent = await reader.extent(topic);
      const positions = extent.map(({ partition, to }) => ({ topic, partition, offset: to > 3n ? to - 3n : to }));
      const records: Seen[] = [];
      const nexts = new Map<number, bigint>();
      const over = new AbortController();
      const following = reader.follow({
        positions,
        signal: over.signal,
        onRecords: async (batch) => {
          records.push(...batch.records.map((record) => seen(batch.partition, record)));
          nexts.set(batch.partition, batch.nextOffset);
          return Promise.resolve();
        },
      });
      const old = positions.reduce(
        (sum, { partition, offset }) => sum + Number((extent[partition]?.to ?? 0n) - offset),
        0,
      );
      await eventually(() => {
        expect(records).toHaveLength(old);
      });
      await producer.send(numbered(topic, 40, 60));
      await eventually(() => {
        expect(records).toHaveLength(old + 20);
      });
      over.abort();
      await following;
      expect(new Set(values(records)).size).toBe(old + 20);
      for (const { partition, to } of await reader.extent(topic)) expect(nexts.get(partition)).toBe(to);
      await reader.follow({
        positions,
        signal: over.signal,
        onRecords: () => Promise.reject(new Error("after the end")),
      });
    });

    test("of several topics each partition is followed in order, and only those that are named", async () => {
      const [one, other] = [await bench.topic(), await bench.topic({ partitions: 2 })];
      const producer = await bench.producer();
      const reader = await bench.reader();
      const over = new AbortController();
      const offsets: bigint[] = [];
      const places = new Set<string>();
      const following = reader.follow({
        positions: [
          { topic: one, partition: 0, offset: 0n },
          { topic: other, partition: 1, offset: 0n },
        ],
        signal: over.signal,
        onRecords: async ({ topic, partition, records }) => {
          places.add(`${topic} ${String(partition)}`);
          if (topic === one) offsets.push(...records.map(({ offset }) => offset));
          return Promise.resolve();
        },
      });
      for (const from of [0, 50, 100])
        await producer.send([...numbered(one, from, from + 50), ...numbered(other, from, from + 50)]);
      await eventually(() => {
        expect(offsets).toEqual(Array.from({ length: 150 }, (_, at) => BigInt(at)));
        expect(places.has(`${other} 1`)).toBe(true);
      });
      over.abort();
      await following;
      expect(places.has(`${other} 0`)).toBe(false);
    });

    test("what the work on a batch rejects with ends the following", async () => {
      const topic = await bench.topic();
      await (await bench.producer()).send(numbered(topic, 0, 5));
      const following = (await bench.reader()).follow({
        positions: [{ topic, partition: 0, offset: 2n }],
        signal: new AbortController().signal,
        onRecords: () => Promise.reject(new Error("no room")),
      });
      await expect(following).rejects.toThrow("no room");
    });

    test("what the work on a batch rejects with ends the reading, and nothing more is handed out", async () => {
      const topic = await bench.topic({ partitions: 2 });
      const producer = await bench.producer();
      await producer.send(numbered(topic, 0, 50));
      const reader = await bench.reader();
      let calls = 0;
      const reading = reader.read(await reader.extent(topic), async () => {
        calls += 1;
        return Promise.reject(new Error("no room"));
      });
      await expect(reading).rejects.toThrow("no room");
      expect(calls).toBe(1);
    });

    test("a topic that does not exist is refused", async () => {
      const reader = await bench.reader();
      await expect(reader.extent(open().unique("absent"))).rejects.toMatchObject({ code: "TOPIC_UNSUITABLE" });
    });
  });
}

const inOrder = (ranges: readonly OffsetRange[]): readonly OffsetRange[] =>
  ranges.toSorted((a, b) => a.partition - b.partition);
