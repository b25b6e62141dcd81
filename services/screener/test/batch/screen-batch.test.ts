import { goodGuySet, partyFingerprint } from "@cordon/decisions";
import { CordonError } from "@cordon/errors";
import type { ConsumedBatch } from "@cordon/kafka";
import { designationHash } from "@cordon/matching";
import { topics } from "@cordon/schemas";
import { generationOf } from "@cordon/screening";
import {
  encodePayment,
  fakeIndex,
  listed,
  sampleParty as party,
  samplePayment as payment,
} from "@cordon/screening/testing";
import { describe, expect, test } from "vitest";

import { screenBatch, type ScreenBatchDeps } from "../../src/batch/screen-batch.ts";
import { batchContext, batchOf, createBench, decodeDecision, generation, now, paymentBatch } from "../support/bench.ts";

const unavailable = (code: "KAFKA_UNAVAILABLE" | "REGISTRY_UNAVAILABLE"): CordonError =>
  new CordonError(code, "away for the test");

describe("what every batch leads to", () => {
  test("each record gets one decision, under its event id, stamped with source, index, engine and policy", async () => {
    const bench = await createBench();
    await screenBatch(
      paymentBatch(bench, [{ id: "a" }, { id: "b", names: ["Goran Jalal", "x y"] }]),
      batchContext(),
      bench.deps,
    );

    const decisions = bench.sent.flat().filter(({ topic }) => topic === topics.decisions);
    expect(decisions.map(({ key }) => key?.toString())).toEqual(["a", "b"]);
    expect(decodeDecision(decisions[0] ?? { value: null })).toEqual({
      eventId: "a",
      sourceTopic: topics.payments,
      sourcePartition: 3,
      sourceOffset: 100,
      outcome: "CLEAR",
      holdReason: null,
      alertId: null,
      fieldsScreened: 2,
      index: {
        version: "version-1",
        generation: 1,
        lists: [{ list: "uk", publishedAt: Date.parse("2026-04-29"), entries: 2 }],
      },
      engineVersion: "test-engine",
      policyVersion: bench.deps.policy.version,
      decidedAt: now,
      setAside: [],
      goodGuys: null,
      fieldsLeftOut: 0,
      told: [],
    });
    const [alert] = bench.alerts();
    expect(alert).toMatchObject({ eventId: "b", raisedAt: now, sourceOffset: 101 });
    expect(bench.decisions()[1]).toMatchObject({ outcome: "HIT", alertId: alert?.alertId });
  });

  test("with hits and holds only, a clear event leads to nothing, and a hit and a hold to the same as ever", async () => {
    const bench = await createBench();
    const deps = { ...bench.deps, format: { ...bench.deps.format, decisionsWritten: "hits-and-holds" as const } };
    const batch = paymentBatch(bench, [
      { id: "clear" },
      { id: "hit", names: ["Goran Jalal", "x y"] },
      { id: "hold", names: [] },
    ]);
    await screenBatch(batch, batchContext(), deps);
    expect(bench.decisions().map(({ eventId, outcome }) => [eventId, outcome])).toEqual([
      ["hit", "HIT"],
      ["hold", "HOLD"],
    ]);
    expect(bench.alerts().map(({ eventId }) => eventId)).toEqual(["hit"]);
  });

  test("a decision carries its outcome and the event's trace context as headers", async () => {
    const bench = await createBench();
    const value = encodePayment(payment("a"), bench.paymentSchemaId);
    const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const batch = batchOf(topics.payments, [
      { key: "a", value, headers: { traceparent } },
      { key: "a", value },
    ]);
    await screenBatch(batch, batchContext(), bench.deps);
    const [first, second] = bench.sent.flat();
    expect(first?.headers?.["cordon-outcome"]).toBe("CLEAR");
    expect(String(first?.headers?.["traceparent"])).toBe(traceparent);
    expect(Object.keys(second?.headers ?? {})).toEqual(["cordon-outcome"]);
  });

  test("a trace context too long to be one is not passed on: no header makes a decision that Kafka refuses", async () => {
    const bench = await createBench();
    const headers = { traceparent: "0".repeat(1_000_000) };
    const clear = encodePayment(payment("a"), bench.paymentSchemaId);
    const hit = encodePayment(payment("b", ["Goran Jalal", "x y"]), bench.paymentSchemaId);
    const batch = batchOf(topics.payments, [
      { key: "a", value: clear, headers },
      { key: "b", value: hit, headers },
      { key: "c", value: Buffer.from("no event"), headers },
    ]);
    await screenBatch(batch, batchContext(), bench.deps);
    const decisions = bench.sent.flat().filter(({ topic }) => topic === topics.decisions);
    expect(decisions.map((decision) => Object.keys(decision.headers ?? {}))).toEqual([
      ["cordon-outcome"],
      ["cordon-outcome"],
      ["cordon-outcome"],
    ]);
  });

  test("a record larger than the topic of dead letters takes is set aside without its bytes, and its event is held", async () => {
    const bench = await createBench();
    const mebibytes = 16 * 1_048_576;
    const fitting = Buffer.alloc(mebibytes - 100_000);
    const batch = batchOf(topics.payments, [
      { key: "a", value: Buffer.alloc(mebibytes) },
      { key: Buffer.alloc(mebibytes), value: null },
      { key: "b", value: fitting },
    ]);
    await screenBatch(batch, batchContext(), bench.deps);
    const letters = bench.sent.flat().filter(({ topic }) => topic === topics.deadLetters);
    expect(letters.map(({ key, value }) => [key?.toString(), value?.length])).toEqual([
      ["a", undefined],
      [undefined, undefined],
      ["b", fitting.length],
    ]);
    expect(letters.map(({ headers }) => headers?.["cordon-left-out-bytes"])).toEqual([
      String(mebibytes + 1),
      String(mebibytes),
      undefined,
    ]);
    expect(bench.decisions().map(({ eventId, outcome }) => [eventId, outcome])).toEqual([
      ["a", "HOLD"],
      ["b", "HOLD"],
    ]);
  });

  test("the outputs of a batch go out in one send", async () => {
    const bench = await createBench();
    await screenBatch(paymentBatch(bench, [{ id: "a" }, { id: "b" }, { id: "c" }]), batchContext(), bench.deps);
    expect(bench.sent.map((records) => records.length)).toEqual([3]);
  });

  test("a repeat leads to the same outputs, byte for byte", async () => {
    const bench = await createBench();
    const batch = paymentBatch(bench, [{ id: "a", names: ["Goran Jalal", "Alen Basil"] }, { id: "b" }]);
    await screenBatch(batch, batchContext(), bench.deps);
    await screenBatch(batch, batchContext(), bench.deps);
    expect(bench.sent[1]).toEqual(bench.sent[0]);
  });

  test("telemetry is told once for a batch, of counts, stages and lag", async () => {
    const bench = await createBench();
    const batch = batchOf(topics.payments, [
      { key: "a", value: encodePayment(payment("a", ["Goran Jalal", "Alen Basil"]), bench.paymentSchemaId) },
      { key: "other", value: encodePayment(payment("b"), bench.paymentSchemaId) },
      { key: null, value: encodePayment(payment("c", [""]), bench.paymentSchemaId) },
      { key: "d", value: Buffer.from("junk") },
    ]);
    await screenBatch(batch, batchContext(), bench.deps);
    const [event, ...more] = bench.told.of("batchScreened");
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      topic: topics.payments,
      partition: 3,
      outcomes: { CLEAR: 1, HIT: 1, HOLD: 2 },
      fields: 4,
      keyMismatches: 2,
      lag: 7,
    });
    expect(event?.timestamps).toHaveLength(4);
    expect(event?.holds).toEqual(
      new Map([
        ["FIELD_MISSING", 1],
        ["RECORD_UNDECODABLE", 1],
      ]),
    );
    expect(event?.hits).toEqual(new Map([["uk", 2]]));
    expect(event?.deadLetters).toEqual(new Map([["RECORD_UNDECODABLE", 1]]));
    expect(bench.told.of("batchTaken")).toEqual([{ topic: topics.payments, partition: 3, lag: 11 }]);
  });
});

