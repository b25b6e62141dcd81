import { canaryHeader, schemaText, subjectOf, topics } from "@cordon/schemas";
import { encodePayment, samplePayment } from "@cordon/screening/testing";
import { beforeEach, describe, expect, test } from "vitest";

import { createWorld, hour, type World } from "./world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await world.publish("Goran Jalal", "Alen Basil");
});

/** `id OUTCOME reason` of the decisions that were written since. */
function decidedAfter(count: number): readonly string[] {
  return world
    .decisions()
    .slice(count)
    .map(({ eventId, outcome, holdReason }) => `${eventId} ${outcome}${holdReason === null ? "" : ` ${holdReason}`}`);
}

async function held(id: string, parties?: readonly string[], reason = "INDEX_STALE"): Promise<number> {
  const offset = await world.pay(id, parties);
  await world.decide(id, offset, "HOLD", reason);
  return offset;
}

interface Report {
  readonly found: number;
  readonly clear: number;
  readonly hit: number;
  readonly held: Readonly<Record<string, number>>;
  readonly undecodable: number;
  readonly written: number;
  readonly decidedBefore: number;
  readonly canaries: number;
  readonly strangers: number;
  readonly gone: readonly unknown[];
  readonly heldStill: readonly string[] | null;
}

async function report(...args: readonly string[]): Promise<Report & { readonly code: number }> {
  const { code, out } = await world.rescreen(...args, "--json");
  return { ...(JSON.parse(out) as Report), code };
}

