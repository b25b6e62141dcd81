import { describe, expect, test } from "vitest";

import { chunkBytes } from "../../src/batch-limits.ts";
import { planDeliveries } from "../../src/deliveries.ts";
import type { PackedBatch } from "../../src/kafkajs/packed-produce.ts";
import { type Pack, packNumbered, packPlain, planSend, type SendPlan } from "../../src/kafkajs/send-plan.ts";
import { partitionOfKey } from "../../src/murmur2.ts";
import { decodeRecords } from "../../src/platformatic/decode-records.ts";
import type { OutRecord } from "../../src/port.ts";
import { out } from "../kafka-bench.ts";

const plain = packPlain({ now: () => 1_790_000_000_000, compression: "none" });

function choosing(partitions: number) {
  let turns = 0;
  return { partitionsOf: () => partitions, batchBytes: () => chunkBytes, turn: () => turns++ };
}

const plan = (records: readonly OutRecord[], partitions = 3): SendPlan =>
  planSend(records, choosing(partitions), plain);

const batchesIn = ({ waves }: SendPlan) =>
  waves.flatMap((wave) =>
    wave.flatMap(({ topic, messages }) =>
      messages.map(({ partition, value }) => ({ topic, partition, bytes: value as Buffer })),
    ),
  );
const countOf = (bytes: Buffer): number => bytes.readInt32BE(57);
const recordsIn = (bytes: Buffer) => decodeRecords(bytes, { from: 0n, aborted: [] }).records;

test("each partition of a call has one record batch, and every record is sent once, to the partition of its key", () => {
  const records = Array.from({ length: 4_000 }, (_, index) => out("t", `k${String(index)}`, String(index)));
  const made = plan(records);
  expect(made.waves).toHaveLength(1);
  const batches = batchesIn(made);
  expect(new Set(batches.map(({ partition }) => partition))).toEqual(new Set([0, 1, 2]));
  expect(batches).toHaveLength(3);
  const seen = batches.flatMap(({ partition, bytes }) => recordsIn(bytes).map((record) => ({ partition, record })));
  expect(new Set(seen.map(({ record }) => String(record.value))).size).toBe(4_000);
  for (const { partition, record } of seen) expect(partition).toBe(partitionOfKey(record.key ?? Buffer.alloc(0), 3));
});

test.each(["gzip", "snappy", "lz4", "zstd"] as const)(
  "batches are packed as %s where that is asked for",
  (compression) => {
    const records = Array.from({ length: 50 }, (_, at) => out("t", `k${String(at)}`, "the same text ".repeat(20)));
    const packed = planSend(records, choosing(1), packPlain({ now: () => 0, compression }));
    const [batch] = batchesIn(packed);
    const [bare] = batchesIn(planSend(records, choosing(1), plain));
    expect(batch?.bytes.length).toBeLessThan((bare?.bytes.length ?? 0) / 2);
    expect(recordsIn(batch?.bytes ?? Buffer.alloc(0)).map(({ key }) => String(key))).toEqual(
      records.map(({ key }) => String(key)),
    );
  },
);

test("no call has more than 800 kB of a partition, but a larger record goes alone", () => {
  const large = "x".repeat(chunkBytes + 1);
  const { waves } = plan([out("t", "a", "1"), out("t", "a", large), out("t", "a", "2"), out("t", "a", "3")], 1);
  expect(
    waves.map((wave) => wave.flatMap(({ messages }) => messages.map(({ value }) => countOf(value as Buffer)))),
  ).toEqual([[1], [1], [2]]);
});

test("when a key stands in several calls they keep their order, one after another", () => {
  const text = "x".repeat(1_000);
  const records = Array.from({ length: 1_200 }, (_, index) => out("t", index < 1_199 ? String(index) : "0", text));
  expect(plan(records, 1).waves.length).toBeGreaterThan(1);
  expect(plan(records, 1).ordered).toBe(true);
  expect(plan(records.slice(0, -1), 1).ordered).toBe(false);
  expect(plan([out("t", "a", "1"), out("t", "a", "2")], 1).ordered).toBe(false);
});

test("records without a key take turns, and need no order", () => {
  const made = plan(Array.from({ length: 1_800 }, () => out("t", null, "x")));
  expect(made.ordered).toBe(false);
  expect(batchesIn(made).map(({ bytes }) => countOf(bytes))).toEqual([600, 600, 600]);
});

test("a call carries all topics at once, with headers where there are any", () => {
  const made = plan([{ ...out("a", "k", "1"), headers: { h: "x" } }, out("b", "k", null)], 1);
  expect(made.waves.map((wave) => wave.map(({ topic }) => topic))).toEqual([["a", "b"]]);
  const [one, other] = batchesIn(made).map(({ bytes }) => recordsIn(bytes)[0]);
  expect([String(one?.value), String(one?.header("h")), other?.value]).toEqual(["1", "x", null]);
});