test("what the thread does for other batches while one rests is not counted as its own", async () => {
  const bench = await createBench();
  const deps = { ...bench.deps, pace: { everyRecords: 1 } };
  const batch = paymentBatch(
    bench,
    Array.from({ length: 300 }, (_, at) => ({
      id: `e${String(at)}`,
      names: ["Goran Jalal", `Alen Basil ${String(at)}`],
    })),
  );
  const before = process.threadCpuUsage();
  await Promise.all(Array.from({ length: 4 }, async () => screenBatch(batch, batchContext(), deps)));
  const { user, system } = process.threadCpuUsage(before);
  const told = bench.told.of("batchScreened");
  const sum = told.reduce((all, { cpu }) => all + cpu.decode + cpu.screen + cpu.encode + cpu.publish, 0);
  expect(told).toHaveLength(4);
  expect(sum).toBeGreaterThan(0);
  expect(sum).toBeLessThan((user + system) / 1000 + 0.01);
});

async function lags(batch: ConsumedBatch): Promise<readonly unknown[]> {
  const bench = await createBench();
  await screenBatch(batch, batchContext(), bench.deps);
  return [bench.told.of("batchTaken")[0]?.lag, bench.told.of("batchScreened")[0]?.lag];
}

describe("the lag that telemetry tells", () => {
  const records = [
    { key: "a", value: null },
    { key: "b", value: null },
  ];

  test("is what lies behind the first record, and then behind the last", async () => {
    expect(await lags(batchOf(topics.payments, records))).toEqual([9, 7]);
    expect(await lags(batchOf(topics.payments, records.slice(1)))).toEqual([8, 7]);
  });

  test("is that of now when all records were compacted away", async () => {
    expect(await lags(batchOf(topics.payments, []))).toEqual([0, 0]);
  });

  test("is never below none, where the end of the partition was read before the records were", async () => {
    expect(await lags({ ...batchOf(topics.payments, records), highWatermark: 101n })).toEqual([1, 0]);
  });
});

