import { readFileSync } from "node:fs";

import type { Decision } from "@cordon/schemas";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";

import { createRealPipeline, type RealPipeline } from "./support/real-pipeline.ts";

/** The designations of the irregular-migration regime, in the publisher's own layout. */
const gim = readFileSync(new URL("../../../data/gim/uk-gim.csv", import.meta.url), "utf8");
/** The same without one designation. */
const gimWithout0001 = gim
  .split("\n")
  .filter((line) => !line.includes("GIM0001"))
  .join("\n");

let pipeline: RealPipeline;

beforeEach(async () => {
  pipeline = await createRealPipeline(inject("stack"), gim);
});
afterEach(() => pipeline.close());

const ids = (count: number, prefix: string): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}-${String(at)}`);

async function everyEventIsDecided(events: readonly string[], timeout: number): Promise<void> {
  const undecided = (): number => {
    const decided = new Set(pipeline.decisions.map(({ eventId }) => eventId));
    return events.filter((id) => !decided.has(id)).length;
  };
  await expect.poll(undecided, { timeout, interval: 100 }).toBe(0);
}

async function startBoth(): Promise<void> {
  const listSync = pipeline.start("list-sync");
  expect(await listSync.logged("list imported")).toMatchObject({ list: "uk", entries: expect.any(Number) });
  await pipeline.start("screener").logged("partitions assigned");
  await pipeline.watch();
}

/** A decision without what a repeat may change. */
function timeless(decision: Decision): string {
  return JSON.stringify({ ...decision, decidedAt: 0 });
}

describe("the pipeline on real services", () => {
  test("leads from a list to decisions, alerts and dead letters", async () => {
    await startBoth();
    const innocent = ids(400, "innocent");
    await pipeline.send([
      ...innocent.map((id) => pipeline.paymentRecord(id)),
      pipeline.paymentRecord("hit", ["Oliver Baker", "GORAN ASSAD JALAL"]),
      pipeline.paymentRecord("empty", ["Oliver Baker", ""]),
      { topic: pipeline.topic("remittances"), key: Buffer.from("junk"), value: Buffer.from("no avro") },
      { topic: pipeline.topic("payments"), key: Buffer.from("tombstone"), value: null },
    ]);
    await everyEventIsDecided([...innocent, "hit", "empty", "junk", "tombstone"], 30_000);
    const outcomeOf = (id: string): string => {
      const { outcome, holdReason } = pipeline.decisions.find(({ eventId }) => eventId === id) ?? {};
      return `${String(outcome)} ${holdReason ?? ""}`.trim();
    };
    expect(["hit", "empty", "junk", "tombstone"].map(outcomeOf)).toEqual([
      "HIT",
      "HOLD FIELD_MISSING",
      "HOLD RECORD_UNDECODABLE",
      "HOLD RECORD_UNDECODABLE",
    ]);
    expect(new Set(innocent.map(outcomeOf))).toEqual(new Set(["CLEAR"]));
    await expect.poll(() => pipeline.alerts.map(({ eventId }) => eventId)).toEqual(["hit"]);
    expect(pipeline.alerts[0]?.matches[0]).toMatchObject({
      designationId: "uk:GIM0001",
      field: { path: "parties[1].name", text: "GORAN ASSAD JALAL" },
    });
    await expect
      .poll(() => new Set(pipeline.deadLetters.map(({ key, code }) => `${String(key)} ${String(code)}`)))
      .toEqual(new Set(["junk RECORD_UNDECODABLE", "tombstone RECORD_UNDECODABLE"]));
  });

  test("a stop in mid-stream ends with 0, and the next screener goes on where it stopped: nothing is repeated", async () => {
    const listSync = pipeline.start("list-sync");
    await listSync.logged("index published");
    const first = pipeline.start("screener");
    await first.logged("partitions assigned");
    await pipeline.watch();
    const events = ids(8000, "stop");
    const sending = pipeline.send(events.map((id) => pipeline.paymentRecord(id)));
    await expect.poll(() => pipeline.decisions.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0);
    expect(await first.stop()).toBe(0);
    await sending;
    pipeline.start("screener");
    await everyEventIsDecided(events, 30_000);
    expect(pipeline.decisions).toHaveLength(8000);
    expect(await listSync.stop()).toBe(0);
  });

  test("kill -9 in mid-stream, again and again: every event is decided, and repeats differ in nothing but time", async () => {
    const listSync = pipeline.start("list-sync");
    await listSync.logged("index published");
    let screener = pipeline.start("screener");
    await screener.logged("partitions assigned");
    await pipeline.watch();
    const events: string[] = [];
    for (let round = 0; round < 3; round++) {
      const wave = ids(6000, `kill-${String(round)}`);
      events.push(...wave);
      const sending = pipeline.send(
        wave.map((id, at) => pipeline.paymentRecord(id, at % 50 === 0 ? ["Goran Assad Jalal"] : undefined)),
      );
      const before = pipeline.decisions.length;
      await expect.poll(() => pipeline.decisions.length, { timeout: 30_000, interval: 2 }).toBeGreaterThan(before);
      await screener.kill();
      await sending;
      screener = pipeline.start("screener");
      await screener.logged("partitions assigned");
    }
    await everyEventIsDecided(events, 60_000);
    // The topic of alerts is read by itself, and may be behind that of decisions.
    await expect
      .poll(() => new Set(pipeline.alerts.map(({ eventId }) => eventId)).size, { timeout: 30_000 })
      .toBeGreaterThanOrEqual(3 * 120);
    const versions = Map.groupBy(pipeline.decisions, ({ eventId }) => eventId);
    for (const [eventId, all] of versions) expect(new Set(all.map(timeless)).size, `repeats of ${eventId}`).toBe(1);
    const alertIds = Map.groupBy(pipeline.alerts, ({ eventId }) => eventId);
    for (const [eventId, all] of alertIds)
      expect(new Set(all.map(({ alertId }) => alertId)).size, `alerts of ${eventId}`).toBe(1);
    expect(alertIds.size).toBe(3 * 120);
  }, 180_000);

  test("a list that is replaced while events flow reaches the screener without a restart or a lost event", async () => {
    pipeline.replaceList(gimWithout0001);
    await startBoth();
    const events: string[] = [];
    const names = ["Goran Assad Jalal", "Oliver Baker"];
    const hit = (): boolean => pipeline.decisions.some(({ outcome }) => outcome === "HIT");
    let replaced = false;
    for (let wave = 0; wave < 300 && !hit(); wave++) {
      const some = ids(20, `flow-${String(wave)}`);
      events.push(...some);
      await pipeline.send(some.map((id) => pipeline.paymentRecord(id, names)));
      if (wave > 5 && !replaced && pipeline.decisions.length > 0) pipeline.replaceList(gim);
      replaced ||= wave > 5 && pipeline.decisions.length > 0;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await everyEventIsDecided(events, 30_000);
    expect(pipeline.decisions).toHaveLength(events.length);
    const seen = new Set(pipeline.decisions.map(({ outcome, index }) => `${outcome} ${String(index.generation)}`));
    expect(seen).toEqual(new Set(["CLEAR 1", "HIT 2"]));
  });
});