describe("cordon rescreen --held", () => {
  test("decides what was held with the index of now, alerts what hits, and stamps both", async () => {
    await held("a");
    const at = await held("b", ["Amelia Whitfield", "Goran Jalal"]);
    expect(await report("--held")).toMatchObject({ code: 0, found: 2, clear: 1, hit: 1, written: 2 });
    expect(decidedAfter(2)).toEqual(["a CLEAR", "b HIT"]);
    const [decision] = world.decisions().slice(3);
    expect(decision).toMatchObject({
      sourceTopic: topics.payments,
      sourcePartition: 0,
      sourceOffset: at,
      decidedAt: world.now,
      index: { generation: 1 },
    });
    expect(world.alerts()).toMatchObject([{ eventId: "b", alertId: decision?.alertId, sourceOffset: at }]);
  });

  test("does nothing the second time, whatever came of the first", async () => {
    await held("a");
    await held("b", ["Goran Jalal", "x y"]);
    await held("c", ["Amelia Whitfield", ""]);
    await report("--held");
    const before = world.decisions().length;
    expect(await report("--held")).toMatchObject({ code: 1, found: 1, written: 0, decidedBefore: 2 });
    expect(world.decisions()).toHaveLength(before);
    expect(world.alerts()).toHaveLength(1);
  });

  test("writes another HOLD only for another reason, and ends with 1 while something is held", async () => {
    await held("a", ["Amelia Whitfield", ""]);
    await held("b", ["Amelia Whitfield", " "], "NAME_UNREADABLE");
    expect(await report("--held")).toMatchObject({
      code: 1,
      held: { FIELD_MISSING: 1, NAME_UNREADABLE: 1 },
      written: 1,
    });
    expect(decidedAfter(2)).toEqual(["a HOLD FIELD_MISSING"]);
  });

  test("names what is held still of events that were asked for by their ids, and nothing where all were", async () => {
    await held("a", ["Amelia Whitfield", ""], "FIELD_MISSING");
    await held("b", ["Amelia Whitfield", ""]);
    await held("c");
    expect(await report("--held")).toMatchObject({ code: 1, found: 3, heldStill: null });
    expect(await report("--held", "--event", "a", "--event", "c")).toMatchObject({ code: 1, heldStill: ["a"] });
    expect(await report("--held", "--event", "b")).toMatchObject({ code: 1, heldStill: ["b"] });
  });

  test("never replaces a CLEAR or a HIT, whether it came after the HOLD or before", async () => {
    const [one, two, three] = [await held("a"), await held("b"), await world.pay("c")];
    await world.decide("a", one, "CLEAR");
    await world.decide("b", two, "HIT");
    await world.decide("c", three, "CLEAR");
    await world.decide("c", three, "HOLD", "DEADLINE_PASSED");
    expect(await report("--held")).toMatchObject({ code: 0, found: 0, decidedBefore: 3, written: 0 });
  });

  test("tells two events of the same id apart by where they came from", async () => {
    const first = await held("a");
    await held("a", ["Goran Jalal", "x y"]);
    await world.decide("a", first, "CLEAR");
    expect(await report("--held")).toMatchObject({ found: 1, hit: 1, decidedBefore: 1 });
    expect(decidedAfter(3)).toEqual(["a HIT"]);
  });

  test("does not ask for decideBy: who has waited for so long waits for the answer", async () => {
    const offset = await world.pay("a", undefined, { decideBy: 1 });
    await world.decide("a", offset, "HOLD", "DEADLINE_PASSED");
    expect(await report("--held")).toMatchObject({ code: 0, clear: 1 });
    expect(decidedAfter(1)).toEqual(["a CLEAR"]);
  });

  test("screens only what was last held for a given reason", async () => {
    await held("a", undefined, "INDEX_STALE");
    await held("b", undefined, "QUERY_TOO_BROAD");
    const twice = await held("c", undefined, "INDEX_STALE");
    await world.decide("c", twice, "HOLD", "FIELD_MISSING");
    expect(await report("--held", "--reason", "INDEX_STALE")).toMatchObject({ found: 1, clear: 1 });
    expect(decidedAfter(4)).toEqual(["a CLEAR"]);
    expect(await report("--held", "--reason", "QUERY_TOO_BROAD", "--reason", "FIELD_MISSING")).toMatchObject({
      found: 2,
    });
  });

  test("screens only what was held since", async () => {
    await held("a");
    world.now += 2 * hour;
    await held("b");
    await world.publish("Goran Jalal");
    expect(await report("--held", "--since", "1h")).toMatchObject({ found: 1 });
    expect(decidedAfter(2)).toEqual(["b CLEAR"]);
    expect(await report("--held", "--since", "2026-11-27")).toMatchObject({ found: 1 });
  });

  test("writes nothing in a dry run, and tells what it would", async () => {
    await held("a");
    await held("b", ["Goran Jalal", "x y"]);
    expect(await report("--held", "--dry-run")).toMatchObject({ dryRun: true, clear: 1, hit: 1, written: 2 });
    expect(world.decisions()).toHaveLength(2);
    expect(world.alerts()).toEqual([]);
  });

  test("names by id and place what is not kept any more, and frees the rest", async () => {
    for (const id of ["a", "b", "c"]) await held(id);
    world.kafka.expire({ topic: topics.payments, partition: 0, offset: 2n });
    expect(await report("--held")).toMatchObject({
      code: 1,
      clear: 1,
      gone: [
        { eventId: "a", topic: topics.payments, partition: 0, offset: 0 },
        { eventId: "b", topic: topics.payments, partition: 0, offset: 1 },
      ],
    });
    const { out } = await world.rescreen("--held");
    expect(out).toMatch(/Not kept any more[^]*a +payments\.v1 +0 +0\n *b/);
  });

  test("names the places of events that were deleted before any screener read them", async () => {
    await world.pay("read");
    const consumer = world.kafka.consumer();
    const start = { topics: [topics.payments], groupId: "cordon-screener", onBatch: async () => Promise.resolve() };
    await consumer.start(start);
    await expect.poll(() => world.kafka.committed("cordon-screener")).toMatchObject([{ offset: 1n }]);
    await consumer.stop();
    expect(await report("--held")).toMatchObject({ code: 0, goneUnread: [] });
    for (const id of ["b", "c", "d"]) await world.pay(id);
    world.kafka.expire({ topic: topics.payments, partition: 0, offset: 3n });
    expect(await report("--held")).toMatchObject({
      code: 1,
      goneUnread: [{ topic: topics.payments, partition: 0, from: 1, to: 3 }],
    });
    const { out } = await world.rescreen("--held");
    expect(out).toMatch(/Deleted before any screener read them[^]*payments\.v1 +0 +1 +2 +2\n/);
  });

  test("leaves alone the record that stands where another was held, for the topic was made anew", async () => {
    const offset = await world.pay("new");
    await world.decide("old", offset, "HOLD", "INDEX_STALE");
    expect(await report("--held")).toMatchObject({ code: 1, written: 0, gone: [{ eventId: "old", offset }] });
  });

  test("counts decisions on topics of others, and what is no decision", async () => {
    const producer = await world.kafka.producer();
    await producer.send([{ topic: topics.decisions, key: Buffer.from("x"), value: Buffer.from("junk") }]);
    await held("a");
    expect(await report("--held")).toMatchObject({ code: 0, strangers: 1, clear: 1 });
  });

  test("refuses an index that is too old, and the absence of one, before it reads anything", async () => {
    await held("a");
    world.now += 49 * hour;
    await expect(world.rescreen("--held")).rejects.toMatchObject({ code: "INDEX_STALE" });
    world = await createWorld();
    await expect(world.rescreen("--held")).rejects.toMatchObject({ code: "INDEX_ABSENT" });
  });

  test("keeps the trace of the event with its decision", async () => {
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const offset = await world.pay("a", undefined, {}, { traceparent });
    await world.decide("a", offset, "HOLD", "INDEX_STALE");
    await report("--held");
    const last = world.kafka.records(topics.decisions).at(-1);
    expect([last?.header("traceparent")?.toString(), last?.header("cordon-outcome")?.toString()]).toEqual([
      traceparent,
      "CLEAR",
    ]);
  });

  test("holds up with more than one read, and tells it in a table without a party's name", async () => {
    for (let number = 0; number < 20; number++) await held(`e-${String(number)}`, ["Goran Jalal", "Amelia Whitfield"]);
    const { out, code } = await world.rescreen("--held");
    expect(code).toBe(0);
    expect(out).toMatch(/^events\nwaiting +20\nHIT +20\n20 decisions were written, by index 1 \([0-9a-f]{12}\)\.\n$/);
    expect(world.alerts()).toHaveLength(20);
  });
});