describe("good guys", () => {
  const fingerprintKey = new Uint8Array(32).fill(7);
  const goran = listed("GIM0001", "Goran Jalal");
  const account = { kind: "IBAN" as const, value: "GB33BUKB20201555555555", name: null };
  const known = { ...party("DEBTOR", "Goran Jalal"), account };
  const set = goodGuySet("v".repeat(64), 3, [
    {
      id: "g-1",
      fingerprint: partyFingerprint(known, fingerprintKey).fingerprint ?? "",
      designationId: goran.id,
      designationHash: designationHash(goran),
      topics: [topics.payments],
      rails: [],
      expiresAt: now + 1,
    },
  ]);
  const payments = [
    payment("a"),
    { ...payment("b", ["Amelia Whitfield"]), parties: [known, party("CREDITOR", "Oliver Baker")] },
    payment("c", ["Alen Basil", "Oliver Baker"]),
    payment("d", []),
    payment("e", ["Oliver Baker", "Goran Jalal"]),
  ];

  async function screened(events: typeof payments, deps: Partial<ScreenBatchDeps>) {
    const bench = await createBench({ goodGuys: "on" });
    const suppressed: number[] = [];
    const all = { ...bench.deps, onSuppressed: (count: number) => void suppressed.push(count), ...deps };
    const records = events.map((event) => ({ key: event.eventId, value: encodePayment(event, bench.paymentSchemaId) }));
    await screenBatch(batchOf(topics.payments, records), batchContext(), all);
    return { outcomes: bench.decisions().map(({ outcome }) => outcome), suppressed };
  }

  test("let pass whom they cover, and only those are counted, once the batch is durable", async () => {
    const deps = { fingerprintKey, goodGuys: { current: () => set } };
    expect(await screened(payments, deps)).toEqual({
      outcomes: ["CLEAR", "CLEAR", "HIT", "HOLD", "HIT"],
      suppressed: [1],
    });
    expect((await screened(payments.slice(0, 1), deps)).suppressed).toEqual([]);
  });

  test("let nobody pass when there is no key to know the party by, or no set", async () => {
    const outcomes = ["CLEAR", "HIT", "HIT", "HOLD", "HIT"];
    expect(await screened(payments, { goodGuys: { current: () => set } })).toEqual({ outcomes, suppressed: [] });
    expect(await screened(payments, { fingerprintKey })).toEqual({ outcomes, suppressed: [] });
  });
});

