import { CordonError } from "@cordon/errors";
import type { Position } from "@cordon/kafka";
import { topics } from "@cordon/schemas";
import { listed, publishFake } from "@cordon/screening/testing";
import { afterEach, describe, expect, test, vi } from "vitest";

import { whileBeating } from "../src/batch/pace.ts";
import { exactlyOnce } from "../src/delivery.ts";
import { createWorld, groupId, type Running, startScreener, type World } from "./support/run-in-memory.ts";

const running: Running[] = [];

afterEach(async () => {
  for (const screener of running.splice(0)) await screener.stop();
});

function start(world: World): Running {
  const screener = startScreener(world, { DELIVERY: "exactly_once" });
  running.push(screener);
  return screener;
}

async function worldWithIndex(): Promise<World> {
  const world = createWorld();
  await publishFake(world.store, [listed("GIM0001", "Goran Jalal")], Date.now());
  return world;
}

/** A quarter of a second for each partition that has to wait. */
const patience = { timeout: 10_000 };

const committed = (world: World): bigint =>
  world.kafka.committed(groupId).reduce((sum: bigint, { offset }: Position) => sum + offset, 0n);

const ids = (count: number, prefix = "e"): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${String(at)}`);

describe("delivery exactly once", () => {
  test("decisions, alerts and dead letters go out in transactions, and the offset is committed with them", async () => {
    const world = await worldWithIndex();
    const screener = start(world);
    await expect.poll(() => screener.ready()).toMatchObject({ ok: true });
    await world.send(ids(120));
    await world.send(["hit"], ["Goran Jalal", "Oliver Baker"]);
    const producer = await world.kafka.producer();
    await producer.send([{ topic: topics.payments, key: Buffer.from("poison"), value: Buffer.from("not Avro") }]);
    await expect.poll(() => world.decisions().length).toBe(122);
    expect(world.kafka.records(topics.alerts)).toHaveLength(1);
    expect(world.kafka.records(topics.deadLetters)).toHaveLength(1);
    expect(committed(world)).toBe(122n);
    expect(await screener.metrics()).not.toMatch(/cordon_retries_total\{[^}]*\} [1-9]/);
  });

  test("while nothing can be written nothing is committed, and afterwards each event is decided once", async () => {
    const world = await worldWithIndex();
    const screener = start(world);
    await expect.poll(() => screener.ready()).toMatchObject({ ok: true });
    await world.send(ids(30));
    world.kafka.failCommits(new CordonError("TRANSACTION_LOST", "planned"));
    await world.send(ids(30, "later"));
    await expect.poll(async () => screener.metrics()).toMatch(/cordon_retries_total\{code="TRANSACTION_LOST"\} [1-9]/);
    const before = world.decisions().length;
    expect(committed(world)).toBe(BigInt(before));
    world.kafka.failCommits(null);
    await expect.poll(() => world.decisions().length, patience).toBe(60);
    expect(new Set(world.decisions().map(({ eventId }) => eventId)).size).toBe(60);
    expect(committed(world)).toBe(60n);
  });

  test("a producer that was shut out takes its partition over again, and nothing is written twice", async () => {
    const world = await worldWithIndex();
    const screener = start(world);
    await expect.poll(() => screener.ready()).toMatchObject({ ok: true });
    await world.send(ids(30, "a"));
    await expect.poll(() => world.decisions().length).toBe(30);
    // Another that believes to own the partitions, as a screener does that was frozen for long.
    for (let partition = 0; partition < 6; partition += 1)
      await world.kafka.transactionalProducer({ groupId, topic: topics.payments, partition });
    await world.send(ids(30, "b"));
    await expect.poll(() => world.decisions().length, patience).toBe(60);
    expect(new Set(world.decisions().map(({ eventId }) => eventId)).size).toBe(60);
    expect(committed(world)).toBe(60n);
    expect(await screener.metrics()).toMatch(/cordon_retries_total\{code="TRANSACTION_LOST"\} [1-9]/);
  });

  test("screeners that come and go decide each event once", async () => {
    const world = await worldWithIndex();
    const first = start(world);
    await expect.poll(() => first.ready()).toMatchObject({ ok: true });
    await world.send(ids(100, "a"));
    const second = start(world);
    await world.send(ids(100, "b"));
    await expect.poll(() => second.ready()).toMatchObject({ ok: true });
    await first.stop();
    await world.send(ids(100, "c"));
    await expect.poll(() => world.decisions().length).toBe(300);
    expect(new Set(world.decisions().map(({ eventId }) => eventId)).size).toBe(300);
    expect(committed(world)).toBe(300n);
  });
});

describe("heartbeats while results are delivered", () => {
  test("a delivery that takes long keeps its member alive, and one that ends leaves no heartbeat behind", async () => {
    let beats = 0;
    const context = {
      heartbeat: async () => {
        beats += 1;
        return Promise.resolve();
      },
    };
    vi.useFakeTimers();
    try {
      const work = whileBeating(context, () => new Promise((resolve) => setTimeout(resolve, 12_500)));
      await vi.advanceTimersByTimeAsync(20_000);
      await work;
      expect(beats).toBe(12);
      // Work that never ends is left to the group to judge.
      void whileBeating(context, () => new Promise(() => undefined));
      await vi.advanceTimersByTimeAsync(600_000);
      expect(beats).toBe(12 + 90);
    } finally {
      vi.useRealTimers();
    }
  });
});

const share = (...partitions: readonly number[]) => partitions.map((partition) => ({ topic: "t", partition }));

test("producers follow the assignment: kept where a partition stays, closed where it left", async () => {
  const opened: string[] = [];
  const closed: string[] = [];
  const delivery = exactlyOnce(
    {
      transactionalProducer: async ({ partition }) => {
        opened.push(String(partition));
        return Promise.resolve({
          sendAndCommit: async (_records, { next }) => Promise.resolve(next),
          close: async () => Promise.resolve(void closed.push(String(partition))),
        });
      },
    },
    groupId,
  );
  delivery.take(share(0, 1));
  delivery.take(share(1, 2));
  await expect.poll(() => closed).toEqual(["0"]);
  expect(opened).toEqual(["0", "1", "2"]);
  await delivery.close();
  expect(closed.toSorted((a, b) => a.localeCompare(b))).toEqual(["0", "1", "2"]);
});
