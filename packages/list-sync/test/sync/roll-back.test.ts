import { CordonError } from "@cordon/errors";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { decodeOutbox } from "../../src/sync/outbox.ts";
import { rollBack } from "../../src/sync/roll-back.ts";
import { fakeEngine } from "../../src/testing/fake-engine.ts";
import { fromHttp, type HttpSource, ok, startHttpSource } from "../../src/testing/http-source.ts";
import { textList } from "../../src/testing/text-list.ts";
import { createSyncBench, type SyncBench } from "../support/bench.ts";

let uk: HttpSource;
let bench: SyncBench;

beforeAll(async () => {
  uk = await startHttpSource();
});
afterAll(() => uk.close());

const first = textList("GIM0001 Goran Jalal", "GIM0002 Alen Basil");
const second = textList("GIM0001 Goran Jalal", "GIM0003 Marko Petrovic");

/** Two versions, the second of them live; the first was checked at 1,000,000. */
beforeEach(async () => {
  bench = createSyncBench({ lists: [fromHttp("uk", uk)] });
  uk.answer(ok(first));
  await bench.run();
  bench.clock.now = 2_000_000;
  uk.answer(ok(second));
  await bench.run();
});

async function back(wanted = "1"): Promise<unknown> {
  const { store, told, clock } = bench;
  const deps = { store, engine: fakeEngine, telemetry: told.telemetry, clock: () => clock.now };
  return await rollBack(wanted, deps);
}

describe("rolling back", () => {
  test("serves the old designations under a new generation, as old as they were", async () => {
    expect(await back()).toMatchObject({ generation: 3, rolledBack: { to: 1, from: 2 } });
    expect(await bench.liveNames()).toEqual(["Goran Jalal", "Alen Basil"]);
    expect(await bench.store.listStates()).toMatchObject([{ list: "uk", checkedAt: 1_000_000 }]);
  });

  test("owes the announcement of each difference", async () => {
    await back();
    const outbox = decodeOutbox((await bench.store.pendingOutboxes()).at(-1)?.outbox ?? new Uint8Array());
    expect(outbox.changes.map(({ designationId, change }) => [designationId, change])).toEqual([
      ["uk:GIM0002", "ADDED"],
      ["uk:GIM0003", "REMOVED"],
    ]);
    expect(outbox.indexVersion).toBe((await bench.store.current())?.version);
  });

  test.each([
    { wanted: "77", says: "there are 2 (" },
    { wanted: "2", says: "live one already" },
  ])("to version $wanted is refused, and says why", async ({ wanted, says }) => {
    await expect(back(wanted)).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      message: expect.stringContaining(says),
    });
    expect((await bench.store.current())?.generation).toBe(2);
  });

  test("where nothing was published is refused", async () => {
    bench = createSyncBench({ lists: [fromHttp("uk", uk)] });
    await expect(back()).rejects.toMatchObject({ code: "INDEX_ABSENT" });
  });

  test("to a version that cannot be used leaves the live one alone", async () => {
    bench.backend.snapshots.set(1, Buffer.from("damaged"));
    await expect(back()).rejects.toMatchObject({ code: "INDEX_CORRUPT" });
    expect((await bench.store.current())?.generation).toBe(2);
  });

  test("helps where the live index itself is damaged", async () => {
    bench.backend.snapshots.set(2, Buffer.from("damaged"));
    expect(await back()).toMatchObject({ generation: 3 });
  });

  test("an error nobody foresaw goes on", async () => {
    bench.store.load = () => Promise.reject(new CordonError("REDIS_UNAVAILABLE", "away"));
    await expect(back()).rejects.toMatchObject({ code: "REDIS_UNAVAILABLE" });
  });
});

describe("after a rollback", () => {
  beforeEach(async () => {
    await back();
    bench.clock.now = 3_000_000;
  });

  test("a sync that reads something else leaves the index, and its age, alone, and says so", async () => {
    expect(await bench.run()).toBe(false);
    expect((await bench.store.current())?.generation).toBe(3);
    expect(await bench.store.listStates()).toMatchObject([{ checkedAt: 1_000_000 }]);
    expect(bench.told.of("publishPinned")).toMatchObject([{ manifest: { generation: 3 } }]);
  });

  test("so does the sync of a process that starts only then", async () => {
    const next = createSyncBench({ lists: [fromHttp("uk", uk)], backend: bench.backend });
    expect(await next.run({ conditional: false })).toBe(false);
    expect(await next.liveNames()).toContain("Alen Basil");
  });

  test("a sync that reads what was rolled back to confirms it", async () => {
    uk.answer(ok(first));
    expect(await bench.run()).toBe(true);
    expect((await bench.store.current())?.generation).toBe(3);
    expect(await bench.store.listStates()).toMatchObject([{ checkedAt: 3_000_000 }]);
  });

  test("a sync that releases it publishes what it reads, and the next ones go on as ever", async () => {
    await bench.sync.look(new Set(["uk"]), { conditional: false });
    expect(await bench.sync.publish({ release: true })).toBe(true);
    expect(await bench.liveNames()).toEqual(["Goran Jalal", "Marko Petrovic"]);
    expect((await bench.store.current())?.rolledBack).toBeUndefined();
    uk.answer(ok(textList("GIM0001 Goran Jalal", "GIM0003 Marko Petrovic", "GIM0004 Nikola Vein")));
    expect(await bench.run()).toBe(true);
    expect((await bench.store.current())?.generation).toBe(5);
  });

  test("a release frees the index also where the sources say what it has", async () => {
    uk.answer(ok(first));
    await bench.run();
    expect(await bench.sync.publish({ release: true })).toBe(true);
    expect(await bench.store.current()).toMatchObject({ generation: 4 });
    expect((await bench.store.current())?.rolledBack).toBeUndefined();
  });

  test("a refresh takes over what was made live by somebody else", async () => {
    await bench.sync.refresh();
    expect(bench.sync.known().live).toMatchObject({ generation: 3, rolledBack: { to: 1 } });
  });
});
