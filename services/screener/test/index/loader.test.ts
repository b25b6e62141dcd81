import { CordonError } from "@cordon/errors";
import { listed, listState, openFake, publishFake } from "@cordon/pipeline";
import {
  createMemoryIndexBackend,
  createMemoryIndexStore,
  type IndexStore,
  type MemoryIndexBackend,
} from "@cordon/platform";
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
  const store = createMemoryIndexStore(backend);
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
