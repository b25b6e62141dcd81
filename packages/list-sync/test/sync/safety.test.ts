import { CordonError } from "@cordon/errors";
import { publisherOf } from "@cordon/index-store";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { decodeOutbox } from "../../src/sync/outbox.ts";
import { fromHttp, type HttpSource, ok, startHttpSource, status } from "../../src/testing/http-source.ts";
import { textList } from "../../src/testing/text-list.ts";
import { createSyncBench, type SyncBench } from "../support/bench.ts";

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
beforeEach(() => {
  uk.answer(ok(textList("GIM0001 Goran Jalal", "GIM0002 Alen Basil"), { etag: '"uk1"' }));
  un.answer(ok(textList("QDi.001 Somebody Else"), { etag: '"un1"' }));
});

type Options = Omit<Parameters<typeof createSyncBench>[0], "lists">;

const both = (options: Options = {}): SyncBench =>
  createSyncBench({ lists: [fromHttp("uk", uk), fromHttp("un", un)], ...options });
const ukOnly = (options: Options = {}): SyncBench => createSyncBench({ lists: [fromHttp("uk", uk)], ...options });

const refusals = ({ told }: SyncBench): readonly string[] => told.of("publishRefused").map(({ code }) => code);

describe("a list of the live index that is switched off", () => {
  test("does not leave: nothing is published, and that is said with its code, its name and how to release it", async () => {
    const { backend } = await published();
    uk.answer(ok(textList("GIM0001 Goran Jalal", "GIM0003 Marko Petrovic")));
    const second = ukOnly({ backend });
    expect(await second.run({ conditional: false })).toBe(false);
    expect(await second.liveNames()).toContain("Somebody Else");
    expect(second.told.of("publishRefused")).toMatchObject([{ code: "INDEX_LACKS_LIST", missing: ["un"] }]);
    expect(second.sync.known().refused?.message).toContain("--release-list un");
    expect(backend.faults).toMatchObject([{ list: "un", code: "INDEX_LACKS_LIST", source: "off", times: 1 }]);
  });

  test("is not confirmed as checked either, so that the index ages", async () => {
    const { backend } = await published();
    const second = ukOnly({ backend, clock: { now: 2_000_000 } });
    await second.run();
    expect((await second.store.listStates()).map(({ checkedAt }) => checkedAt)).toEqual([1_000_000, 1_000_000]);
  });

  test("leaves once it is released by name, announced as removed, and stays released for the next one", async () => {
    const { backend } = await published();
    const second = ukOnly({ backend });
    await second.run();
    expect(await second.sync.publish({ releaseLists: ["un"] })).toBe(true);
    expect(await second.store.current()).toMatchObject({ generation: 2, lists: [{ list: "uk" }], released: ["un"] });
    const outboxes = await second.store.pendingOutboxes();
    expect(decodeOutbox(outboxes.at(-1)?.outbox ?? new Uint8Array()).changes).toMatchObject([
      { designationId: "un:QDi.001", change: "REMOVED", primaryName: "Somebody Else" },
    ]);
    const third = ukOnly({ backend });
    uk.answer(ok(textList("GIM0001 Goran Jalal", "GIM0003 Marko Petrovic")));
    expect(await third.run({ conditional: false })).toBe(true);
    expect(await third.store.current()).toMatchObject({ generation: 3, released: ["un"] });
    expect(backend.faults).toEqual([]);
  });

  test("is guarded again once it was switched on again", async () => {
    const { backend } = await published();
    const second = ukOnly({ backend });
    await second.run();
    await second.sync.publish({ releaseLists: ["un"] });
    await both({ backend }).run({ conditional: false });
    expect(backend.manifest?.released).toBeUndefined();
    const third = ukOnly({ backend });
    expect(await third.run()).toBe(false);
    expect(refusals(third)).toEqual(["INDEX_LACKS_LIST"]);
  });

  test("does not leave by way of an emptied store while this process remembers it", async () => {
    const { backend } = await published();
    const second = ukOnly({ backend });
    await second.run();
    backend.manifest = null;
    backend.states.clear();
    expect(await second.run()).toBe(false);
    expect(backend.manifest).toBeNull();
  });

  test("lets the service go on by itself after somebody released it elsewhere", async () => {
    const { backend } = await published();
    const service = ukOnly({ backend });
    await service.run();
    expect(await service.sync.refresh()).toBe(true);
    const hand = ukOnly({ backend });
    await hand.run();
    await hand.sync.publish({ releaseLists: ["un"] });
    expect(await service.sync.refresh()).toBe(true);
    expect(await service.sync.publish()).toBe(true);
    expect([service.sync.known().refused, await service.sync.refresh()]).toEqual([null, false]);
  });

  test("can be released also where only the screeners still have it", async () => {
    const { backend } = await published();
    backend.manifest = null;
    const fresh = ukOnly({ backend });
    await fresh.run();
    expect(backend.manifest).toMatchObject({ generation: 1, lists: [{ list: "uk" }] });
    expect(await fresh.sync.publish({ releaseLists: ["un"] })).toBe(true);
    expect(backend.manifest).toMatchObject({ generation: 2, released: ["un"] });
  });
});

