import { setTimeout as sleep } from "node:timers/promises";

import { CordonError } from "@cordon/errors";
import { type IndexStore, type PublishRequest } from "@cordon/index-store";
import { createMemoryIndexBackend, createMemoryIndexStore, type MemoryIndexBackend } from "@cordon/index-store/testing";
import type { Designation } from "@cordon/matching";
import { listed, listState, openFake, publishFake, snapshotOf } from "@cordon/screening/testing";
import { afterEach, describe, expect, test } from "vitest";

import { createIndexHolder, type IndexHolder } from "../../src/index/holder.ts";
import { type IndexLoader, startIndexLoader } from "../../src/index/loader.ts";
import { recordTelemetry, type Recorded } from "../support/record-telemetry.ts";

interface Setup {
  readonly backend: MemoryIndexBackend;
  readonly store: IndexStore;
  readonly holder: IndexHolder;
  readonly told: Recorded;
  readonly loader: IndexLoader;
  now: number;
}

const never = new AbortController().signal;
const loaders: IndexLoader[] = [];

afterEach(async () => {
  for (const loader of loaders.splice(0)) await loader.close();
});

function setUp(open = openFake): Setup {
  const backend = createMemoryIndexBackend();
  let published = 0;
  const store = createMemoryIndexStore(backend, { now: () => setup.now + (published += 1) });
  const holder = createIndexHolder();
  const told = recordTelemetry();
  const setup = { backend, store, holder, told, now: 10_000 };
  const loader = startIndexLoader({
    store,
    holder,
    open,
    telemetry: told.telemetry,
    clock: () => setup.now,
    pollMs: 5,
  });
  loaders.push(loader);
  return Object.assign(setup, { loader });
}

const goran = listed("GIM0001", "Goran Jalal");
const alen = listed("GIM0002", "Alen Basil");
const somebody = listed("QDi.001", "Somebody Else", "un");

function requestOf(designations: readonly Designation[], checkedAt: number): PublishRequest {
  const lists = Map.groupBy(designations, ({ list }) => list);
  return {
    snapshot: snapshotOf(designations),
    engineVersion: "test-engine",
    expectedGeneration: 0,
    lists: [...lists].map(([list, all]) => listState(list, checkedAt, all.length)),
    outbox: new Uint8Array(),
  };
}

