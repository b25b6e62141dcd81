import type { BatchContext, ConsumedBatch } from "@cordon/kafka";
import { expect, test } from "vitest";

import { watchBatches } from "../src/watch-batches.ts";

const batch: ConsumedBatch = { topic: "payments.v1", partition: 0, highWatermark: 0n, records: [], nextOffset: 0n };
const context: BatchContext = {
  signal: new AbortController().signal,
  stale: () => false,
  heartbeat: () => Promise.resolve(),
};

/** A watch with a clock of its own, and batches that end when told to. */
function bench() {
  let now = 0;
  const watch = watchBatches(() => now);
  return {
    watch,
    at: (time: number) => void (now = time),
    begin: () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const inner: BatchContext[] = [];
      const done = watch.watched((_, given) => {
        inner.push(given);
        return promise;
      })(batch, context);
      return { done, resolve, reject, beat: () => inner[0]?.heartbeat() };
    },
  };
}

test("with no batch in hand there is nothing to be stuck", () => {
  expect(bench().watch.leastAliveAt()).toBeNull();
});

test("a batch is alive when it is taken, and at each of its own heartbeats", async () => {
  const { watch, at, begin } = bench();
  at(1000);
  const one = begin();
  at(5000);
  expect(watch.leastAliveAt()).toBe(1000);
  await one.beat();
  expect(watch.leastAliveAt()).toBe(5000);
});

test("heartbeats of one batch do not hide that another one is stuck", async () => {
  const { watch, at, begin } = bench();
  begin();
  const lively = begin();
  at(60_000);
  await lively.beat();
  expect(watch.leastAliveAt()).toBe(0);
});

test("a batch that ended, well or not, is no longer watched", async () => {
  const { watch, begin } = bench();
  const good = begin();
  const bad = begin();
  good.resolve();
  bad.reject(new Error("nobody foresaw it"));
  await Promise.allSettled([good.done, bad.done]);
  expect(watch.leastAliveAt()).toBeNull();
});