describe("a delivery that commits itself", () => {
  test("answers with the end of the batch: it is screened, and need not be committed again", async () => {
    const bench = await createBench();
    const deps = { ...bench.deps, delivery: { ...bench.deps.delivery, deliver: async () => Promise.resolve(101n) } };
    expect(await screenBatch(paymentBatch(bench, [{ id: "a" }]), batchContext(), deps)).toBe(101n);
    expect(bench.told.of("batchScreened")).toHaveLength(1);
    expect(bench.told.of("batchAbandoned")).toEqual([]);
  });

  test("answers with where the group was instead: nothing was written, and nothing counts as screened", async () => {
    const bench = await createBench();
    const looks: unknown[] = [];
    const shadow = { look: (record: unknown) => void looks.push(record) };
    const deps = {
      ...bench.deps,
      delivery: { ...bench.deps.delivery, deliver: async () => Promise.resolve(107n) },
      shadow,
    };
    expect(await screenBatch(paymentBatch(bench, [{ id: "a" }]), batchContext(), deps)).toBe(107n);
    expect(bench.told.of("batchScreened")).toEqual([]);
    expect(bench.told.of("batchAbandoned")).toEqual([{ topic: topics.payments, partition: 3, records: 1 }]);
    expect(looks).toEqual([]);
  });
});

describe("one index for one batch", () => {
  test("a swap in the middle of a batch is seen by the next one only", async () => {
    const bench = await createBench();
    const swapped = generation(2, [listed("GIM0003", "Marko Petrovic")]);
    const batch = paymentBatch(
      bench,
      Array.from({ length: 50 }, (_, at) => ({ id: `e${String(at)}` })),
    );
    const context = batchContext({ onHeartbeat: () => void bench.holder.swap(swapped) });
    const deps = { ...bench.deps, pace: { everyRecords: 10 } };
    await screenBatch(batch, context, deps);
    await screenBatch(batch, context, deps);
    expect(context.heartbeats()).toBeGreaterThan(4);
    const versions = bench.sent.map(
      (records) => new Set(records.map((record) => decodeDecision(record).index.version)),
    );
    expect(versions).toEqual([new Set(["version-1"]), new Set(["version-2"])]);
  });

  test("whether the index is stale is judged once for a batch", async () => {
    const bench = await createBench({ indexMaxAgeHours: 1 });
    bench.setAge(3_600_001);
    const batch = paymentBatch(bench, [{ id: "a" }, { id: "b", names: ["Goran Jalal", "A B"] }]);
    await screenBatch(batch, batchContext(), bench.deps);
    expect(bench.decisions().map(({ outcome, holdReason }) => [outcome, holdReason])).toEqual([
      ["HOLD", "INDEX_STALE"],
      ["HIT", null],
    ]);
    bench.setAge(3_600_000);
    await screenBatch(batch, batchContext(), bench.deps);
    expect(bench.decisions()[2]).toMatchObject({ outcome: "CLEAR" });
  });
});

