import type { EachBatchPayload } from "kafkajs";
import { expect, test } from "vitest";

import { type BatchLoopDeps, createBatchLoop } from "../../src/kafka/batch-loop.ts";
import { createBatchesInHand } from "../../src/kafka/batches-in-hand.ts";

const kafkaFault = (type: string, retriable: boolean): Error =>
  Object.assign(new Error(type), { name: "KafkaJSProtocolError", type, retriable });

/** A batch of partition 0 as kafkajs hands it out; a marker of a transaction follows its last record. */
function fetched(offsets: readonly number[], commits: () => Promise<void> = async () => Promise.resolve()) {
  const committed: string[] = [];
  const resolved: string[] = [];
  const payload = {
    batch: {
      topic: "t",
      partition: 0,
      highWatermark: "100",
      messages: offsets.map((offset) => ({ offset: String(offset), timestamp: "0", key: null, value: null })),
      lastOffset: () => String((offsets.at(-1) ?? 0) + 1),
    },
    resolveOffset: (offset: string) => resolved.push(offset),
    heartbeat: async () => Promise.resolve(),
    commitOffsetsIfNecessary: async (offset: { topics: { partitions: { offset: string }[] }[] }) => {
      await commits();
      committed.push(offset.topics[0]?.partitions[0]?.offset ?? "");
    },
    isStale: () => false,
  } as unknown as EachBatchPayload;
  return { payload, committed, resolved };
}

function loopWith(onBatch: BatchLoopDeps["onBatch"]) {
  const inHand = createBatchesInHand();
  inHand.joined([{ topic: "t", partition: 0 }]);
  const failures: unknown[] = [];
  const commitFailures: unknown[] = [];
  const loop = createBatchLoop({
    inHand,
    onBatch,
    maxBatchRecords: 2,
    committed: () => undefined,
    commitFailed: (error) => commitFailures.push(error),
    heartbeatFailed: () => undefined,
    failed: (error) => failures.push(error),
  });
  return { loop, inHand, failures, commitFailures };
}

test("each part is committed after it is processed, the last one past what only the broker sees", async () => {
  const sizes: number[] = [];
  const { loop } = loopWith(async ({ records }) => {
    sizes.push(records.length);
    return Promise.resolve();
  });
  const { payload, committed, resolved } = fetched([5, 6, 7]);
  await loop(payload);
  expect(sizes).toEqual([2, 1]);
  expect(committed).toEqual(["7", "9"]);
  expect(resolved).toEqual(["6", "7"]);
});

test("a rejection reaches kafkajs as an error it neither retries nor restarts for, and nothing follows", async () => {
  const rejection = Object.assign(new Error("no"), { retriable: true });
  let calls = 0;
  const { loop, failures } = loopWith(async () => {
    calls += 1;
    return Promise.reject(rejection);
  });
  const { payload, committed, resolved } = fetched([0, 1, 2]);
  const given = await loop(payload).catch((error: unknown) => error);
  expect(given).toMatchObject({ retriable: false });
  expect((given as Error).cause).toBeUndefined();
  await expect(loop(fetched([9]).payload)).rejects.toMatchObject({ name: "BatchRejected" });
  expect(failures).toEqual([rejection]);
  expect([calls, committed, resolved]).toEqual([1, [], []]);
});

test("a commit that an outage spoils is tried again", async () => {
  let attempts = 0;
  const { loop, commitFailures, failures } = loopWith(async () => Promise.resolve());
  const { payload, committed } = fetched([0], async () => {
    attempts += 1;
    return attempts < 3 ? Promise.reject(kafkaFault("GROUP_LOAD_IN_PROGRESS", true)) : Promise.resolve();
  });
  await loop(payload);
  expect([attempts, committed, commitFailures, failures]).toEqual([3, ["2"], [], []]);
});

test("a commit that the group refuses is reported, and kafkajs is told to join again", async () => {
  const refusal = kafkaFault("ILLEGAL_GENERATION", false);
  const { loop, commitFailures, failures, inHand } = loopWith(async () => Promise.resolve());
  const { payload, resolved } = fetched([0, 1, 2], async () => Promise.reject(refusal));
  await expect(loop(payload)).rejects.toBe(refusal);
  expect([commitFailures, failures, resolved]).toEqual([[refusal], [], []]);
  expect(inHand.isStale(inHand.generation)).toBe(true);
});

test("a commit that fails in a way nobody knows is the consumer's end", async () => {
  const unknown = new TypeError("a bug");
  const { loop, commitFailures, failures } = loopWith(async () => Promise.resolve());
  const { payload } = fetched([0], async () => Promise.reject(unknown));
  await expect(loop(payload)).rejects.toMatchObject({ name: "BatchRejected" });
  expect([commitFailures, failures]).toEqual([[unknown], [unknown]]);
});

test("a heartbeat never fails a batch; when the group changes it tells the batch, which may still be committed", async () => {
  const change = kafkaFault("REBALANCE_IN_PROGRESS", false);
  const told: boolean[] = [];
  const { loop } = loopWith(async (_batch, context) => {
    await context.heartbeat();
    told.push(context.signal.aborted, context.stale());
  });
  const { payload, committed } = fetched([0, 1, 2]);
  payload.heartbeat = async () => Promise.reject(change);
  await expect(loop(payload)).rejects.toBe(change);
  expect(told).toEqual([true, false]);
  expect(committed).toEqual(["2"]);
});

test("a batch that gives up when told is neither committed nor a failure", async () => {
  const { loop, inHand, failures } = loopWith(async () => {
    inHand.close();
    return Promise.reject(new Error("gave up"));
  });
  const { payload, committed, resolved } = fetched([0, 1, 2]);
  await loop(payload);
  expect([committed, resolved, failures]).toEqual([[], [], []]);
});

test("a batch of an earlier generation is not committed, and one of a partition that left is not begun", async () => {
  let calls = 0;
  const { loop, inHand } = loopWith(async () => {
    calls += 1;
    inHand.joined([]);
    return Promise.resolve();
  });
  const { payload, committed, resolved } = fetched([0, 1, 2]);
  await loop(payload);
  await loop(fetched([3]).payload);
  expect([calls, committed, resolved]).toEqual([1, [], []]);
});

test("what a transaction has committed already is not committed again, and markers behind the batch count with it", async () => {
  const nextOffsets: bigint[] = [];
  const { loop } = loopWith(async ({ nextOffset }) => {
    nextOffsets.push(nextOffset);
    return Promise.resolve(nextOffset);
  });
  const { payload, committed, resolved } = fetched([5, 6, 7]);
  await loop(payload);
  expect(nextOffsets).toEqual([7n, 9n]);
  expect(committed).toEqual([]);
  expect(resolved).toEqual(["6", "8"]);
});

test("a group that is elsewhere is followed, and what else was fetched is left", async () => {
  let calls = 0;
  const { loop } = loopWith(async () => {
    calls += 1;
    return Promise.resolve(40n);
  });
  const { payload, committed, resolved } = fetched([5, 6, 7, 8]);
  await loop(payload);
  expect([calls, committed, resolved]).toEqual([1, [], ["39"]]);
});