/** Registered after its records were set aside, as by a producer that was ahead of its registry. */
async function register(): Promise<number> {
  return world.registry.register("late", `${schemaText(subjectOf(topics.payments))} `);
}

/** The id that the next schema will have. */
async function nextId(): Promise<number> {
  return (await world.registry.register("probe", `"string"`)) + 1;
}

async function aside(key: string | null, value: Buffer): Promise<void> {
  const offset = await world.write(key, value);
  await world.setAside(key, value, offset);
  if (key !== null) await world.decide(key, offset, "HOLD", "RECORD_UNDECODABLE");
}

describe("cordon rescreen --dead-letters", () => {
  test("decides what can be read now, with a key or without, and leaves the rest", async () => {
    const id = await nextId();
    await aside("a", encodePayment(samplePayment("a"), id));
    await aside(null, encodePayment(samplePayment("b", ["Goran Jalal", "x y"]), id));
    await aside("junk", Buffer.from("junk"));
    expect(await report("--dead-letters")).toMatchObject({ code: 1, undecodable: 3, written: 0 });
    await register();
    expect(await report("--dead-letters")).toMatchObject({ code: 1, clear: 1, hit: 1, undecodable: 1 });
    expect(decidedAfter(2)).toEqual(["a CLEAR", "b HIT"]);
    expect(world.kafka.records(topics.deadLetters)).toHaveLength(3);

    const before = world.decisions().length;
    expect(await report("--dead-letters")).toMatchObject({ found: 1, decidedBefore: 2, written: 0 });
    expect(world.decisions()).toHaveLength(before);
  });

  test("holds what can be read now and must still be held, once", async () => {
    const id = await nextId();
    await aside(null, encodePayment(samplePayment("a", ["Amelia Whitfield", ""]), id));
    await register();
    expect(await report("--dead-letters")).toMatchObject({ code: 1, written: 1, held: { FIELD_MISSING: 1 } });
    expect(await report("--dead-letters")).toMatchObject({ code: 1, written: 0, held: { FIELD_MISSING: 1 } });
    expect(decidedAfter(0)).toEqual(["a HOLD FIELD_MISSING"]);
  });

  test("leaves canaries alone, and dead letters that do not say where they came from", async () => {
    const id = await nextId();
    const canary = "cordon-canary:1";
    const value = encodePayment(samplePayment(canary), id);
    const producer = await world.kafka.producer();
    await producer.send([
      { topic: topics.payments, key: Buffer.from(canary), value, headers: { [canaryHeader]: "test" } },
      { topic: topics.deadLetters, key: Buffer.from("x"), value: Buffer.from("x") },
    ]);
    await world.setAside(canary, value, 0);
    await register();
    expect(await report("--dead-letters")).toMatchObject({ code: 0, canaries: 1, strangers: 1, written: 0 });
  });
});