test("headers count: no record batch is larger than a broker takes, however short what it says is", () => {
  const headers = { "cordon-error-code": "RECORD_UNDECODABLE", "cordon-source-topic": "payments.v1" };
  const records = Array.from({ length: 20_000 }, (_, index) => ({
    ...out("t", null, null),
    headers: { ...headers, "cordon-source-offset": String(index), "cordon-at": "2026-11-27T21:00:00.000Z" },
  }));
  const batches = batchesIn(plan(records, 1)).map(({ bytes }) => bytes);
  expect(batches.reduce((sum, batch) => sum + countOf(batch), 0)).toBe(20_000);
  expect(Math.max(...batches.map(({ length }) => length))).toBeLessThan(1_000_000);
});

test("batches of a topic that takes less are smaller", () => {
  const records = Array.from({ length: 300 }, (_, at) =>
    out(at % 2 === 0 ? "small" : "usual", `k${String(at)}`, "x".repeat(1_000)),
  );
  const choose = { ...choosing(1), batchBytes: (topic: string) => (topic === "small" ? 5_000 : chunkBytes) };
  const sizes = batchesIn(planSend(records, choose, plain))
    .filter(({ topic }) => topic === "small")
    .map(({ bytes }) => bytes.length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(5_000 + 61);
  expect(sizes.length).toBeGreaterThanOrEqual(30);
  const deliveries = planDeliveries(records, choose);
  expect(deliveries.find(({ topic }) => topic === "small")?.batches.map((batch) => batch.length)).toEqual(
    Array(38).fill(4).with(37, 2),
  );
  expect(deliveries.find(({ topic }) => topic === "usual")?.batches).toHaveLength(1);
});

/** Of a batch: its attributes, producer id and epoch, the number of its first record, and how many it has. */
const stampOf = (bytes: Buffer): readonly unknown[] => [
  bytes.readInt16BE(21),
  bytes.readBigInt64BE(43),
  bytes.readInt16BE(51),
  bytes.readInt32BE(53),
  bytes.readInt32BE(57),
];

describe("in a transaction", () => {
  const writer = { id: 4_711n, epoch: 3 };
  const choose = { partitionsOf: () => 2, batchBytes: () => chunkBytes, turn: () => 0 };
  const batchesOf = (pack: Pack, keys: readonly string[]): readonly PackedBatch[] =>
    planSend(
      keys.map((key) => out("t", key, "value")),
      choose,
      pack,
    ).waves.flatMap((wave) => wave.flatMap(({ messages }) => messages as PackedBatch[]));
  const written = (batch: PackedBatch | undefined): Buffer => batch?.writtenBy?.(writer) ?? Buffer.alloc(0);

  test("a batch says whose transaction it belongs to, and counts on from the batch before it in its partition", () => {
    const form = packNumbered({ now: () => 0, compression: "none" });
    const [first] = batchesOf(form, ["a", "a", "a"]);
    const [second] = batchesOf(form, ["a", "a"]);
    expect(stampOf(written(first))).toEqual([0x10, 4_711n, 3, 0, 3]);
    expect(stampOf(written(second))).toEqual([0x10, 4_711n, 3, 3, 2]);
  });

  test("each partition is counted by itself, and a new epoch begins at 0", () => {
    const form = packNumbered({ now: () => 0, compression: "none" });
    const keys = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const batches = batchesOf(form, keys);
    expect(batches).toHaveLength(2);
    for (const batch of batches) expect(written(batch).readInt32BE(53)).toBe(0);
    expect(written(batchesOf(packNumbered({ now: () => 0, compression: "none" }), ["a"])[0]).readInt32BE(53)).toBe(0);
  });

  test("a batch that is sent again is the same to the byte, whatever was sent between", () => {
    let now = 0;
    const form = packNumbered({ now: () => now++, compression: "none" });
    const [first] = batchesOf(form, ["a", "a"]);
    const [second] = batchesOf(form, ["a"]);
    const before = Buffer.from(written(first));
    written(second);
    expect(written(first)).toEqual(before);
    expect(written(second).readInt32BE(53)).toBe(2);
  });

  test("numbers are taken in the order in which batches are sent, not planned", () => {
    const form = packNumbered({ now: () => 0, compression: "none" });
    const [planned] = batchesOf(form, ["a", "a"]);
    const [sentFirst] = batchesOf(form, ["a"]);
    expect(written(sentFirst).readInt32BE(53)).toBe(0);
    expect(written(planned).readInt32BE(53)).toBe(1);
  });
});