test("a list that lost most of its entries is refused also where the live index cannot be read any more", async () => {
  const { backend } = await published();
  backend.snapshots.set(1, Buffer.from("damaged"));
  uk.answer(ok(textList()));
  const second = both({ backend });
  await second.run();
  expect(second.told.of("listFailed")).toMatchObject([{ list: "uk", code: "LIST_EMPTY" }]);
  backend.manifest = { ...backend.manifest!, lists: [{ list: "uk", entries: 9, publishedAt: null }] };
  uk.answer(ok(textList("GIM0001 Goran Jalal")));
  const third = ukOnly({ backend });
  await third.run();
  expect(third.told.of("listFailed")).toMatchObject([{ list: "uk", code: "LIST_SHRUNK" }]);
});

describe("a publisher of other settings", () => {
  const here = publisherOf("a:1", { LIST_UN: "off" });
  const there = publisherOf("b:2", { LIST_UN: "https://example.org/un.xml" });

  test("is refused while the first one keeps the index, and told who that is and what differs", async () => {
    const first = both({ publisher: there });
    await first.run();
    const second = both({ backend: first.backend, publisher: here });
    un.answer(ok(textList("QDi.001 Somebody Else", "QDi.002 Another One")));
    expect(await second.run({ conditional: false })).toBe(false);
    expect(refusals(second)).toEqual(["PUBLISHER_CONFLICT"]);
    expect(second.sync.known().refused?.message).toContain("(b:2)");
    expect(second.sync.known().refused?.message).toContain("LIST_UN: off here, https://example.org/un.xml there");
    expect(first.backend.manifest?.generation).toBe(1);
    expect(await first.run()).toBe(true);
  });

  test("goes on by itself when the first one gives the index up", async () => {
    const first = both({ publisher: there });
    await first.run();
    const second = both({ backend: first.backend, publisher: here });
    await second.run();
    expect(await second.sync.refresh()).toBe(true);
    await first.store.unclaim(there);
    expect(await second.sync.publish()).toBe(true);
    expect(await second.sync.refresh()).toBe(false);
  });

  test("is refused by the store, too, where it does not ask before", async () => {
    const first = both({ publisher: there });
    await first.run();
    const request = { engineVersion: "x", expectedGeneration: 1, outbox: new Uint8Array() };
    const lists = await first.store.listStates();
    const publish = first.store.publish({ ...request, snapshot: Buffer.from("x"), lists, publisher: here });
    await expect(publish).rejects.toMatchObject({ code: "PUBLISHER_CONFLICT" });
  });

  test("is known by what is published", async () => {
    const bench = both({ publisher: there });
    await bench.run();
    expect(bench.backend.manifest?.publisher).toEqual(there);
  });
});