describe("waiting", () => {
  test("a registry that is away delays the batch, with heartbeats, and dead-letters nothing", async () => {
    const bench = await createBench();
    bench.registry.setAvailable(false);
    const context = batchContext();
    const done = screenBatch(paymentBatch(bench, [{ id: "a" }]), context, bench.deps);
    await expect.poll(() => bench.told.of("waited").length).toBeGreaterThan(1);
    expect(bench.sent).toEqual([]);
    expect(bench.told.of("waited")[0]).toMatchObject({ code: "REGISTRY_UNAVAILABLE", attempt: 1 });
    bench.registry.setAvailable(true);
    await done;
    expect(context.heartbeats()).toBeGreaterThan(0);
    expect(bench.decisions().map(({ outcome }) => outcome)).toEqual(["CLEAR"]);
    expect(bench.deadLetters()).toEqual([]);
    expect(bench.told.of("resumed")).toHaveLength(1);
  });

  test("an abort while the registry is away ends the batch with the signal's reason and nothing sent", async () => {
    const bench = await createBench();
    bench.registry.setAvailable(false);
    const context = batchContext();
    const done = screenBatch(paymentBatch(bench, [{ id: "a" }]), context, bench.deps);
    const failed = done.catch((error: unknown) => error);
    await expect.poll(() => bench.told.of("waited").length).toBeGreaterThan(0);
    context.abort();
    expect(await failed).toMatchObject({ message: "the consumer is stopping" });
    expect(bench.sent).toEqual([]);
    expect(bench.told.of("batchScreened")).toEqual([]);
  });

  test("a send that fails for an outage is repeated with the same bytes", async () => {
    const bench = await createBench();
    bench.failSends(unavailable("KAFKA_UNAVAILABLE"), unavailable("KAFKA_UNAVAILABLE"));
    await screenBatch(paymentBatch(bench, [{ id: "a" }]), batchContext(), bench.deps);
    expect(bench.sent).toHaveLength(1);
    expect(bench.told.of("waited").map(({ code }) => code)).toEqual(["KAFKA_UNAVAILABLE", "KAFKA_UNAVAILABLE"]);
    expect(bench.told.of("batchScreened")).toHaveLength(1);
  });

  test("a send that fails for no known reason rejects the batch, and nothing counts as screened", async () => {
    const bench = await createBench();
    bench.failSends(new TypeError("a bug"));
    await expect(screenBatch(paymentBatch(bench, [{ id: "a" }]), batchContext(), bench.deps)).rejects.toThrow("a bug");
    expect(bench.told.of("batchScreened")).toEqual([]);
  });
});

describe("failing", () => {
  test("an error nobody foresaw while screening rejects the batch before anything is sent", async () => {
    const bench = await createBench();
    const index = {
      ...fakeIndex([listed("GIM0001", "Goran Jalal")]),
      search: () => {
        throw new RangeError("a bug in the engine");
      },
    };
    bench.holder.swap(generationOf(generation(2, []).manifest, index));
    await expect(screenBatch(paymentBatch(bench, [{ id: "a" }]), batchContext(), bench.deps)).rejects.toThrow(
      "a bug in the engine",
    );
    expect(bench.sent).toEqual([]);
  });

  test("a batch that went stale in the middle is dropped quietly: its new owner screens it", async () => {
    const bench = await createBench();
    const context = batchContext();
    const going = { ...context, heartbeat: async () => Promise.resolve(context.goStale()) };
    const batch = paymentBatch(
      bench,
      Array.from({ length: 30 }, (_, at) => ({ id: `e${String(at)}` })),
    );
    let screened = 0;
    const clock = (): number => ((screened += 1), now);
    await screenBatch(batch, going, { ...bench.deps, clock, pace: { everyRecords: 10, everyMs: Infinity } });
    expect(bench.sent).toEqual([]);
    // One look at the clock when it was taken, and one for each record up to the rest in which it went stale.
    expect(screened).toBe(11);
    expect(bench.told.of("batchAbandoned")).toEqual([{ topic: topics.payments, partition: 3, records: 30 }]);
  });

  test("a stop in the middle of a batch lets it finish", async () => {
    const bench = await createBench();
    const context = batchContext();
    const stopping = { ...context, heartbeat: async () => Promise.resolve(context.abort()) };
    const batch = paymentBatch(
      bench,
      Array.from({ length: 30 }, (_, at) => ({ id: `e${String(at)}` })),
    );
    await screenBatch(batch, stopping, { ...bench.deps, pace: { everyRecords: 10 } });
    expect(bench.decisions()).toHaveLength(30);
  });

  test("a batch without an index is a broken contract, not a clear", async () => {
    const bench = await createBench();
    const deps = { ...bench.deps, holder: { current: null, swap: () => false } };
    await expect(screenBatch(paymentBatch(bench, [{ id: "a" }]), batchContext(), deps)).rejects.toThrow(CordonError);
    expect(bench.sent).toEqual([]);
  });
});
