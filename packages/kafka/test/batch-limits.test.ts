import { expect, test } from "vitest";

import { batchBytesFor, chunkBytes, createBatchLimits } from "../src/batch-limits.ts";
import { createPlacing } from "../src/kafkajs/placing.ts";
import { out } from "./kafka-bench.ts";

const records = (count: number, bytes: number, topic = "t") =>
  Array.from({ length: count }, (_, at) => out(topic, `k${String(at)}`, "x".repeat(bytes)));

test("a batch leaves room for its head in what the topic takes, and is no larger than usual where the topic takes more", () => {
  expect([null, 16_777_216, 1_048_588, 100_000, 10].map(batchBytesFor)).toEqual([
    chunkBytes,
    chunkBytes,
    chunkBytes,
    99_488,
    1,
  ]);
});

test("each refusal halves what is sent, until a single record goes alone and no smaller batch would help", () => {
  const limits = createBatchLimits();
  const all = records(400, 1_000);
  const seen: number[] = [];
  for (let turn = 0; turn < 40 && limits.refused(all, () => null); turn++) seen.push(limits.batchBytes("t", null));
  expect(seen[0]).toBeLessThan(220_000);
  expect(seen).toEqual(seen.toSorted((a, b) => b - a));
  expect(seen.at(-1)).toBeLessThan(1_100);
  expect(limits.refused(all, () => null)).toBe(false);
  expect(limits.batchBytes("another", null)).toBe(chunkBytes);
});

test("a record that is larger than its topic takes cannot be helped", () => {
  expect(createBatchLimits().refused(records(1, 100), () => null)).toBe(false);
  expect(createBatchLimits().refused(records(1, 3_000_000), () => 1_000_000)).toBe(false);
});

test("settings that changed while records were sent are read anew", async () => {
  const takes = { now: 1_000_000 };
  const asked: string[] = [];
  const cache = new Map<string, Promise<{ partitions: number; maxMessageBytes: number }>>();
  const placing = createPlacing({
    factsOf: async (topic) => {
      const known = cache.get(topic) ?? Promise.resolve({ partitions: 2, maxMessageBytes: takes.now });
      if (!cache.has(topic)) asked.push(topic);
      cache.set(topic, known);
      return known;
    },
    forget: (topic) => void cache.delete(topic),
  });
  const all = records(10, 100);
  expect((await placing.choiceFor(all)).batchBytes("t")).toBe(chunkBytes);
  takes.now = 40_000;
  expect(await placing.refused(all)).toBe(true);
  expect((await placing.choiceFor(all)).batchBytes("t")).toBe(39_488);
  expect(asked).toEqual(["t", "t"]);
});
