import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { CordonError } from "@cordon/errors";
import { type ArchivePlace, createIndexArchive, type IndexStore } from "@cordon/index-store";
import { createMemoryIndexBackend, createMemoryIndexStore } from "@cordon/index-store/testing";
import { expect, test, vi } from "vitest";

import { startArchiving } from "../src/archiving.ts";

function memoryPlace(): ArchivePlace & { readonly objects: Map<string, Uint8Array>; away: boolean } {
  const objects = new Map<string, Uint8Array>();
  const place = {
    objects,
    away: false,
    has: async (name: string) => Promise.resolve(objects.has(name)),
    read: async (name: string) => Promise.resolve(objects.get(name) ?? null),
    async write(name: string, bytes: Uint8Array) {
      await Promise.resolve();
      if (place.away) throw new CordonError("ARCHIVE_UNAVAILABLE", "away");
      objects.set(name, bytes);
    },
  };
  return place;
}

test("every version that is published gets into the archive, also what was published while it was away", async () => {
  const store = createMemoryIndexStore();
  const place = memoryPlace();
  const told: (number | string)[] = [];
  const archiving = startArchiving({
    store,
    archive: createIndexArchive(place),
    telemetry: {
      indexesArchived: ({ versions }) => told.push(versions),
      archiveFailed: ({ error }) => told.push(error.code),
    },
  });
  const publish = (generation: number, text: string) => publishOne(store, generation, text);
  await publish(0, "one");
  await vi.waitFor(() => expect([...place.objects.keys()]).toEqual([nameOf("one")]));
  place.away = true;
  await publish(1, "two");
  await vi.waitFor(() => expect(told).toContain("ARCHIVE_UNAVAILABLE"));
  place.away = false;
  await publish(2, "three");
  await vi.waitFor(() => expect(place.objects.size).toBe(3));
  expect(place.objects.has(nameOf("two"))).toBe(true);
  await archiving.close();
  await publish(3, "four");
  expect(place.objects.size).toBe(3);
});

test("the archive is not asked again and again about what it has, while nothing is published", async () => {
  const backend = createMemoryIndexBackend();
  const store = createMemoryIndexStore(backend);
  const place = memoryPlace();
  let asked = 0;
  const counting: ArchivePlace = {
    ...place,
    has: (name) => {
      asked += 1;
      return place.has(name);
    },
  };
  const archiving = startArchiving({
    store,
    archive: createIndexArchive(counting),
    telemetry: { indexesArchived: () => {}, archiveFailed: () => {} },
  });
  await publishOne(store, 0, "one");
  await vi.waitFor(() => expect(place.objects.size).toBe(1));
  const before = asked;
  for (let look = 0; look < 5; look++) {
    for (const listener of backend.listeners) listener();
    await sleep(10);
  }
  await archiving.close();
  expect(asked).toBe(before);
});

test("while a kept version is damaged, it is not told that everything is archived", async () => {
  const backend = createMemoryIndexBackend();
  const store = createMemoryIndexStore(backend);
  await publishOne(store, 0, "one");
  await publishOne(store, 1, "two");
  backend.snapshots.set(1, Buffer.from("damaged"));
  const place = memoryPlace();
  const told: string[] = [];
  const archiving = startArchiving({
    store,
    archive: createIndexArchive(place),
    telemetry: {
      indexesArchived: () => told.push("archived"),
      archiveFailed: ({ error }) => told.push(error.code),
    },
  });
  await vi.waitFor(() => expect(place.objects.size).toBe(1));
  await archiving.close();
  expect(told).toEqual(["INDEX_CORRUPT"]);
});

test("without an archive nothing is done", async () => {
  const told: unknown[] = [];
  const tell = (event: unknown): void => void told.push(event);
  await startArchiving({
    store: createMemoryIndexStore(),
    telemetry: { indexesArchived: tell, archiveFailed: tell },
  }).close();
  expect(told).toEqual([]);
});

function publishOne(store: IndexStore, generation: number, text: string): Promise<unknown> {
  return store.publish({
    snapshot: Buffer.from(text),
    engineVersion: "e",
    expectedGeneration: generation,
    lists: [],
    outbox: new Uint8Array(),
  });
}

function nameOf(text: string): string {
  return `${createHash("sha256").update(text).digest("hex")}.index.gz`;
}
