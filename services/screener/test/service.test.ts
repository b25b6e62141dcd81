import { CordonError } from "@cordon/errors";
import type { Position } from "@cordon/kafka";
import { fakeIndex, listed, listState, publishFake } from "@cordon/screening/testing";
import { afterEach, describe, expect, test } from "vitest";

import { createWorld, groupId, type Running, startScreener, type World } from "./support/run-in-memory.ts";

const goran = listed("GIM0001", "Goran Jalal");
const alen = listed("GIM0002", "Alen Basil");
const running: Running[] = [];

afterEach(async () => {
  for (const screener of running.splice(0)) await screener.stop();
});

function start(...options: Parameters<typeof startScreener>): Running {
  const screener = startScreener(...options);
  running.push(screener);
  return screener;
}

const committed = (world: World): bigint =>
  world.kafka.committed(groupId).reduce((sum: bigint, { offset }: Position) => sum + offset, 0n);

const ids = (count: number, prefix = "e"): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${String(at)}`);

describe("a screener without an index", () => {
  test("is alive but not ready, and consumes nothing; with the first index it begins at the beginning", async () => {
    const world = createWorld();
    const screener = start(world);
    await expect.poll(() => screener.log.map(({ msg }) => msg)).toContain("topic created");
    await world.send(ids(20));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await screener.healthy()).toBe(true);
    expect(await screener.ready()).toEqual({
      ok: false,
      reasons: ["there is no index yet: nothing is consumed", "the consumer group is not joined"],
    });
    expect([world.decisions().length, committed(world)]).toEqual([0, 0n]);

    await publishFake(world.store, [goran], Date.now());
    await expect.poll(() => world.decisions().length).toBe(20);
    await expect.poll(() => screener.ready()).toEqual({ ok: true, reasons: [] });
    await expect.poll(() => committed(world)).toBe(20n);
  });
});

describe("a running screener", () => {
  test("swaps between two batches, and decisions show both versions", async () => {
    const world = createWorld();
    await publishFake(world.store, [goran], Date.now());
    const screener = start(world);
    await expect.poll(() => screener.ready()).toMatchObject({ ok: true });
    await world.send(ids(10, "a"), ["Alen Basil", "Oliver Baker"]);
    await expect.poll(() => world.decisions().length).toBe(10);
    await publishFake(world.store, [goran, alen], Date.now());
    await expect.poll(() => screener.log.filter(({ msg }) => msg === "index swapped").length).toBe(2);
    await world.send(ids(10, "b"), ["Alen Basil", "Oliver Baker"]);
    await expect.poll(() => world.decisions().length).toBe(20);
    const seen = world.decisions().map(({ eventId, outcome, index }) => [eventId[0], outcome, index.generation]);
    expect(new Set(seen.map(String))).toEqual(new Set(["a,CLEAR,1", "b,HIT,2"]));
  });

  test("keeps its last good index while the store is away, and holds events once that is too old", async () => {
    const world = createWorld();
    await publishFake(world.store, [goran], Date.now());
    let aheadMs = 0;
    const screener = start(world, { INDEX_MAX_AGE_HOURS: "1" }, { clock: () => Date.now() + aheadMs });
    await expect.poll(() => screener.ready()).toMatchObject({ ok: true });
    world.backend.away = true;
    await world.send(ids(5, "a"));
    await expect.poll(() => world.decisions().length).toBe(5);
    aheadMs = 3_700_000;
    expect(await screener.ready()).toMatchObject({ ok: false });
    await world.send(ids(5, "b"));
    await expect.poll(() => world.decisions().length).toBe(10);
    expect(
      new Set(
        world
          .decisions()
          .map(({ eventId, outcome, holdReason }) => `${eventId.slice(0, 1)} ${outcome} ${String(holdReason)}`),
      ),
    ).toEqual(new Set(["a CLEAR null", "b HOLD INDEX_STALE"]));
    world.backend.away = false;
    await world.store.saveListStates([listState("uk", Date.now() + aheadMs)]);
    await expect.poll(() => screener.ready()).toMatchObject({ ok: true });
  });

  test("waits for the registry and Kafka before it starts, and says what for", async () => {
    const world = createWorld();
    world.registry.setAvailable(false);
    const kafka = { ...world.kafka };
    let refusals = 2;
    kafka.admin = () =>
      refusals-- > 0 ? Promise.reject(new CordonError("KAFKA_UNAVAILABLE", "not up yet")) : world.kafka.admin();
    const screener = start(world, {}, { kafka });
    const waitingFor = (): readonly unknown[] =>
      screener.log.filter(({ msg }) => msg === "waiting").map(({ fields }) => fields["for"]);
    await expect.poll(waitingFor, { timeout: 3000 }).toEqual(expect.arrayContaining(["Kafka", "the schema registry"]));
    world.registry.setAvailable(true);
    await publishFake(world.store, [goran], Date.now());
    await expect.poll(() => screener.ready(), { timeout: 3000 }).toMatchObject({ ok: true });
  });

  test("counts what it does", async () => {
    const world = createWorld();
    await publishFake(world.store, [goran, alen], Date.now());
    const screener = start(world);
    await expect.poll(() => screener.ready()).toMatchObject({ ok: true });
    await world.send(ids(3), ["Goran Jalal", "Alen Basil"]);
    await world.send(ids(4, "c"));
    await expect.poll(() => world.decisions().length).toBe(7);
    await expect.poll(() => committed(world)).toBe(7n);
    const metrics = await screener.metrics();
    for (const line of [
      'cordon_screening_decisions_total{topic="payments.v1",outcome="CLEAR"} 4',
      'cordon_screening_decisions_total{topic="payments.v1",outcome="HIT"} 3',
      'cordon_screening_hits_total{list="uk"} 6',
      "cordon_screening_fields_total 14",
      'cordon_screening_decision_latency_seconds_count{topic="payments.v1"} 7',
      "cordon_index_generation 1",
      'cordon_index_entries{list="uk"} 2',
      "cordon_index_names 2",
      "cordon_index_swaps_total 1",
      'cordon_dead_letters_total{code="RECORD_UNDECODABLE"} 0',
      "cordon_kafka_consumer_assigned_partitions 12",
      "nodejs_eventloop_lag_p99_seconds",
    ])
      expect(metrics).toContain(line);
    expect(metrics).toMatch(/cordon_index_age_seconds 0\.\d+/);
    expect(metrics).toMatch(/cordon_kafka_consumer_lag_messages\{topic="payments.v1",partition="\d"\} 0/);
    expect(metrics).not.toMatch(/Goran|Alen|Whitfield/);
  });
});

describe("a screener that ends", () => {
  test("on a signal leaves what it did committed, and ends without an error", async () => {
    const world = createWorld();
    await publishFake(world.store, [goran], Date.now());
    const screener = start(world);
    await expect.poll(() => screener.ready()).toMatchObject({ ok: true });
    await world.send(ids(300));
    await expect.poll(() => world.decisions().length).toBeGreaterThan(0);
    expect(await screener.stop()).toBeNull();
    expect(BigInt(world.decisions().length)).toBe(committed(world));

    start(world);
    await expect.poll(() => world.decisions().length).toBe(300);
    expect(new Set(world.decisions().map(({ eventId }) => eventId)).size).toBe(300);
  });

  test("on an error nobody foresaw ends with it and commits nothing; a restart screens the batch again", async () => {
    const world = createWorld();
    await publishFake(world.store, [goran], Date.now());
    const broken = {
      version: "test",
      open: () => ({
        ...fakeIndex([goran]),
        search: () => {
          throw new RangeError("a bug");
        },
      }),
    };
    const screener = start(world, {}, { engine: broken });
    await expect.poll(() => screener.ready()).toMatchObject({ ok: true });
    await world.send(ids(10));
    expect(await screener.ended).toMatchObject({ code: "CONSUMER_CRASHED", cause: { message: "a bug" } });
    expect([world.decisions().length, committed(world)]).toEqual([0, 0n]);

    start(world);
    await expect.poll(() => world.decisions().length).toBe(10);
  });

  test("while its sends fail commits nothing, also when it is stopped meanwhile; later everything is decided", async () => {
    const world = createWorld();
    await publishFake(world.store, [goran], Date.now());
    const first = start(world);
    await expect.poll(() => first.ready()).toMatchObject({ ok: true });
    await first.stop();
    await world.send(ids(20));
    world.kafka.failSends(new CordonError("KAFKA_UNAVAILABLE", "away"));

    const second = start(world);
    const waits = (): number => second.log.filter(({ msg }) => msg === "waiting").length;
    await expect.poll(waits).toBeGreaterThan(1);
    expect([world.decisions().length, committed(world)]).toEqual([0, 0n]);
    expect(await second.stop()).toBeNull();
    expect(committed(world)).toBe(0n);

    const third = start(world);
    await expect.poll(() => third.log.some(({ msg }) => msg === "waiting")).toBe(true);
    world.kafka.failSends(null);
    await expect.poll(() => committed(world), { timeout: 3000 }).toBe(20n);
    expect(world.decisions()).toHaveLength(20);
  });

  test("in a batch that never ends fails the liveness probe, and commits nothing", async () => {
    const world = createWorld();
    await publishFake(world.store, [goran], Date.now());
    const hanging = Promise.withResolvers<void>();
    const kafka = { ...world.kafka };
    kafka.producer = async () => ({ ...(await world.kafka.producer()), send: () => hanging.promise });
    const screener = start(world, { CONSUMER_STALL_SECONDS: "5" }, { kafka });
    await expect.poll(() => screener.ready()).toMatchObject({ ok: true });
    await world.send(ids(3));
    expect(await screener.healthy()).toBe(true);
    await expect.poll(() => screener.healthy(), { timeout: 15_000 }).toBe(false);
    expect(committed(world)).toBe(0n);
    hanging.resolve();
    await expect.poll(() => screener.healthy()).toBe(true);
  });

  test("on topics that cannot serve ends with the reason, before it consumes anything", async () => {
    const world = createWorld();
    const kafka = { ...world.kafka };
    kafka.admin = () => Promise.reject(new CordonError("TOPIC_UNSUITABLE", "payments.v1 is compacted"));
    const screener = start(world, {}, { kafka });
    expect(await screener.ended).toMatchObject({ code: "TOPIC_UNSUITABLE" });
  });

  test("while it still waits for an index ends at once", async () => {
    const screener = start(createWorld());
    await expect.poll(() => screener.log.map(({ msg }) => msg)).toContain("waiting for an index");
    expect(await screener.stop()).toBeNull();
  });
});
