import { createHash } from "node:crypto";

import {
  type IndexManifest,
  type IndexStore,
  type ListState,
  publisherOf,
  type PublishRequest,
} from "@cordon/index-store";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

/** One empty store, seen through as many connections as a test opens. */
export interface IndexStoreHarness {
  open(options?: { readonly versionsKept?: number }): IndexStore;
  /** Alters a byte of a stored version, or deletes a part of it, behind the store's back. */
  damage(manifest: IndexManifest, how: "alter" | "delete"): Promise<void>;
  dispose(): Promise<void>;
}

/** Bytes with no pattern a chunk's length could hide in. */
export function someBytes(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

export function listState(list: string, changes: Partial<ListState> = {}): ListState {
  return {
    list,
    entries: 3,
    publishedAt: "2026-02-27",
    checkedAt: 1_790_000_000_000,
    source: "https://example.org/list.csv",
    contentHash: "ab".repeat(32),
    etag: '"v1"',
    lastModified: null,
    ...changes,
  };
}

export function publishRequest(changes: Partial<PublishRequest> = {}): PublishRequest {
  return {
    snapshot: someBytes(10_000),
    engineVersion: "1.0.0",
    expectedGeneration: 0,
    lists: [listState("uk"), listState("un", { publishedAt: null, etag: null })],
    outbox: Uint8Array.of(0, 255, 1, 128),
    ...changes,
  };
}

/** What every index store promises. The stores that `harness` opens should make chunks of less than 10,000 bytes. */
export function indexStoreConformance(name: string, makeHarness: () => IndexStoreHarness): void {
  describe(`an index store (${name})`, () => {
    let harness: IndexStoreHarness;
    let store: IndexStore;

    beforeEach(() => {
      harness = makeHarness();
      store = harness.open();
    });

    afterEach(async () => {
      await harness.dispose();
    });

    test("has nothing in it at first", async () => {
      expect(await store.current()).toBeNull();
      expect(await store.listStates()).toEqual([]);
      expect(await store.pendingOutboxes()).toEqual([]);
    });

    test("gives back the bytes that were published, to any reader, under their hash", async () => {
      const request = publishRequest();
      const manifest = await store.publish(request);
      const reader = harness.open();

      expect(manifest).toMatchObject({
        version: createHash("sha256").update(request.snapshot).digest("hex"),
        generation: 1,
        bytes: 10_000,
        engineVersion: "1.0.0",
        lists: [
          { list: "uk", entries: 3, publishedAt: "2026-02-27" },
          { list: "un", entries: 3, publishedAt: null },
        ],
      });
      expect(await reader.current()).toEqual(manifest);
      const bytes = await reader.load(manifest);
      expect(bytes).toEqual(request.snapshot);
      expect(bytes.byteOffset).toBe(0);
    });

    test.each([1, 999, 1000, 1001, 65_537])("takes a snapshot of %i bytes", async (length) => {
      const snapshot = someBytes(length);
      expect(await store.load(await store.publish(publishRequest({ snapshot })))).toEqual(snapshot);
    });

    test("publishes a snapshot that is a view into a larger buffer", async () => {
      const whole = someBytes(5000);
      const manifest = await store.publish(publishRequest({ snapshot: whole.subarray(700, 3300) }));
      expect(await store.load(manifest)).toEqual(whole.slice(700, 3300));
    });

    test("refuses an empty snapshot", async () => {
      await expect(store.publish(publishRequest({ snapshot: new Uint8Array() }))).rejects.toMatchObject({
        code: "OPTIONS_INVALID",
      });
      expect(await store.current()).toBeNull();
    });

    test("refuses the slower of two publishers who built upon the same generation", async () => {
      const other = harness.open();
      const results = await Promise.allSettled([
        store.publish(publishRequest({ snapshot: someBytes(10_000, 1), outbox: Uint8Array.of(1) })),
        other.publish(publishRequest({ snapshot: someBytes(10_000, 2), outbox: Uint8Array.of(2) })),
      ]);

      const won = results.filter((result) => result.status === "fulfilled");
      const lost = results.filter((result) => result.status === "rejected");
      expect(won).toHaveLength(1);
      expect(lost).toHaveLength(1);
      expect(lost[0]?.reason).toMatchObject({ code: "INDEX_SUPERSEDED" });
      expect(await store.current()).toEqual(won[0]?.value);
      expect(await store.pendingOutboxes()).toHaveLength(1);
    });

    test("refuses a publisher who built upon an older generation, and leaves everything as it was", async () => {
      const live = await store.publish(publishRequest());
      await store.outboxDone(live.generation);
      const late = publishRequest({ snapshot: someBytes(500, 9), lists: [listState("uk", { entries: 99 })] });

      await expect(store.publish(late)).rejects.toMatchObject({ code: "INDEX_SUPERSEDED" });
      expect(await store.current()).toEqual(live);
      expect(await store.load(live)).toEqual(publishRequest().snapshot);
      expect((await store.listStates()).map(({ entries }) => entries)).toEqual([3, 3]);
      expect(await store.pendingOutboxes()).toEqual([]);
    });

    test("refuses a publisher who built upon a generation that never was", async () => {
      await expect(store.publish(publishRequest({ expectedGeneration: 4 }))).rejects.toMatchObject({
        code: "INDEX_SUPERSEDED",
      });
      expect(await store.current()).toBeNull();
    });

    test("shows nothing of a publish whose publisher goes away in the middle", async () => {
      const live = await store.publish(publishRequest());
      const dying = harness.open();
      await dying.current();
      const attempt = dying.publish(publishRequest({ snapshot: someBytes(400_000), expectedGeneration: 1 }));
      const refusal = attempt.catch((error: unknown) => error);
      await dying.close();
      expect(await refusal).toMatchObject({ code: "REDIS_UNAVAILABLE" });

      expect(await store.current()).toEqual(live);
      expect(await store.load(live)).toEqual(publishRequest().snapshot);
      const next = await store.publish(publishRequest({ snapshot: someBytes(400_000), expectedGeneration: 1 }));
      expect(await store.load(next)).toEqual(someBytes(400_000));
    });

    test("keeps the replaced version readable for a while", async () => {
      const first = await store.publish(publishRequest());
      const second = await store.publish(publishRequest({ snapshot: someBytes(2000, 5), expectedGeneration: 1 }));

      expect(second.generation).toBe(2);
      expect(await store.load(first)).toEqual(publishRequest().snapshot);
      expect(await store.load(second)).toEqual(someBytes(2000, 5));
    });

    test("takes the same bytes again as a new generation of the same version", async () => {
      const first = await store.publish(publishRequest());
      const second = await store.publish(publishRequest({ expectedGeneration: 1 }));

      expect(second).toMatchObject({ version: first.version, generation: 2 });
      expect(await store.current()).toEqual(second);
      expect(await store.load(second)).toEqual(publishRequest().snapshot);
    });

    test.each(["alter", "delete"] as const)("does not hand out a damaged version (%s)", async (how) => {
      const manifest = await store.publish(publishRequest());
      await harness.damage(manifest, how);
      await expect(store.load(manifest)).rejects.toMatchObject({ code: "INDEX_CORRUPT" });
    });

    test("does not take a manifest's word for length and hash", async () => {
      const manifest = await store.publish(publishRequest());
      await expect(store.load({ ...manifest, bytes: manifest.bytes + 1 })).rejects.toMatchObject({
        code: "INDEX_CORRUPT",
      });
      await expect(store.load({ ...manifest, version: "0".repeat(64) })).rejects.toMatchObject({
        code: "INDEX_CORRUPT",
      });
      await expect(store.load({ ...manifest, generation: 7 })).rejects.toMatchObject({ code: "INDEX_CORRUPT" });
    });

    test("replaces the list states with each publish, and updates single ones in between", async () => {
      await store.publish(publishRequest());
      await store.saveListStates([listState("uk", { checkedAt: 1_790_000_999_000, etag: '"v2"' })]);
      expect(await store.listStates()).toEqual([
        listState("uk", { checkedAt: 1_790_000_999_000, etag: '"v2"' }),
        listState("un", { publishedAt: null, etag: null }),
      ]);

      await store.publish(publishRequest({ expectedGeneration: 1, lists: [listState("un")], released: ["uk"] }));
      expect(await store.listStates()).toEqual([listState("un")]);
      await store.saveListStates([]);
      expect(await store.listStates()).toEqual([listState("un")]);
    });

    test("keeps each outbox until it is done, also when its publisher is gone", async () => {
      await store.publish(publishRequest({ outbox: Uint8Array.of(0, 255, 10) }));
      await store.publish(publishRequest({ expectedGeneration: 1, outbox: new Uint8Array() }));
      await store.publish(publishRequest({ expectedGeneration: 2, outbox: someBytes(3000) }));
      await store.close();

      const next = harness.open();
      expect(await next.pendingOutboxes()).toEqual([
        { generation: 1, outbox: Uint8Array.of(0, 255, 10) },
        { generation: 2, outbox: new Uint8Array() },
        { generation: 3, outbox: someBytes(3000) },
      ]);
      await next.outboxDone(1);
      await next.outboxDone(1);
      expect((await next.pendingOutboxes()).map(({ generation }) => generation)).toEqual([2, 3]);
    });

    test("orders outboxes by number, not by text", async () => {
      for (let generation = 0; generation < 11; generation += 1)
        await store.publish(publishRequest({ snapshot: someBytes(10), expectedGeneration: generation }));
      expect((await store.pendingOutboxes()).map(({ generation }) => generation)).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
      ]);
    });

    test("keeps the versions that were replaced, newest first, each with the states its lists had to the last", async () => {
      const first = await store.publish(publishRequest());
      await store.saveListStates([listState("uk", { checkedAt: 1_790_000_999_000 })]);
      const second = await store.publish(
        publishRequest({
          snapshot: someBytes(2000, 5),
          expectedGeneration: 1,
          lists: [listState("uk")],
          released: ["un"],
        }),
      );

      const versions = await harness.open().versions();
      expect(versions.map(({ manifest }) => manifest)).toEqual([second, first]);
      expect(versions[0]?.states).toEqual([listState("uk")]);
      expect(versions[1]?.states).toMatchObject([{ list: "uk", checkedAt: 1_790_000_999_000 }, { list: "un" }]);
    });

    test("brings a kept version back as a new generation, with its states, its bytes and an outbox", async () => {
      const first = await store.publish(publishRequest());
      const next = { snapshot: someBytes(2000, 5), expectedGeneration: 1, lists: [], released: ["uk", "un"] };
      await store.publish(publishRequest(next));
      const [, version] = await store.versions();
      if (version === undefined) throw new Error("the first version was not kept");

      const back = await store.rollBack({ version, expectedGeneration: 2, outbox: Uint8Array.of(7) });
      expect(back).toMatchObject({ version: first.version, generation: 3, rolledBack: { to: 1, from: 2 } });
      expect(await store.current()).toEqual(back);
      expect(await store.load(back)).toEqual(publishRequest().snapshot);
      expect(await store.listStates()).toEqual(version.states);
      expect((await store.pendingOutboxes()).at(-1)).toEqual({ generation: 3, outbox: Uint8Array.of(7) });
      expect((await store.versions()).map(({ manifest }) => manifest.generation)).toEqual([3, 2, 1]);
    });

    test("brings a version back that had been brought back before, and goes on publishing after it", async () => {
      await store.publish(publishRequest());
      await store.publish(publishRequest({ snapshot: someBytes(2000, 5), expectedGeneration: 1 }));
      const roll = async (wanted: number, expectedGeneration: number) => {
        const version = (await store.versions()).find(({ manifest }) => manifest.generation === wanted);
        if (version === undefined) throw new Error("the version was not kept");
        return await store.rollBack({ version, expectedGeneration, outbox: new Uint8Array() });
      };
      await roll(1, 2);
      await roll(2, 3);
      const back = await roll(3, 4);
      expect(back).toMatchObject({ generation: 5, rolledBack: { to: 1, from: 4 } });
      expect(await store.load(back)).toEqual(publishRequest().snapshot);
      const next = await store.publish(publishRequest({ snapshot: someBytes(3000, 9), expectedGeneration: 5 }));
      expect(next.rolledBack).toBeUndefined();
      expect(await store.load(next)).toEqual(someBytes(3000, 9));
      expect(await store.load(back)).toEqual(publishRequest().snapshot);
    });

    test("refuses to roll back over a newer version than the one that was looked at", async () => {
      await store.publish(publishRequest());
      await store.publish(publishRequest({ expectedGeneration: 1 }));
      const [, version] = await store.versions();
      if (version === undefined) throw new Error("the first version was not kept");
      const live = await store.publish(publishRequest({ expectedGeneration: 2 }));
      const request = { version, expectedGeneration: 2, outbox: new Uint8Array() };
      await expect(store.rollBack(request)).rejects.toMatchObject({ code: "INDEX_SUPERSEDED" });
      expect(await store.current()).toEqual(live);
    });

    test("refuses to roll back to what is not kept, and leaves the live version alone", async () => {
      const first = await store.publish(publishRequest());
      const live = await store.publish(publishRequest({ expectedGeneration: 1 }));
      const version = { manifest: { ...first, generation: 77 }, states: [] };
      const request = { version, expectedGeneration: 2, outbox: new Uint8Array() };
      await expect(store.rollBack(request)).rejects.toMatchObject({ code: "INDEX_CORRUPT" });
      expect(await store.current()).toEqual(live);
    });

    test("lets go of the oldest versions, but not of bytes that a kept one points to", async () => {
      const small = harness.open({ versionsKept: 3 });
      for (let generation = 0; generation < 3; generation += 1)
        await small.publish(
          publishRequest({ snapshot: someBytes(2000, generation + 1), expectedGeneration: generation }),
        );
      const oldest = (await small.versions()).at(-1);
      if (oldest === undefined) throw new Error("nothing was kept");
      const back = await small.rollBack({ version: oldest, expectedGeneration: 3, outbox: new Uint8Array() });
      await small.publish(publishRequest({ expectedGeneration: 4 }));
      expect((await small.versions()).map(({ manifest }) => manifest.generation)).toEqual([5, 4, 3]);
      expect(await small.load(back)).toEqual(someBytes(2000, 1));
    });

    test.each([
      { what: "is not there", lists: [listState("un")] },
      { what: "lost everything", lists: [listState("uk", { entries: 0 }), listState("un")] },
    ])("refuses an index in which a list of the live one $what, and changes nothing", async ({ lists }) => {
      const live = await store.publish(publishRequest());
      const request = publishRequest({ snapshot: someBytes(500, 9), expectedGeneration: 1, lists });
      await expect(store.publish(request)).rejects.toMatchObject({
        code: "INDEX_LACKS_LIST",
        message: expect.stringContaining("uk"),
      });
      expect(await store.current()).toEqual(live);
      expect(await store.load(live)).toEqual(publishRequest().snapshot);
      expect((await store.listStates()).map(({ list, entries }) => [list, entries])).toEqual([
        ["uk", 3],
        ["un", 3],
      ]);
      expect(await store.pendingOutboxes()).toHaveLength(1);
    });

    test("lets a list leave that is released by name, and carries that on until the list is back", async () => {
      await store.publish(publishRequest());
      const un = [listState("un")];
      const released = await store.publish(publishRequest({ expectedGeneration: 1, lists: un, released: ["uk"] }));
      expect(released.released).toEqual(["uk"]);
      const later = await store.publish(publishRequest({ expectedGeneration: 2, lists: un }));
      expect(later.released).toEqual(["uk"]);
      const back = await store.publish(publishRequest({ expectedGeneration: 3 }));
      expect(back.released).toBeUndefined();
      expect(await store.current()).toEqual(back);
      const again = publishRequest({ expectedGeneration: 4, lists: un });
      await expect(store.publish(again)).rejects.toMatchObject({ code: "INDEX_LACKS_LIST" });
    });

    test("does not roll back to a version without a list of the live one, unless it is released by name", async () => {
      await store.publish(publishRequest({ lists: [listState("un")] }));
      const live = await store.publish(publishRequest({ expectedGeneration: 1 }));
      const [, version] = await store.versions();
      if (version === undefined) throw new Error("the first version was not kept");
      const request = { version, expectedGeneration: 2, outbox: new Uint8Array() };
      await expect(store.rollBack(request)).rejects.toMatchObject({ code: "INDEX_LACKS_LIST" });
      expect(await store.current()).toEqual(live);
      expect(await store.rollBack({ ...request, released: ["uk"] })).toMatchObject({ generation: 3, released: ["uk"] });
    });

    test("is kept by publishers of the same settings, and refuses one of others until it is given up", async () => {
      const [first, twin] = [publisherOf("a:1", { LIST_UK: "on" }), publisherOf("b:1", { LIST_UK: "on" })];
      const other = publisherOf("c:1", { LIST_UK: "off" });
      expect(await store.claim(first, 60_000)).toBeNull();
      expect(await harness.open().claim(twin, 60_000)).toBeNull();
      expect(await harness.open().claim(other, 60_000)).toEqual(twin);
      expect((await store.publish(publishRequest({ publisher: first }))).publisher).toEqual(first);
      for (const publisher of [other, undefined]) {
        const request = {
          ...publishRequest({ expectedGeneration: 1 }),
          ...(publisher === undefined ? {} : { publisher }),
        };
        await expect(store.publish(request)).rejects.toMatchObject({
          code: "PUBLISHER_CONFLICT",
          message: expect.stringContaining("b:1"),
        });
      }
      await store.unclaim(other);
      expect(await store.claimedBy()).toEqual(twin);
      await store.unclaim(twin);
      expect(await store.claimedBy()).toBeNull();
      await store.publish(publishRequest({ expectedGeneration: 1, publisher: other }));
    });

    test("takes the word for an index only while that one is live", async () => {
      await store.publish(publishRequest());
      await store.publish(publishRequest({ expectedGeneration: 1 }));
      const late = [listState("uk", { checkedAt: 1_790_000_999_000 })];
      await expect(store.saveListStates(late, 1)).rejects.toMatchObject({ code: "INDEX_SUPERSEDED" });
      expect((await store.listStates())[0]).toEqual(listState("uk"));
      await store.saveListStates(late, 2);
      expect((await store.listStates())[0]).toEqual(late[0]);
    });

    test("keeps why lists failed", async () => {
      expect(await store.listFaults()).toEqual([]);
      const fault = { list: "un", code: "LIST_EMPTY", message: "no entries", source: "x", since: 1, at: 2, times: 3 };
      await store.saveListFaults([fault, { ...fault, list: "eu" }]);
      expect((await harness.open().listFaults()).map(({ list }) => list)).toEqual(["eu", "un"]);
      await store.saveListFaults([]);
      expect(await store.listFaults()).toEqual([]);
    });

    test("tells whether every part of a version is there", async () => {
      const manifest = await store.publish(publishRequest());
      expect(await store.isWhole(manifest)).toBe(true);
      await harness.damage(manifest, "delete");
      expect(await store.isWhole(manifest)).toBe(false);
      expect(await store.isWhole({ ...manifest, generation: 7 })).toBe(false);
    });

    test("tells how it is set up", async () => {
      expect(await store.survey()).toMatchObject({ role: "primary", evictionPolicy: "noeviction", dangers: [] });
    });

    test("calls watchers back soon after each publish", async () => {
      const seen: number[] = [];
      const reader = harness.open();
      let calls = 0;
      const watching = reader.watch(() => {
        calls += 1;
        void reader.current().then((manifest) => seen.push(manifest?.generation ?? 0));
      });
      await vi.waitFor(() => {
        expect(calls).toBeGreaterThan(0);
      });

      await store.publish(publishRequest());
      await vi.waitFor(() => {
        expect(seen).toContain(1);
      });
      await store.publish(publishRequest({ expectedGeneration: 1 }));
      await vi.waitFor(() => {
        expect(seen).toContain(2);
      });

      await watching.close();
      const before = calls;
      await store.publish(publishRequest({ expectedGeneration: 2 }));
      await store.current();
      expect(calls).toBe(before);
    });

    test("says REDIS_UNAVAILABLE once it is closed", async () => {
      const manifest = await store.publish(publishRequest());
      await store.close();
      const unavailable = { code: "REDIS_UNAVAILABLE" };
      await expect(store.current()).rejects.toMatchObject(unavailable);
      await expect(store.load(manifest)).rejects.toMatchObject(unavailable);
      await expect(store.publish(publishRequest({ expectedGeneration: 1 }))).rejects.toMatchObject(unavailable);
      await expect(store.listStates()).rejects.toMatchObject(unavailable);
      await expect(store.saveListStates([listState("uk")])).rejects.toMatchObject(unavailable);
      await expect(store.pendingOutboxes()).rejects.toMatchObject(unavailable);
      await expect(store.outboxDone(1)).rejects.toMatchObject(unavailable);
      await expect(store.versions()).rejects.toMatchObject(unavailable);
      const request = { version: { manifest, states: [] }, expectedGeneration: 1, outbox: new Uint8Array() };
      await expect(store.rollBack(request)).rejects.toMatchObject(unavailable);
    });
  });
}