describe("an index loader", () => {
  test("waits for the first index, and then is ready", async () => {
    const { store, holder, loader, told } = setUp();
    let ready = false;
    const waiting = loader.ready(never).then(() => (ready = true));
    await expect.poll(() => told.names()).toContain("indexAwaited");
    expect([ready, loader.age()]).toEqual([false, Number.POSITIVE_INFINITY]);
    await publishFake(store, [goran], 9_000);
    await waiting;
    expect(holder.current?.manifest.generation).toBe(1);
    await expect.poll(() => loader.age()).toBe(1_000);
  });

  test("swaps when a newer index is published", async () => {
    const { store, holder, loader, told } = setUp();
    await publishFake(store, [goran], 9_000);
    await loader.ready(never);
    await publishFake(store, [goran, alen], 9_500);
    await expect.poll(() => holder.current?.manifest.generation).toBe(2);
    expect(told.of("indexSwapped").map(({ manifest }) => manifest.generation)).toEqual([1, 2]);
  });

  test("knows the states of an index's lists before it takes the index, so that one with a list more is not stale", async () => {
    const { store, holder, loader } = setUp();
    await publishFake(store, [goran], 9_000);
    await loader.ready(never);
    const listStates = store.listStates.bind(store);
    const slowly: IndexStore["listStates"] = async () => {
      await sleep(20);
      return listStates();
    };
    Object.assign(store, { listStates: slowly });
    await publishFake(store, [goran, somebody], 9_500);
    while (holder.current?.manifest.generation !== 2) await sleep(0);
    const ages: number[] = [];
    for (let turn = 0; turn < 20; turn++) {
      ages.push(loader.age());
      await sleep(2);
    }
    expect(Math.max(...ages)).toBeLessThan(2_000);
  });

  test("keeps the last good index when a newer one is of another engine, says so once, and takes the next", async () => {
    const { store, holder, loader, told } = setUp();
    await publishFake(store, [goran], 9_000);
    await loader.ready(never);
    await store.publish({
      snapshot: Buffer.from("not ours"),
      engineVersion: "another",
      expectedGeneration: 1,
      lists: [listState("uk", 9_900)],
      outbox: new Uint8Array(),
    });
    await expect.poll(() => told.of("indexRefused").map(({ code }) => code)).toEqual(["SNAPSHOT_INVALID"]);
    await publishFake(store, [alen], 9_950);
    await expect.poll(() => holder.current?.manifest.generation).toBe(3);
    await publishFake(store, [goran, alen], 9_960);
    await expect.poll(() => holder.current?.manifest.generation).toBe(4);
    expect(told.of("indexRefused")).toHaveLength(1);
  });

  test("keeps the last good index when what lies in the store as the manifest is none of ours", async () => {
    const { backend, store, holder, loader, told } = setUp();
    await publishFake(store, [goran], 9_000);
    await loader.ready(never);
    const manifest = backend.manifest;
    Object.defineProperty(backend, "manifest", {
      configurable: true,
      get: () => {
        throw new CordonError("INDEX_CORRUPT", "the manifest is not what Cordon writes there");
      },
    });
    await expect.poll(() => told.of("indexRefused").map(({ code }) => code)).toEqual(["INDEX_CORRUPT"]);
    expect(holder.current?.manifest.generation).toBe(1);
    Object.defineProperty(backend, "manifest", { value: manifest, writable: true });
    await publishFake(store, [alen], 9_950);
    await expect.poll(() => holder.current?.manifest.generation).toBe(2);
  });

  test("goes on ageing while the store's live index is one it refused: those states do not vouch for ours", async () => {
    const setup = setUp();
    const { store, loader, told } = setup;
    await publishFake(store, [goran], 9_000);
    await loader.ready(never);
    await expect.poll(() => loader.age()).toBe(1_000);
    await store.publish({
      snapshot: Buffer.from("not ours"),
      engineVersion: "another",
      expectedGeneration: 1,
      lists: [listState("uk", 9_990)],
      outbox: new Uint8Array(),
    });
    await expect.poll(() => told.names()).toContain("indexRefused");
    setup.now = 20_000;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(loader.age()).toBe(11_000);
  });

  test("follows the list states: a check without a change makes the index fresh again", async () => {
    const setup = setUp();
    const { store, loader } = setup;
    await publishFake(store, [goran], 9_000);
    await loader.ready(never);
    setup.now = 90_000;
    await store.saveListStates([listState("uk", 89_000)]);
    await expect.poll(() => loader.age()).toBe(1_000);
  });

  test("keeps the index while the store is away, ages it, says so once, and says when it is back", async () => {
    const setup = setUp();
    const { backend, store, holder, loader, told } = setup;
    await publishFake(store, [goran], 9_000);
    await loader.ready(never);
    await expect.poll(() => loader.age()).toBe(1_000);
    backend.away = true;
    await expect.poll(() => told.names()).toContain("storeLost");
    setup.now = 50_000;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect([holder.current?.manifest.generation, loader.age()]).toEqual([1, 41_000]);
    expect(told.of("storeLost")).toHaveLength(1);
    backend.away = false;
    await expect.poll(() => told.names()).toContain("storeBack");
  });

  test("takes the index of a store that was emptied and filled again", async () => {
    const { backend, store, holder, loader } = setUp();
    await publishFake(store, [goran], 9_000);
    await publishFake(store, [goran, alen], 9_100);
    await loader.ready(never);
    await expect.poll(() => holder.current?.manifest.generation).toBe(2);
    backend.manifest = null;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(holder.current?.manifest.generation).toBe(2);
    await publishFake(store, [alen], 9_200);
    await expect.poll(() => holder.current?.manifest.generation).toBe(1);
  });

  test("takes it also after the clock of a publisher was wrong, and is not brought back by one whose clock is", async () => {
    const setup = setUp();
    const { backend, store, holder, loader } = setup;
    await publishFake(store, [goran], 9_000);
    await publishFake(store, [goran, alen], 9_100);
    await loader.ready(never);
    await expect.poll(() => holder.current?.manifest.generation).toBe(2);
    const { version, ...rest } = backend.manifest!;
    backend.manifest = { ...rest, version, generation: 1, createdAt: setup.now + 86_400_000 };
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(holder.current?.manifest.generation).toBe(2);
    setup.now += 1000;
    backend.manifest = null;
    await publishFake(store, [alen], 9_200);
    await expect.poll(() => holder.current?.manifest.generation).toBe(1);
  });

  test("refuses an index without a list of the one in use, keeps that one, and lets it age", async () => {
    const setup = setUp();
    const { backend, store, holder, loader, told } = setup;
    await publishFake(store, [goran, somebody], 9_000);
    await loader.ready(never);
    backend.manifest = null;
    await publishFake(store, [goran], 9_900);
    await expect.poll(() => told.of("indexRefused").map(({ code }) => code)).toEqual(["INDEX_LACKS_LIST"]);
    expect(told.of("listsMissing").at(-1)).toEqual({ lists: ["un"] });
    setup.now = 20_000;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect([holder.current?.manifest.lists.length, loader.age()]).toEqual([2, 11_000]);
    expect(told.of("indexRefused")).toHaveLength(1);
  });

  test("takes it once the list is released by name, also where it missed the version that released it", async () => {
    const { backend, store, holder, loader, told } = setUp();
    await publishFake(store, [goran, somebody], 9_000);
    await loader.ready(never);
    backend.away = true;
    await expect.poll(() => told.names()).toContain("storeLost");
    backend.away = false;
    const release = { ...requestOf([goran], 9_100), expectedGeneration: 1, released: ["un"] };
    const later = { ...requestOf([goran, alen], 9_200), expectedGeneration: 2 };
    await Promise.all([store.publish(release), store.publish(later)]);
    await expect.poll(() => holder.current?.manifest).toMatchObject({ generation: 3, released: ["un"] });
    expect(told.names()).not.toContain("indexRefused");
  });

  test("refuses an index whose manifest tells other lists than it has", async () => {
    const { store, holder, told } = setUp();
    await store.publish({ ...requestOf([goran], 9_000), lists: [listState("uk", 9_000), listState("un", 9_000)] });
    await expect.poll(() => told.of("indexRefused").map(({ code }) => code)).toEqual(["INDEX_CORRUPT"]);
    expect(holder.current).toBeNull();
  });

  test("believes no list that was read in the future, and says which", async () => {
    const setup = setUp();
    const { store, loader, told } = setup;
    await publishFake(store, [goran], setup.now + 299_000);
    await loader.ready(never);
    await expect.poll(() => loader.age()).toBe(0);
    await store.saveListStates([listState("uk", setup.now + 301_000)]);
    await expect.poll(() => loader.age()).toBe(Number.POSITIVE_INFINITY);
    await expect.poll(() => told.of("timesAhead").at(-1)).toEqual({ what: ["uk"] });
    await store.saveListStates([listState("uk", setup.now - 1000)]);
    await expect.poll(() => loader.age()).toBe(1000);
  });

  test("asks the store how it is set up, and hands on what it says", async () => {
    const { backend, told } = setUp();
    backend.survey = { ...backend.survey, evictionPolicy: "allkeys-lru", dangers: ["evicts_index"] };
    await expect.poll(() => told.of("storeSurveyed").at(-1)?.dangers).toEqual(["evicts_index"]);
  });

  test("does not forget when the lists were read if the store is emptied between its manifest and its states", async () => {
    const { store, loader } = setUp();
    await publishFake(store, [goran], 9_000);
    await loader.ready(never);
    let looks = 0;
    store.listStates = () => {
      looks += 1;
      return Promise.resolve([]);
    };
    await expect.poll(() => looks).toBeGreaterThan(1);
    expect(loader.age()).toBe(1_000);
  });

  test("fails for an error nobody foresaw", async () => {
    const { store, loader } = setUp(() => {
      throw new RangeError("a bug");
    });
    const notReady = loader.ready(never).catch((error: unknown) => error);
    await publishFake(store, [goran], 9_000);
    expect(await notReady).toMatchObject({ message: "a bug" });
    await expect(loader.failed).rejects.toThrow("a bug");
  });

  test("stops waiting when it is told to", async () => {
    const { loader } = setUp();
    const controller = new AbortController();
    const waiting = loader.ready(controller.signal).catch((error: unknown) => error);
    controller.abort(new Error("enough"));
    expect(await waiting).toMatchObject({ message: "enough" });
  });
});
