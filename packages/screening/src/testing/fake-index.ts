import { createHash } from "node:crypto";

import { CordonError } from "@cordon/errors";
import type { IndexStore, ListState } from "@cordon/index-store";
import {
  type Designation,
  designationId,
  type NameMatch,
  scanIdentifiers,
  scanLinked,
  type ScreeningIndex,
  type SearchResult,
  newDesignation,
} from "@cordon/matching";

export const engineVersion = "test-engine";

/** A designation of one name. */
export function listed(key: string, name: string, list = "uk"): Designation {
  return newDesignation({
    id: designationId(list, key),
    list,
    type: "PERSON",
    names: [{ text: name, kind: "PRIMARY", strength: "STRONG" }],
    regime: "Test regime",
  });
}

/** The obvious index: a name matches when it is the same letters. `@@@` cannot be read, `BROAD` is too broad. */
export function fakeIndex(designations: readonly Designation[]): ScreeningIndex {
  const lists = Map.groupBy(designations, ({ list }) => list);
  function search(name: string): SearchResult {
    if (name === "BROAD") return { kind: "too-broad" };
    if (!/\p{L}/u.test(name)) return { kind: "unreadable" };
    const matches = designations.flatMap((designation) =>
      designation.names
        .filter(({ text }) => text.toLowerCase() === name.toLowerCase())
        .map((found): NameMatch => ({
          designation,
          name: found,
          score: 10_000,
          start: 0,
          end: name.length,
          reasons: [{ kind: "exact", detail: "the same", points: 10_000 }],
        })),
    );
    return { kind: "matches", matches };
  }
  return {
    engineVersion,
    lists: [...lists].map(([list, all]) => ({ list, entries: all.length })),
    names: designations.length,
    designations: () => designations.values(),
    search,
    searchText: search,
    lineKey: (text) => text,
    linesKey: () => null,
    work: { words: 0, postings: 0, candidates: 0, steps: 0 },
    findIdentifier: (keys) => scanIdentifiers(designations, keys),
    mayFindIdentifier: () => true,
    places: () => designations.filter(({ place }) => place !== undefined),
    linkedTo: (designation) => scanLinked(designations, designation),
  };
}

export function snapshotOf(designations: readonly Designation[]): Uint8Array {
  return Buffer.from(JSON.stringify(designations), "utf8");
}

export function openFake(snapshot: Uint8Array): ScreeningIndex {
  const text = Buffer.from(snapshot).toString("utf8");
  if (!text.startsWith("[")) throw new CordonError("SNAPSHOT_INVALID", "no snapshot of this engine");
  return fakeIndex(JSON.parse(text) as Designation[]);
}

export function listState(list: string, checkedAt: number, entries = 1): ListState {
  return {
    list,
    entries,
    publishedAt: "2026-04-29",
    checkedAt,
    source: "test",
    contentHash: createHash("sha256").update(list).digest("hex"),
    etag: null,
    lastModified: null,
  };
}

/** Publishes an index of these designations, each of its lists checked at `checkedAt`. */
export async function publishFake(
  store: IndexStore,
  designations: readonly Designation[],
  checkedAt: number,
): Promise<void> {
  const live = await store.current();
  const lists = Map.groupBy(designations, ({ list }) => list);
  await store.publish({
    snapshot: snapshotOf(designations),
    engineVersion,
    expectedGeneration: live?.generation ?? 0,
    lists: [...lists].map(([list, all]) => listState(list, checkedAt, all.length)),
    outbox: new Uint8Array(),
  });
}
