import type { EachBatchPayload } from "kafkajs";
import { describe, expect, test, vi } from "vitest";

import { createBatchesInHand } from "../../src/batches-in-hand.ts";
import { type BatchLoopDeps, createBatchLoop } from "../../src/kafkajs/batch-loop.ts";

const kafkaFault = (type: string, retriable: boolean): Error =>
  Object.assign(new Error(type), { name: "KafkaJSProtocolError", type, retriable });

/** A batch as kafkajs hands it out; a marker of a transaction follows its last record. */
function fetched(
  offsets: readonly number[],
  commits: () => Promise<void> = async () => Promise.resolve(),
  partition = 0,
) {
  const committed: string[] = [];
  const resolved: string[] = [];
  const payload = {
    batch: {
      topic: "t",
      partition,
      highWatermark: "100",
      messages: offsets.map((offset) => ({ offset: String(offset), timestamp: "0", key: null, value: null })),
      lastOffset: () => String((offsets.at(-1) ?? 0) + 1),
    },
    resolveOffset: (offset: string) => resolved.push(offset),
    heartbeat: async () => Promise.resolve(),
    commitOffsetsIfNecessary: async ({ topics }: { topics: { partitions: { offset: string }[] }[] }) => {
      await commits();
      committed.push(topics.flatMap(({ partitions }) => partitions.map(({ offset }) => offset)).join(" "));
    },
    isStale: () => false,
  } as unknown as EachBatchPayload;
  return { payload, committed, resolved };
}

