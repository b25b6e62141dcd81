import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { type OutRecord } from "@cordon/kafka";
import { encodePayment, paymentSchema, samplePayment } from "@cordon/screening/testing";
import { createSchemaRegistry } from "@cordon/service";
import { afterEach, beforeEach, describe, expect, inject, onTestFinished, test } from "vitest";

import { startHidingRegistry } from "./support/hiding-registry.ts";
import { createRealPipeline, type RealPipeline } from "./support/real-pipeline.ts";

/*
 * Stands beside the screener, for it needs one to hold what the command frees.
 */

const gim = readFileSync(new URL("../../../data/gim/uk-gim.csv", import.meta.url), "utf8");
const commandLine = fileURLToPath(new URL("../../../packages/cli/src/main.ts", import.meta.url));
const listed = ["Oliver Baker", "GORAN ASSAD JALAL"];

let pipeline: RealPipeline;

beforeEach(async () => {
  pipeline = await createRealPipeline(inject("stack"), gim);
});
afterEach(() => pipeline.close());

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `cordon rescreen …`, as a process of its own with the environment of the services. */
function rescreen(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [commandLine, "rescreen", ...args],
      {
        env: {
          PATH: process.env["PATH"],
          NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
          ...pipeline.env,
          ...env,
        },
      },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

/** What was decided of an event, one word after the other. */
function outcomesOf(id: string): string {
  return pipeline.decisions
    .filter(({ eventId }) => eventId === id)
    .map(({ outcome, holdReason }) => `${outcome}${holdReason === null ? "" : ` ${holdReason}`}`)
    .join(", ");
}

async function eventually(id: string, outcomes: string): Promise<void> {
  await expect.poll(() => outcomesOf(id), { timeout: 20_000 }).toBe(outcomes);
}

describe("cordon rescreen on real services", () => {
  test("frees what a stale index held: CLEAR and HIT replace the HOLD, the hit is alerted, and a second run does nothing", async () => {
    const listSync = pipeline.start("list-sync");
    await listSync.logged("index published");
    await listSync.stop();
    const stale = { INDEX_MAX_AGE_HOURS: "0.0001" };
    const screener = pipeline.start("screener", stale);
    await screener.logged("partitions assigned");
    await pipeline.watch();
    const innocent = Array.from({ length: 300 }, (_, at) => `innocent-${String(at)}`);
    await pipeline.send([
      ...innocent.map((id) => pipeline.paymentRecord(id)),
      pipeline.paymentRecord("late", undefined, { decideBy: 1 }),
      pipeline.paymentRecord("empty", ["Oliver Baker", ""]),
      pipeline.paymentRecord("listed", listed),
    ]);
    for (const id of innocent) await eventually(id, "HOLD INDEX_STALE");
    await eventually("late", "HOLD INDEX_STALE");
    await eventually("empty", "HOLD FIELD_MISSING");
    await eventually("listed", "HIT");

    const refused = await rescreen(["--held"], stale);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain("INDEX_MAX_AGE_HOURS");

    const tried = await rescreen(["--held", "--dry-run", "--json"]);
    expect(JSON.parse(tried.stdout)).toMatchObject({
      found: 302,
      clear: 301,
      held: { FIELD_MISSING: 1 },
      written: 301,
    });
    const freed = await rescreen(["--held", "--reason", "INDEX_STALE", "--json"]);
    expect([freed.code, freed.stderr]).toEqual([0, ""]);
    expect(JSON.parse(freed.stdout)).toMatchObject({ found: 301, clear: 301, hit: 0, written: 301 });
    for (const id of [...innocent, "late"]) await eventually(id, "HOLD INDEX_STALE, CLEAR");

    const before = pipeline.decisions.length;
    const again = await rescreen(["--held", "--json"]);
    expect(JSON.parse(again.stdout)).toMatchObject({
      found: 1,
      decidedBefore: 301,
      held: { FIELD_MISSING: 1 },
      written: 0,
    });
    expect(again.code).toBe(1);
    expect(pipeline.decisions).toHaveLength(before);
    expect(pipeline.alerts.map(({ eventId }) => eventId)).toEqual(["listed"]);
    expect(await screener.stop()).toBe(0);
  }, 120_000);

  test("decides what could not be read until its schema was registered, with a key or without", async () => {
    const listSync = pipeline.start("list-sync");
    await listSync.logged("index published");
    const hiding = await startHidingRegistry(inject("stack").registryUrl);
    onTestFinished(() => hiding.close());
    const env = { SCHEMA_REGISTRY_URL: hiding.url };
    await pipeline.start("screener", env).logged("partitions assigned");
    await pipeline.watch();
    const schema = JSON.parse(paymentSchema) as { fields: unknown[] };
    schema.fields.push({ name: "extra", type: ["null", "long"], default: null });
    const registry = createSchemaRegistry({ url: inject("stack").registryUrl });
    const id = await registry.register(`${pipeline.topic("payments")}-value`, JSON.stringify(schema));
    hiding.hide(id);
    const evolved = (eventId: string, names?: readonly string[]): Buffer =>
      Buffer.concat([encodePayment(samplePayment(eventId, names), id), Buffer.from([0])]);
    const record = (key: string | null, value: Buffer): OutRecord => ({
      topic: pipeline.topic("payments"),
      key: key === null ? null : Buffer.from(key),
      value,
    });
    await pipeline.send([
      record("clear", evolved("clear")),
      record("hit", evolved("hit", listed)),
      record(null, evolved("keyless", listed)),
      record("junk", Buffer.from("junk")),
    ]);
    await expect.poll(() => pipeline.deadLetters.length, { timeout: 20_000 }).toBe(4);
    for (const each of ["clear", "hit", "junk"]) await eventually(each, "HOLD RECORD_UNDECODABLE");

    hiding.show();
    const freed = await rescreen(["--dead-letters", "--json"]);
    expect(JSON.parse(freed.stdout)).toMatchObject({ found: 4, clear: 1, hit: 2, undecodable: 1, written: 3 });
    expect(freed.code).toBe(1);
    await eventually("clear", "HOLD RECORD_UNDECODABLE, CLEAR");
    await eventually("hit", "HOLD RECORD_UNDECODABLE, HIT");
    await eventually("keyless", "HIT");
    await expect
      .poll(() => pipeline.alerts.map(({ eventId }) => eventId).toSorted(), { timeout: 20_000 })
      .toEqual(["hit", "keyless"]);

    const again = await rescreen(["--dead-letters", "--json"]);
    expect(JSON.parse(again.stdout)).toMatchObject({ found: 1, decidedBefore: 3, undecodable: 1, written: 0 });
    expect(outcomesOf("junk")).toBe("HOLD RECORD_UNDECODABLE");
    expect(pipeline.deadLetters).toHaveLength(4);
  }, 120_000);
});
