import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";

import { createRealPipeline, type RealPipeline } from "./support/real-pipeline.ts";

/*
 * Stands beside the screener, for it needs one to decide what is looked at again.
 */

const gim = readFileSync(new URL("../../../data/gim/uk-gim.csv", import.meta.url), "utf8");
const commandLine = fileURLToPath(new URL("../../../packages/cli/src/main.ts", import.meta.url));
const known = ["Oliver Baker", "GORAN ASSAD JALAL"];
const later = ["Oliver Baker", "Jahović, Almir"];
/** The list of the day before: without the entry that comes. */
const before = gim
  .split("\n")
  .filter((line) => !line.includes(",GIM0008,"))
  .join("\n");

let pipeline: RealPipeline;
let folder: string;

beforeEach(async () => {
  pipeline = await createRealPipeline(inject("stack"), before);
  folder = mkdtempSync(join(tmpdir(), "cordon-again-"));
});
afterEach(async () => {
  await pipeline.close();
  rmSync(folder, { recursive: true, force: true });
});

/** `cordon …`, as a process of its own with the environment of the services. */
function cordon(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const env = {
    PATH: process.env["PATH"],
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
    ...pipeline.env,
    CUSTOMERS_DIR: join(folder, "customers"),
    INDEX_ARCHIVE: join(folder, "archive"),
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [commandLine, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe("looking again on real services", () => {
  test("a list change is looked back from, replayed, shadowed, and compared with customers", async () => {
    const listSync = pipeline.start("list-sync", { INDEX_ARCHIVE: join(folder, "archive") });
    await listSync.logged("index published");
    const screener = pipeline.start("screener");
    await screener.logged("partitions assigned");
    await pipeline.watch();
    const innocent = Array.from({ length: 200 }, (_, at) => pipeline.paymentRecord(`innocent-${String(at)}`));
    await pipeline.send([...innocent, pipeline.paymentRecord("known", known), pipeline.paymentRecord("later", later)]);
    await expect.poll(() => pipeline.decisions.length, { timeout: 30_000 }).toBe(202);
    expect(pipeline.alerts.map(({ eventId }) => eventId)).toEqual(["known"]);

    const people = [
      { id: "c-1", name: "Almir Jahovic" },
      { id: "c-2", name: "Goran Assad Jalal" },
      { id: "c-3", name: "Amelia Whitfield" },
    ];
    const file = join(folder, "customers.ndjson");
    writeFileSync(file, people.map((one) => JSON.stringify(one)).join("\n"));
    const first = await cordon("rescreen-customers", file, "--keep", "all", "--json");
    expect(JSON.parse(first.stdout)).toMatchObject({ customers: 3, inFull: 3, found: 1 });

    pipeline.replaceList(gim);
    await listSync.logged("index published", 2);
    const tried = await cordon("look-back", "--dry-run", "--json");
    expect(JSON.parse(tried.stdout)).toMatchObject({ added: 1, events: 202, found: 1, alerts: 0 });
    const looked = await cordon("look-back", "--since", "1h", "--json");
    expect([looked.code, looked.stderr]).toEqual([0, ""]);
    expect(JSON.parse(looked.stdout)).toMatchObject({ added: 1, events: 202, found: 1, alerts: 1 });
    await expect
      .poll(() => pipeline.alerts.filter(({ origin }) => origin === "LOOK_BACK").length, { timeout: 20_000 })
      .toBe(1);
    expect(pipeline.alerts.find(({ origin }) => origin === "LOOK_BACK")).toMatchObject({
      eventId: "later",
      matches: [{ designationId: "uk:GIM0008" }],
    });
    expect((await cordon("look-back")).stdout).toMatch(/Nothing is new/);

    const changed = await cordon("rescreen-customers", "--keep", "all", "--json");
    expect(JSON.parse(changed.stdout)).toMatchObject({ customers: 3, inFull: 0, found: 1, changes: { added: 1 } });
    await expect
      .poll(() => pipeline.alerts.filter(({ origin }) => origin === "CUSTOMER").length, { timeout: 20_000 })
      .toBe(2);

    await expect.poll(() => readdirSync(join(folder, "archive")).length, { timeout: 20_000 }).toBe(2);
    for (const partition of ["0", "1", "2"]) {
      const replayed = await cordon("replay", "--event", `${pipeline.topic("payments")}/${partition}/0-1000`, "--json");
      const results = replayed.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { readonly kind: string });
      expect([replayed.code, replayed.stderr, new Set(results.map(({ kind }) => kind))]).toEqual([
        0,
        "",
        new Set(["same"]),
      ]);
    }
    const alertId = pipeline.alerts.find(({ eventId }) => eventId === "known")?.alertId ?? "";
    expect((await cordon("replay", "--alert", alertId)).stdout).toMatch(/HIT: the same, byte for byte but for times/);

    const page = join(folder, "shadow.html");
    const shadowed = await cordon("shadow", "--without-list", "uk", "--page", page, "--json");
    expect([shadowed.code, shadowed.stderr]).toEqual([0, ""]);
    expect(JSON.parse(shadowed.stdout)).toMatchObject({
      events: 202,
      alerts: { a: 2, b: 0, lost: 2 },
      trueMatches: null,
    });
    expect(existsSync(page)).toBe(true);
    expect(await screener.stop()).toBe(0);
  }, 240_000);
});
