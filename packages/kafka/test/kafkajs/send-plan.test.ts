import { describe, expect, test } from "vitest";

import { chunkBytes } from "../../src/batch-limits.ts";
import type { PackedBatch } from "../../src/kafkajs/packed-produce.ts";
import {
  type ChunkForm,
  numberedChunks,
  onePartitionFirst,
  packedChunks,
  plainChunks,
  planSend,
  type SendPlan,
} from "../../src/kafkajs/send-plan.ts";
import { partitionOfKey } from "../../src/murmur2.ts";
import { planDeliveries } from "../../src/platformatic/deliveries.ts";
import { out } from "../kafka-bench.ts";

function plan(records: Parameters<typeof planSend>[0], partitions = 3): SendPlan {
  let turns = 0;
  return planSend(records, { partitionsOf: () => partitions, batchBytes: () => chunkBytes, turn: () => turns++ });
}

const messagesOf = ({ waves }: SendPlan) =>
  waves.flatMap((wave) => wave.flatMap(({ topic, messages }) => messages.map((message) => ({ topic, ...message }))));

test("every record is sent once, to the partition of its key", () => {
  const records = Array.from({ length: 4_000 }, (_, index) => out("t", `k${String(index)}`, String(index)));
  const messages = messagesOf(plan(records));
  expect(new Set(messages.map(({ value }) => String(value))).size).toBe(4_000);
  expect(messages).toHaveLength(4_000);
  for (const { key, partition } of messages) expect(partition).toBe(partitionOfKey(Buffer.from(String(key)), 3));
});

test("no call has more than 500 records of a partition", () => {
  const records = Array.from({ length: 4_000 }, (_, index) => out("t", `k${String(index)}`, ""));
  const { waves, ordered } = plan(records);
  expect(waves.length).toBeGreaterThanOrEqual(3);
  expect(ordered).toBe(false);
  for (const wave of waves)
    for (const { messages } of wave)
      for (const partition of [0, 1, 2])
        expect(messages.filter((message) => message.partition === partition).length).toBeLessThanOrEqual(
          plainChunks.records,
        );
});

test("no call has more than 800 kB of a partition, but a larger record goes alone", () => {
  const large = "x".repeat(chunkBytes + 1);
  const { waves } = plan([out("t", "a", "1"), out("t", "a", large), out("t", "a", "2"), out("t", "a", "3")], 1);
  const lengths = waves.map((wave) => wave.flatMap(({ messages }) => messages.map(({ value }) => value?.length)));
  expect(lengths).toEqual([[1], [large.length], [1, 1]]);
});

test("when a key stands in several calls they keep their order, one after another", () => {
  const records = Array.from({ length: 1_200 }, (_, index) => out("t", index < 1_199 ? String(index) : "0", ""));
  expect(plan(records, 1).ordered).toBe(true);
  expect(plan(records.slice(0, -1), 1).ordered).toBe(false);
  expect(plan([out("t", "a", "1"), out("t", "a", "2")], 1).ordered).toBe(false);
});

test("records without a key take turns, and need no order", () => {
  const records = Array.from({ length: 1_800 }, () => out("t", null, "x"));
  const made = plan(records);
  expect(made.ordered).toBe(false);
  expect(messagesOf(made).filter(({ partition }) => partition === 2)).toHaveLength(600);
});

test("a call carries all topics at once, with headers where there are any", () => {
  const { waves } = plan([{ ...out("a", "k", "1"), headers: { h: "x" } }, out("b", "k", null)], 1);
  expect(waves).toEqual([
    [
      { topic: "a", messages: [{ key: Buffer.from("k"), value: Buffer.from("1"), partition: 0, headers: { h: "x" } }] },
      { topic: "b", messages: [{ key: Buffer.from("k"), value: null, partition: 0 }] },
    ],
  ]);
});

test("packed, each partition of a call has one record batch, with its records in their order", () => {
  const records = Array.from({ length: 4_000 }, (_, index) => out("t", `k${String(index)}`, String(index)));
  let turns = 0;
  const choose = { partitionsOf: () => 3, batchBytes: () => chunkBytes, turn: () => turns++ };
  const { waves } = planSend(
    records,
    choose,
    packedChunks(() => 1_790_000_000_000),
  );
  expect(waves).toHaveLength(1);
  const messages = waves[0]?.[0]?.messages ?? [];
  expect(new Set(messages.map(({ partition }) => partition))).toEqual(new Set([0, 1, 2]));
  expect(messages).toHaveLength(3);
  const counts = messages.map(({ value }) => value as Buffer).map((batch) => batch.readInt32BE(57));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4_000);
});

test("headers count: no record batch is larger than a broker takes, however short what it says is", () => {
  const headers = { "cordon-error-code": "RECORD_UNDECODABLE", "cordon-source-topic": "payments.v1" };
  const records = Array.from({ length: 20_000 }, (_, index) => ({
    ...out("t", null, null),
    headers: { ...headers, "cordon-source-offset": String(index), "cordon-at": "2026-11-27T21:00:00.000Z" },
  }));
  const { waves } = planSend(
    records,
    { partitionsOf: () => 1, batchBytes: () => chunkBytes, turn: () => 0 },
    packedChunks(() => 1_790_000_000_000),
  );
  const batches = waves.flatMap((wave) => wave.flatMap(({ messages }) => messages.map(({ value }) => value as Buffer)));
  expect(batches.reduce((sum, batch) => sum + batch.readInt32BE(57), 0)).toBe(20_000);
  expect(Math.max(...batches.map(({ length }) => length))).toBeLessThan(1_000_000);
});

