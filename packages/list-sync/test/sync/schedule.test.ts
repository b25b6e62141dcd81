import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CordonError } from "@cordon/errors";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { EnabledList } from "../../src/sync/look-at-list.ts";
import { createSchedule, type ScheduleDeps } from "../../src/sync/schedule.ts";
import { fromHttp, type HttpSource, ok, startHttpSource, status } from "../../src/testing/http-source.ts";
import { parseTextList, textList } from "../../src/testing/text-list.ts";
import { createSyncBench, type SyncBench } from "../support/bench.ts";

let un: HttpSource;
let folder: string;
let path: string;
let controller: AbortController;
let running: Promise<void> = Promise.resolve();

beforeAll(async () => {
  un = await startHttpSource();
});
afterAll(() => un.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cordon-schedule-"));
  path = join(folder, "list.csv");
  writeFileSync(path, textList("GIM0001 Goran Jalal"));
  un.answer(ok(textList("QDi.001 Somebody Else"), { etag: '"un1"' }));
  controller = new AbortController();
});
afterEach(async () => {
  controller.abort(new Error("the test is over"));
  await running;
  rmSync(folder, { recursive: true, force: true });
});

function both(): readonly EnabledList[] {
  return [{ list: "uk", location: { kind: "file", path }, parse: parseTextList("uk") }, fromHttp("un", un)];
}

function deps(bench: SyncBench, lists: readonly EnabledList[], more: Partial<ScheduleDeps> = {}): ScheduleDeps {
  return {
    sync: bench.sync,
    lists,
    announce: () => Promise.resolve(true),
    clock: () => bench.clock.now,
    intervalMs: 3_600_000,
    filePollMs: 20,
    failedRetryMs: 1000,
    firstConditional: false,
    patience: { signal: controller.signal, onWait: () => {}, firstMs: 1, mostMs: 5 },
    ...more,
  };
}

function start(bench: SyncBench, lists: readonly EnabledList[], more?: Partial<ScheduleDeps>): void {
  running = createSchedule(deps(bench, lists, more)).run();
}

describe("a schedule", () => {
  test("looks at everything at once, and again when the interval has passed, then conditionally", async () => {
    const bench = createSyncBench({ lists: both() });
    const before = un.requests.length;
    start(bench, both());
    await expect.poll(() => bench.told.of("indexPublished").length).toBe(1);
    expect(un.requests.at(-1)?.["if-none-match"]).toBeUndefined();
    un.answer(status(304));
    bench.clock.now += 3_600_000;
    await expect.poll(() => un.requests.length).toBe(before + 2);
    expect(un.requests.at(-1)?.["if-none-match"]).toBe('"un1"');
    await expect.poll(() => bench.told.of("indexConfirmed").length).toBe(1);
  });

  test("leaves a store whose manifest is none of ours as it is, says so, and tries again after a while", async () => {
    const lists = [fromHttp("un", un)];
    const bench = createSyncBench({ lists });
    let looks = 0;
    const sync = {
      ...bench.sync,
      look: () => {
        looks++;
        return Promise.reject(new CordonError("INDEX_CORRUPT", "the manifest is not what Cordon writes there"));
      },
    };
    start(bench, lists, { sync });
    await expect.poll(() => looks).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(looks).toBe(1);
    bench.clock.now += 1000;
    await expect.poll(() => looks).toBe(2);
  });

  test("reads a file again as soon as it is another one, and leaves the other lists alone", async () => {
    const bench = createSyncBench({ lists: both() });
    start(bench, both());
    await expect.poll(() => bench.told.of("indexPublished").length).toBe(1);
    const requests = un.requests.length;
    writeFileSync(`${path}.new`, textList("GIM0001 Goran Jalal", "GIM0002 Alen Basil"));
    renameSync(`${path}.new`, path);
    await expect.poll(() => bench.told.of("indexPublished").length, { timeout: 5000 }).toBe(2);
    expect(await bench.liveNames()).toContain("Alen Basil");
    expect(un.requests.length).toBe(requests);
  });

  test("does not read a bad file again and again: it waits until it is another one", async () => {
    const bench = createSyncBench({ lists: both() });
    start(bench, both());
    await expect.poll(() => bench.told.of("indexPublished").length).toBe(1);
    writeFileSync(path, "not a list");
    await expect.poll(() => bench.told.of("listFailed").length, { timeout: 5000 }).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(bench.told.of("listFailed")).toHaveLength(1);
    writeFileSync(path, textList("GIM0001 Goran Jalal", "GIM0002 Alen Basil"));
    await expect.poll(() => bench.told.of("indexPublished").length, { timeout: 5000 }).toBe(2);
  });

  test("looks at a failed list sooner than at a good one, and less and less often", async () => {
    un.answer(status(404));
    const bench = createSyncBench({ lists: both() });
    start(bench, both());
    const failures = (): number => bench.told.of("listFailed").length;
    await expect.poll(failures).toBe(1);
    bench.clock.now += 1000;
    await expect.poll(failures).toBe(2);
    bench.clock.now += 1000;
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(failures()).toBe(2);
    bench.clock.now += 1000;
    un.answer(ok(textList("QDi.001 Somebody Else")));
    await expect.poll(() => bench.told.of("indexPublished").length).toBe(1);
  });

  test("waits for a store that is away, says so, and then publishes what it read", async () => {
    const bench = createSyncBench({ lists: both() });
    bench.backend.away = true;
    let waits = 0;
    const patience = { signal: controller.signal, onWait: () => void waits++, firstMs: 1, mostMs: 5 };
    start(bench, both(), { patience });
    await expect.poll(() => waits).toBeGreaterThan(2);
    bench.backend.away = false;
    await expect.poll(() => bench.told.of("indexPublished").length).toBe(1);
  });

  test("tries again to announce what is still owed", async () => {
    const bench = createSyncBench({ lists: both() });
    let attempts = 0;
    start(bench, both(), { announce: () => Promise.resolve(++attempts > 2) });
    await expect.poll(() => attempts).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(attempts).toBe(3);
  });

  test("one round tells whether every list was good, and whether all is live and announced", async () => {
    const lists = both();
    const good = createSchedule(deps(createSyncBench({ lists }), lists));
    expect(await good.round(new Set(["uk", "un"]))).toEqual({ allGood: true, published: true, announced: true });
    un.answer(status(404));
    const bad = createSchedule(deps(createSyncBench({ lists }), lists, { announce: () => Promise.resolve(false) }));
    expect(await bad.round(new Set(["uk", "un"]))).toEqual({ allGood: false, published: false, announced: false });
  });

  test("ends while it waits for the store, when it is told to", async () => {
    const bench = createSyncBench({ lists: both() });
    bench.backend.away = true;
    const schedule = createSchedule(deps(bench, both()));
    const ended = schedule.run().catch((error: unknown) => error);
    controller.abort(new Error("stop"));
    expect(await ended).toMatchObject({ message: "stop" });
  });
});
