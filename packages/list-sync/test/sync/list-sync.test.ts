import { CordonError } from "@cordon/errors";
import { listSources } from "@cordon/lists";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { EnabledList } from "../../src/sync/look-at-list.ts";
import { decodeOutbox } from "../../src/sync/outbox.ts";
import { fakeEngine } from "../../src/testing/fake-engine.ts";
import { fromHttp, type HttpSource, ok, startHttpSource, status, truncated } from "../../src/testing/http-source.ts";
import { parseTextList, textList } from "../../src/testing/text-list.ts";
import { createSyncBench } from "../support/bench.ts";

let uk: HttpSource;
let un: HttpSource;

beforeAll(async () => {
  uk = await startHttpSource();
  un = await startHttpSource();
});
afterAll(async () => {
  await uk.close();
  await un.close();
});

const four = textList("GIM0001 Goran Jalal", "GIM0002 Alen Basil", "GIM0003 Marko Petrovic", "GIM0004 Nikola Vein");

beforeEach(() => {
  uk.answer(ok(four, { etag: '"uk1"' }));
  un.answer(ok(textList("QDi.001 Somebody Else"), { etag: '"un1"' }));
});

const both = (): Parameters<typeof createSyncBench>[0] => ({ lists: [fromHttp("uk", uk), fromHttp("un", un)] });

/** A hundred persons of the firm's own list, so many of them with a birth date. */
const persons = (dated: number): string =>
  [
    "id,type,name,birth_dates",
    ...Array.from({ length: 100 }, (_, at) => `P${String(at)},person,Person ${String(at)},${at < dated ? "1980" : ""}`),
    "",
  ].join("\n");
const puzzling = (times: number): EnabledList => ({
  ...fromHttp("un", un),
  parse: async (chunks) => ({ ...(await parseTextList("un")(chunks)), unknown: { "birth date": times } }),
});