test("batches of a topic that takes less are smaller, whichever library sends them", () => {
  const records = Array.from({ length: 300 }, (_, at) =>
    out(at % 2 === 0 ? "small" : "usual", `k${String(at)}`, "x".repeat(1_000)),
  );
  const choose = {
    partitionsOf: () => 1,
    batchBytes: (topic: string) => (topic === "small" ? 5_000 : chunkBytes),
    turn: () => 0,
  };
  const { waves } = planSend(
    records,
    choose,
    packedChunks(() => 0),
  );
  const sizes = waves.flatMap((wave) =>
    wave
      .filter(({ topic }) => topic === "small")
      .flatMap(({ messages }) => messages.map(({ value }) => value?.length ?? 0)),
  );
  expect(Math.max(...sizes)).toBeLessThanOrEqual(5_000 + 61);
  expect(sizes.length).toBeGreaterThanOrEqual(30);
  const deliveries = planDeliveries(records, choose);
  expect(deliveries.find(({ topic }) => topic === "small")?.batches.map((batch) => batch.length)).toEqual(
    Array(38).fill(4).with(37, 2),
  );
  expect(deliveries.find(({ topic }) => topic === "usual")?.batches).toHaveLength(1);
});

test("in a transaction the first call has one partition, and every record is still sent once, in the order of its partition", () => {
  const records = [
    ...Array.from({ length: 4_000 }, (_, index) => out("t", `k${String(index)}`, `t${String(index)}`)),
    ...Array.from({ length: 40 }, (_, index) => out("u", `k${String(index)}`, `u${String(index)}`)),
  ];
  const { waves, ordered } = plan(records);
  const [first = [], ...rest] = onePartitionFirst(waves);
  const partitions = first.flatMap(({ topic, messages }) =>
    messages.map(({ partition }) => `${topic} ${String(partition)}`),
  );
  expect(new Set(partitions).size).toBe(1);
  expect(rest.length).toBe(waves.length);
  const inLane = (all: SendPlan["waves"], lane: string) =>
    messagesOf({ waves: all, ordered })
      .filter(({ topic, partition }) => `${topic} ${String(partition)}` === lane)
      .map(({ value }) => String(value));
  for (const lane of ["t 0", "t 1", "t 2", "u 0", "u 1", "u 2"])
    expect(inLane([first, ...rest], lane)).toEqual(inLane(waves, lane));
});

test("a transaction of one partition is one call, and one without records is none", () => {
  expect(onePartitionFirst(plan([out("t", "a", "1"), out("t", "a", "2")]).waves)).toHaveLength(1);
  expect(onePartitionFirst([])).toEqual([]);
});

/** Of a batch: its attributes, producer id and epoch, the number of its first record, and how many it has. */
const stampOf = (bytes: Buffer): readonly unknown[] => [
  bytes.readInt16BE(21),
  bytes.readBigInt64BE(43),
  bytes.readInt16BE(51),
  bytes.readInt32BE(53),
  bytes.readInt32BE(57),
];

describe("in a transaction, packed", () => {
  const writer = { id: 4_711n, epoch: 3 };
  const choose = { partitionsOf: () => 2, batchBytes: () => chunkBytes, turn: () => 0 };
  const batchesOf = (form: ChunkForm, keys: readonly string[]): readonly PackedBatch[] =>
    planSend(
      keys.map((key) => out("t", key, "value")),
      choose,
      form,
    ).waves.flatMap((wave) => wave.flatMap(({ messages }) => messages as PackedBatch[]));
  const written = (batch: PackedBatch | undefined): Buffer => batch?.writtenBy?.(writer) ?? Buffer.alloc(0);

  test("a batch says whose transaction it belongs to, and counts on from the batch before it in its partition", () => {
    const form = numberedChunks(() => 0);
    const [first] = batchesOf(form, ["a", "a", "a"]);
    const [second] = batchesOf(form, ["a", "a"]);
    expect(stampOf(written(first))).toEqual([0x10, 4_711n, 3, 0, 3]);
    expect(stampOf(written(second))).toEqual([0x10, 4_711n, 3, 3, 2]);
  });

  test("each partition is counted by itself, and a new epoch begins at 0", () => {
    const form = numberedChunks(() => 0);
    const keys = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const batches = batchesOf(form, keys);
    expect(batches).toHaveLength(2);
    for (const batch of batches) expect(written(batch).readInt32BE(53)).toBe(0);
    expect(
      written(
        batchesOf(
          numberedChunks(() => 0),
          ["a"],
        )[0],
      ).readInt32BE(53),
    ).toBe(0);
  });

  test("a batch that is sent again is the same to the byte, whatever was sent between", () => {
    let now = 0;
    const form = numberedChunks(() => now++);
    const [first] = batchesOf(form, ["a", "a"]);
    const [second] = batchesOf(form, ["a"]);
    const before = Buffer.from(written(first));
    written(second);
    expect(written(first)).toEqual(before);
    expect(written(second).readInt32BE(53)).toBe(2);
  });

  test("numbers are taken in the order in which batches are sent, not planned", () => {
    const form = numberedChunks(() => 0);
    const [planned] = batchesOf(form, ["a", "a"]);
    const [sentFirst] = batchesOf(form, ["a"]);
    expect(written(sentFirst).readInt32BE(53)).toBe(0);
    expect(written(planned).readInt32BE(53)).toBe(1);
  });
});