describe("a store that forgets", () => {
  test("everything is filled again as soon as that is noticed, and it is said", async () => {
    const bench = await published();
    bench.backend.manifest = null;
    bench.backend.states.clear();
    expect(await bench.sync.refresh()).toBe(true);
    expect(bench.told.of("indexLost")).toMatchObject([{ what: "emptied" }]);
    expect(await bench.sync.publish()).toBe(true);
    expect([await bench.liveNames().then((names) => names.length), await bench.sync.refresh()]).toEqual([3, false]);
  });

  test("the last version only, as a replica that took over may, gets it again", async () => {
    const bench = await published();
    const { manifest: first, states } = bench.backend;
    const before = new Map(states);
    uk.answer(ok(textList("GIM0001 Goran Jalal", "GIM0003 Marko Petrovic")));
    bench.clock.now += 1000;
    await bench.run({ conditional: false });
    expect(bench.backend.manifest?.generation).toBe(2);
    bench.backend.manifest = first;
    for (const [list, state] of before) states.set(list, state);
    expect(await bench.sync.refresh()).toBe(true);
    expect(bench.told.of("indexLost")).toMatchObject([{ what: "older" }]);
    expect(await bench.sync.publish()).toBe(true);
    expect(await bench.liveNames()).toContain("Marko Petrovic");
  });

  test("parts of the live version gets them again, though no list changed", async () => {
    const bench = await published();
    bench.backend.snapshots.delete(1);
    expect(await bench.sync.refresh()).toBe(true);
    expect(bench.told.of("indexLost")).toMatchObject([{ what: "incomplete" }]);
    expect(await bench.sync.publish()).toBe(true);
    expect([bench.backend.manifest?.generation, (await bench.liveNames()).length]).toEqual([2, 3]);
  });

  test("is given damaged parts again by a process that starts, though no list changed", async () => {
    const { backend } = await published();
    backend.snapshots.set(1, Buffer.from("damaged"));
    const second = both({ backend });
    expect(await second.run({ conditional: false })).toBe(true);
    expect((await second.liveNames()).length).toBe(3);
  });
});

describe("a time in the future", () => {
  test("of a list's last check does not keep what is read now from being the later", async () => {
    const { backend } = await published();
    const state = backend.states.get("uk")!;
    backend.states.set("uk", { ...state, checkedAt: 1_000_000 + 300_001 });
    uk.answer(ok(textList("GIM0001 Goran Jalal", "GIM0003 Marko Petrovic")));
    const second = both({ backend });
    await second.run({ conditional: false });
    expect(await second.liveNames()).toContain("Marko Petrovic");
    expect((await second.store.listStates())[0]?.checkedAt).toBe(1_000_000);
  });

  test("of publication is no date, and counts among what is not understood", async () => {
    const parse = fromHttp("uk", uk).parse;
    const dated = (publishedAt: string) => ({
      ...fromHttp("uk", uk),
      parse: async (chunks: AsyncIterable<Uint8Array>) => ({ ...(await parse(chunks)), publishedAt }),
    });
    const ahead = createSyncBench({ lists: [dated("1970-01-03")] });
    await ahead.run();
    expect((await ahead.store.listStates())[0]).toMatchObject({
      publishedAt: null,
      unknown: { "date of publication in the future": 1 },
    });
    const tomorrow = createSyncBench({ lists: [dated("1970-01-02")] });
    await tomorrow.run();
    expect((await tomorrow.store.listStates())[0]?.publishedAt).toBe("1970-01-02");
  });
});

describe("why a list failed", () => {
  test("is kept in the store with its code, in words, since when and how often, and goes when it is good", async () => {
    const bench = await published();
    uk.answer(status(404));
    bench.clock.now += 1000;
    await bench.run();
    bench.clock.now += 1000;
    await bench.run();
    expect(bench.backend.faults).toMatchObject([
      { list: "uk", code: "LIST_UNREACHABLE", since: 1_001_000, at: 1_002_000, times: 2, source: uk.url.href },
    ]);
    expect(bench.backend.faults[0]?.message).toMatch(/404/);
    const next = both({ backend: bench.backend, clock: { now: 1_003_000 } });
    await next.run();
    expect(bench.backend.faults).toMatchObject([{ since: 1_001_000, times: 3 }]);
    uk.answer(ok(textList("GIM0001 Goran Jalal", "GIM0002 Alen Basil")));
    await next.run();
    expect(bench.backend.faults).toEqual([]);
  });

  test("is kept of a list that was never read, too", async () => {
    un.answer(ok("<html>not a list</html>"));
    const bench = both();
    expect(await bench.run()).toBe(false);
    expect(bench.backend.faults).toMatchObject([{ list: "un", code: "LIST_MALFORMED" }]);
  });

  test("is no reason to keep a list from the store while it takes no word of it", async () => {
    const bench = both();
    bench.store.saveListFaults = () => Promise.reject(new CordonError("REDIS_UNAVAILABLE", "away"));
    expect(await bench.run()).toBe(true);
  });
});

async function published(): Promise<SyncBench> {
  const bench = both();
  await bench.run();
  return bench;
}