describe("a first sync", () => {
  test("publishes every list, with states, and owes an announcement for each designation", async () => {
    const bench = createSyncBench(both());
    expect(await bench.run()).toBe(true);
    expect(await bench.liveNames()).toHaveLength(5);
    expect(await bench.store.listStates()).toMatchObject([
      { list: "uk", entries: 4, checkedAt: 1_000_000, etag: '"uk1"', publishedAt: "1970-01-01", source: uk.url.href },
      { list: "un", entries: 1, checkedAt: 1_000_000, etag: '"un1"' },
    ]);
    const [pending] = await bench.store.pendingOutboxes();
    const outbox = decodeOutbox(pending?.outbox ?? new Uint8Array());
    expect(outbox.indexVersion).toBe((await bench.store.current())?.version);
    expect(outbox.changes).toHaveLength(5);
    expect(outbox.changes[0]).toEqual({
      designationId: "uk:GIM0001",
      list: "uk",
      change: "ADDED",
      primaryName: "Goran Jalal",
      regime: "Test regime",
      changedFields: [],
      designationHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  test("publishes nothing while one list was never read: its people would pass as clear", async () => {
    un.answer(status(404));
    const bench = createSyncBench(both());
    expect(await bench.run()).toBe(false);
    expect(await bench.store.current()).toBeNull();
    expect(await bench.store.listStates()).toEqual([]);
    expect(bench.told.of("publishWithheld")).toEqual([{ missing: ["un"] }]);
    un.answer(ok(textList("QDi.001 Somebody Else")));
    expect(await bench.run()).toBe(true);
  });
});

describe("a sync without a change", () => {
  test("asks conditionally, publishes nothing, and makes the lists fresh", async () => {
    const bench = createSyncBench(both());
    await bench.run();
    uk.answer(status(304));
    un.answer(status(304));
    bench.clock.now += 5000;
    expect(await bench.run()).toBe(true);
    expect(uk.requests.at(-1)?.["if-none-match"]).toBe('"uk1"');
    expect((await bench.store.current())?.generation).toBe(1);
    expect((await bench.store.listStates()).map(({ checkedAt }) => checkedAt)).toEqual([1_005_000, 1_005_000]);
    expect(bench.told.of("listUnchanged").map(({ list, entries }) => [list, entries])).toEqual([
      ["uk", 4],
      ["un", 1],
    ]);
    expect(bench.told.of("indexCompiled")).toHaveLength(1);
  });

  test("publishes nothing when the same designations come in another order", async () => {
    const bench = createSyncBench(both());
    await bench.run();
    const lines = ["GIM0004 Nikola Vein", "GIM0003 Marko Petrovic", "GIM0002 Alen Basil", "GIM0001 Goran Jalal"];
    uk.answer(ok(textList(...lines), { etag: '"uk2"' }));
    await bench.run();
    expect((await bench.store.current())?.generation).toBe(1);
    expect((await bench.store.listStates())[0]?.etag).toBe('"uk2"');
  });

  test("of a process that just started still reads everything, because its parser may see more", async () => {
    const first = createSyncBench(both());
    await first.run();
    const second = createSyncBench({ ...both(), backend: first.backend });
    await second.run({ conditional: false });
    expect(uk.requests.at(-1)?.["if-none-match"]).toBeUndefined();
    expect((await second.store.current())?.generation).toBe(1);
  });

  test("does not send the validators of another address", async () => {
    const first = createSyncBench(both());
    await first.run();
    const second = createSyncBench({ lists: [fromHttp("uk", un), fromHttp("un", un)], backend: first.backend });
    await second.run();
    expect(un.requests.slice(-2).map((headers) => headers["if-none-match"])).toEqual(
      expect.arrayContaining([undefined, '"un1"']),
    );
  });
});

describe("a list that is no good", () => {
  test.each([
    { what: "empty", answer: ok(textList()), code: "LIST_EMPTY" },
    { what: "shrunken", answer: ok(textList("GIM0001 Goran Jalal")), code: "LIST_SHRUNK" },
    { what: "malformed", answer: ok("<html>not a list</html>"), code: "LIST_MALFORMED" },
    { what: "cut short", answer: truncated("GIM0001 Goran"), code: "LIST_UNREACHABLE" },
    { what: "not there", answer: status(404), code: "LIST_UNREACHABLE" },
    { what: "too large", answer: ok("x".repeat(100_001)), code: "LIST_TOO_LARGE" },
  ])("($what) keeps the last good one, is no younger for it, and is counted as $code", async ({ answer, code }) => {
    const bench = createSyncBench(both());
    await bench.run();
    uk.answer(answer);
    un.answer(ok(textList("QDi.001 Somebody Else", "QDi.002 Another One")));
    bench.clock.now += 5000;
    expect(await bench.run()).toBe(true);
    expect(await bench.liveNames()).toHaveLength(6);
    expect(bench.told.of("listFailed")).toMatchObject([{ list: "uk", code, kept: 4 }]);
    expect((await bench.store.listStates()).map(({ list, checkedAt }) => [list, checkedAt])).toEqual([
      ["uk", 1_000_000],
      ["un", 1_005_000],
    ]);
  });

  describe("by a guard with a limit of its own", () => {
    test.each([
      { dated: 41, limit: {}, code: "LIST_INCOMPLETE" },
      { dated: 42, limit: {}, code: null },
      { dated: 41, limit: { maxDriftPercent: 60 }, code: null },
      { dated: 83, limit: { maxDriftPercent: 0 }, code: "LIST_INCOMPLETE" },
    ])("of fill rates: 84 to $dated birth dates at $limit leads to $code", async ({ dated, limit, code }) => {
      const own = { ...fromHttp("own", uk), parse: listSources.own.parse };
      const bench = createSyncBench({ lists: [own], guardLimits: limit });
      uk.answer(ok(persons(84)), ok(persons(dated)));
      await bench.run();
      await bench.run();
      expect(bench.told.of("listFailed").map((failed) => failed.code)).toEqual(code === null ? [] : [code]);
    });

    test.each([
      { times: 26, limit: {}, code: "LIST_MALFORMED" },
      { times: 25, limit: {}, code: null },
      { times: 26, limit: { maxUnknownPercent: 30 }, code: null },
      { times: 20, limit: { maxUnknownPercent: 0 }, code: "LIST_MALFORMED" },
    ])("of what is not understood: $times of 100 at $limit leads to $code", async ({ times, limit, code }) => {
      const bench = createSyncBench({ lists: [puzzling(times)], guardLimits: limit });
      un.answer(ok(textList(...Array.from({ length: 100 }, (_, at) => `QDi.${String(at)} Somebody Else`))));
      await bench.run();
      expect(bench.told.of("listFailed").map((failed) => failed.code)).toEqual(code === null ? [] : [code]);
    });
  });

  test("keeps the last good one over a restart: it is restored from the published index", async () => {
    const first = createSyncBench(both());
    await first.run();
    uk.answer(status(500));
    un.answer(ok(textList("QDi.009 Somebody New")));
    const second = createSyncBench({ ...both(), backend: first.backend });
    expect(await second.run({ conditional: false })).toBe(true);
    expect(await second.liveNames()).toEqual(
      expect.arrayContaining(["Goran Jalal", "Alen Basil", "Marko Petrovic", "Nikola Vein", "Somebody New"]),
    );
    expect(second.told.of("listsRestored")).toHaveLength(1);
  });

  test("a parser that fails in a way nobody foresaw is not taken for a bad list", async () => {
    const lists = [{ ...fromHttp("uk", uk), parse: () => Promise.reject(new TypeError("a bug")) }];
    await expect(createSyncBench({ lists }).run()).rejects.toThrow("a bug");
  });

  test("an index that does not find who is in it is not published", async () => {
    const engine = {
      ...fakeEngine,
      compile: () => Promise.reject(new CordonError("SNAPSHOT_INVALID", "nobody is found")),
    };
    const bench = createSyncBench({ ...both(), engine });
    await expect(bench.run()).rejects.toMatchObject({ code: "SNAPSHOT_INVALID" });
    expect(await bench.store.current()).toBeNull();
    expect(bench.told.of("publishFailed")).toHaveLength(1);
  });
});

describe("other publishers", () => {
  test("one that was faster is caught up with, and what both know is published", async () => {
    const ours = createSyncBench(both());
    await ours.run();
    const theirs = createSyncBench({ ...both(), backend: ours.backend, clock: { now: 2_000_000 } });
    await ours.sync.look(new Set(["uk", "un"]), { conditional: true });

    un.answer(ok(textList("QDi.001 Somebody Else", "QDi.002 Their News")));
    await theirs.run({ conditional: false });
    uk.answer(ok(textList(...four.split("\n").slice(0, 4), "GIM0005 Our News")));
    ours.clock.now = 3_000_000;
    await ours.sync.look(new Set(["uk"]), { conditional: false });
    expect(await ours.sync.publish()).toBe(true);
    expect(await ours.liveNames()).toEqual(expect.arrayContaining(["Their News", "Our News"]));
    expect((await ours.store.current())?.generation).toBe(3);
  });

  test("one that publishes between our look at the live index and our publication is noticed by the fence", async () => {
    const ours = createSyncBench(both());
    await ours.run();
    const theirs = createSyncBench({ ...both(), backend: ours.backend, clock: { now: 2_000_000 } });
    un.answer(ok(textList("QDi.001 Somebody Else", "QDi.002 Their News")));

    const racing = createSyncBench({ ...both(), backend: ours.backend, clock: { now: 3_000_000 } });
    const publish = racing.store.publish.bind(racing.store);
    let intruded = false;
    racing.store.publish = async (request) => {
      if (!intruded) await theirs.run({ conditional: false });
      intruded = true;
      return publish(request);
    };
    uk.answer(ok(textList(...four.split("\n").slice(0, 4), "GIM0005 Our News")));
    await racing.sync.look(new Set(["uk"]), { conditional: false });
    expect(await racing.sync.publish()).toBe(true);
    expect(racing.told.of("publishSuperseded")).toEqual([{ expectedGeneration: 1 }]);
    expect(await racing.liveNames()).toEqual(expect.arrayContaining(["Their News", "Our News"]));
  });
});

describe("the store", () => {
  test("that is away is reported as such, and the sync can be made again", async () => {
    const bench = createSyncBench(both());
    await bench.sync.look(new Set(["uk", "un"]), { conditional: true });
    bench.backend.away = true;
    await expect(bench.sync.publish()).rejects.toMatchObject({ code: "REDIS_UNAVAILABLE" });
    bench.backend.away = false;
    expect(await bench.sync.publish()).toBe(true);
  });

  test("that was emptied is filled again from memory, though no source is to be had", async () => {
    const bench = createSyncBench(both());
    await bench.run();
    bench.backend.manifest = null;
    bench.backend.states.clear();
    uk.answer(status(500));
    un.answer(status(500));
    expect(await bench.run()).toBe(true);
    expect(await bench.liveNames()).toHaveLength(5);
  });

  test("whose index cannot be read restores nobody, so every list must be read before anything is published", async () => {
    const first = createSyncBench(both());
    await first.run();
    first.backend.snapshots.set(1, Buffer.from("damaged"));
    un.answer(status(500));
    const second = createSyncBench({ ...both(), backend: first.backend });
    expect(await second.run()).toBe(false);
    expect(second.told.of("snapshotUnreadable")).toHaveLength(1);
    expect((await second.store.current())?.generation).toBe(1);
    un.answer(ok(textList("QDi.001 Somebody New")));
    expect(await second.run()).toBe(true);
    expect((await second.store.current())?.generation).toBe(2);
  });
});
