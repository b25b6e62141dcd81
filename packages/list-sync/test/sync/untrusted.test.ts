import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { fromHttp, type HttpSource, ok, startHttpSource, status } from "../../src/testing/http-source.ts";
import { textList } from "../../src/testing/text-list.ts";
import { createSyncBench, type SyncBench } from "../support/bench.ts";

let uk: HttpSource;
beforeAll(async () => {
  uk = await startHttpSource();
});
afterAll(() => uk.close());
beforeEach(() => {
  uk.answer(ok(textList("GIM0001 Goran Jalal", "GIM0002 Alen Basil"), { etag: '"uk1"' }));
});

/** The index of one process, and then somebody else's in its place, under the next generation. */
async function forged(): Promise<SyncBench> {
  const bench = createSyncBench({ lists: [fromHttp("uk", uk)] });
  await bench.run();
  const { backend } = bench;
  const live = backend.manifest!;
  backend.manifest = { ...live, generation: live.generation + 1 };
  backend.snapshots.set(live.generation + 1, new TextEncoder().encode("forged"));
  backend.distrusted.add(live.generation + 1);
  return bench;
}

describe("an index that list-sync does not trust", () => {
  test("is published over by the process that knows better, once, under a later generation", async () => {
    const { sync, backend, told } = await forged();
    expect(await sync.refresh()).toBe(true);
    expect(await sync.refresh()).toBe(true);
    expect(told.of("indexDistrusted")).toHaveLength(1);
    expect(await sync.publish()).toBe(true);
    expect(backend.manifest?.generation).toBe(3);
    expect(await sync.refresh()).toBe(false);
  });

  test("is published over by a process that starts, of what the sources say", async () => {
    const { backend } = await forged();
    const next = createSyncBench({ lists: [fromHttp("uk", uk)], backend });
    expect(await next.run()).toBe(true);
    expect(await next.liveNames()).toEqual(["Goran Jalal", "Alen Basil"]);
    expect(backend.manifest?.generation).toBe(3);
  });

  test("gives no list its last good version: without the source nothing is published", async () => {
    const { backend } = await forged();
    uk.answer(status(500));
    const next = createSyncBench({ lists: [fromHttp("uk", uk)], backend });
    expect(await next.run()).toBe(false);
    expect(next.sync.known().lists.size).toBe(0);
    expect(backend.manifest?.generation).toBe(2);
  });
});