function loopWith(onBatch: BatchLoopDeps["onBatch"], commitInterval = 0) {
  const inHand = createBatchesInHand();
  inHand.joined([0, 1].map((partition) => ({ topic: "t", partition })));
  const failures: unknown[] = [];
  const commitFailures: unknown[] = [];
  const { eachBatch: loop, flush } = createBatchLoop({
    inHand,
    onBatch,
    maxBatchRecords: 2,
    commitInterval,
    committed: () => undefined,
    commitFailed: (error) => commitFailures.push(error),
    heartbeatFailed: () => undefined,
    failed: (error) => failures.push(error),
  });
  return { loop, flush, inHand, failures, commitFailures };
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

test("a batch that was stale once is not committed, even if kafkajs has forgotten why", async () => {
  let asked = 0;
  const { loop, failures } = loopWith(async (_batch, context) => {
    // It stops half-way.
    if (context.stale()) await Promise.resolve();
  });
  const { payload, committed, resolved } = fetched([0, 1]);
  payload.isStale = () => (asked += 1) === 2;
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

const nothing = async (): Promise<void> => Promise.resolve();
const untilCommitted = (committed: readonly string[], what: readonly string[]): Promise<void> =>
  vi.waitFor(() => {
    expect(committed).toEqual(what);
  });

describe("commits that wait for one another", () => {
  const interval = 40;
  test("go out together, once, for all partitions, and no batch waits for them", async () => {
    const { loop } = loopWith(nothing, interval);
    const one = fetched([5, 6, 7]);
    const other = fetched([20], nothing, 1);
    await loop(one.payload);
    await loop(other.payload);
    expect([one.committed, one.resolved, other.committed]).toEqual([[], ["6", "7"], []]);
    await untilCommitted(other.committed, ["9 22"]);
    expect(one.committed).toEqual([]);
  });

  test("go out at once when the group is about to change, and when the consumer stops", async () => {
    const { loop, flush } = loopWith(nothing, 60_000);
    const { payload, committed } = fetched([0, 1]);
    await loop(payload);
    expect(committed).toEqual([]);
    payload.heartbeat = async () => Promise.reject(kafkaFault("REBALANCE_IN_PROGRESS", false));
    await expect(loop(payload)).rejects.toMatchObject({ type: "REBALANCE_IN_PROGRESS" });
    expect(committed).toEqual(["3"]);

    const stopping = loopWith(nothing, 60_000);
    const last = fetched([0, 1]);
    await stopping.loop(last.payload);
    stopping.inHand.close();
    await stopping.flush();
    expect(last.committed).toEqual(["3"]);
    await flush();
    expect(committed).toEqual(["3"]);
  });

  test("are dropped once the group has a new generation, in which another may be further on", async () => {
    const { loop, flush, inHand, commitFailures } = loopWith(nothing, interval);
    const { payload, committed } = fetched([0, 1]);
    await loop(payload);
    inHand.joined([{ topic: "t", partition: 0 }]);
    await flush();
    await new Promise((resolve) => setTimeout(resolve, 3 * interval));
    expect(committed).toEqual([]);
    expect(commitFailures).toMatchObject([{ code: "KAFKA_UNAVAILABLE" }]);
    // What is processed in the new one is committed alone.
    const next = fetched([20], nothing, 0);
    await loop(next.payload);
    await untilCommitted(next.committed, ["22"]);
  });

  test("that an outage spoils are told, wait on, and are made again", async () => {
    let away = true;
    const outage = kafkaFault("COORDINATOR_NOT_AVAILABLE", true);
    const { loop, flush, commitFailures, failures } = loopWith(nothing, interval);
    const { payload, committed } = fetched([0, 1], async () => (away ? Promise.reject(outage) : Promise.resolve()));
    await loop(payload);
    await vi.waitFor(
      () => {
        expect(commitFailures).toEqual([outage]);
      },
      { timeout: 5_000 },
    );
    away = false;
    await flush();
    expect([committed, failures]).toEqual([["3"], []]);
  });

  test("that hang hold up what comes next, so that a crash repeats little", async () => {
    const hanging = Promise.withResolvers<void>();
    let batches = 0;
    const { loop } = loopWith(async () => {
      batches += 1;
      return Promise.resolve();
    }, 10);
    await loop(fetched([0, 1], () => hanging.promise).payload);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const next = fetched([2, 3], () => hanging.promise);
    const later = loop(next.payload);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(batches).toBe(1);
    hanging.resolve();
    await later;
    expect(batches).toBe(2);
    await untilCommitted(next.committed, ["5"]);
  });

  test("that fail in a way nobody knows are the consumer's end, and are not made again", async () => {
    const unknown = new TypeError("a bug");
    let attempts = 0;
    const { loop, failures } = loopWith(nothing, interval);
    const { payload } = fetched([0], async () => {
      attempts += 1;
      return Promise.reject(unknown);
    });
    await loop(payload);
    await vi.waitFor(() => {
      expect(failures).toEqual([unknown]);
    });
    await expect(loop(payload)).rejects.toMatchObject({ name: "BatchRejected" });
    await new Promise((resolve) => setTimeout(resolve, 3 * interval));
    expect(attempts).toBe(1);
  });

  test("are made for what was processed before another batch is rejected", async () => {
    const { loop } = loopWith(async ({ partition }) => {
      if (partition === 1) throw new Error("no");
      return Promise.resolve();
    }, 60_000);
    const { payload, committed } = fetched([0, 1]);
    await loop(payload);
    await expect(loop(fetched([9], nothing, 1).payload)).rejects.toMatchObject({ name: "BatchRejected" });
    expect(committed).toEqual(["3"]);
  });

  test("end with the membership, however it ends", async () => {
    let attempts = 0;
    const { loop, inHand } = loopWith(nothing, 10);
    const { payload } = fetched([0], async () => {
      attempts += 1;
      return Promise.reject(kafkaFault("COORDINATOR_NOT_AVAILABLE", true));
    });
    await loop(payload);
    await vi.waitFor(() => {
      expect(attempts).toBeGreaterThan(0);
    });
    inHand.abandon();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = attempts;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(attempts).toBe(before);
  });
});

test("what the group said of an earlier membership says nothing about the one that came after", async () => {
  const { loop, inHand } = loopWith(async (_batch, context) => {
    await context.heartbeat();
  });
  const answer = Promise.withResolvers<void>();
  const { payload } = fetched([0, 1]);
  let asked = 0;
  const slow = {
    ...payload,
    heartbeat: async () => {
      asked += 1;
      return asked === 1 ? answer.promise : Promise.resolve();
    },
  };
  const abandoned = loop(slow);
  await vi.waitFor(() => {
    expect(asked).toBe(1);
  });
  // A fetcher joined again meanwhile, as when partitions were added.
  inHand.joined([0, 1].map((partition) => ({ topic: "t", partition })));
  answer.reject(kafkaFault("ILLEGAL_GENERATION", false));
  await abandoned;
  expect([inHand.rejoin, inHand.isStale(inHand.generation)]).toEqual([null, false]);
  const next = fetched([0, 1]);
  await loop(next.payload);
  expect(next.committed).toEqual(["3"]);
});

test("a member that a commit told of its expulsion joins again with the next batch, though no heartbeat says so", async () => {
  const { loop, inHand } = loopWith(async () => Promise.resolve());
  const refused = kafkaFault("UNKNOWN_MEMBER_ID", false);
  await loop(fetched([0], async () => Promise.reject(refused)).payload).catch(() => undefined);
  expect(inHand.rejoin).toBe(refused);
  await expect(loop(fetched([0]).payload)).rejects.toBe(refused);
});
