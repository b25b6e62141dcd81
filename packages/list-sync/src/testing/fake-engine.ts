import { createHash } from "node:crypto";

import { CordonError } from "@cordon/errors";
import type { Designation, ScreeningIndex } from "@cordon/matching";

import type { Engine } from "../sync/list-sync.ts";

function indexOf(designations: readonly Designation[]): ScreeningIndex {
  const lists = Map.groupBy(designations, ({ list }) => list);
  return {
    engineVersion: "test-engine",
    lists: [...lists].map(([list, all]) => ({ list, entries: all.length })),
    names: designations.length,
    search: () => ({ kind: "unreadable" }),
    searchText: () => ({ kind: "unreadable" }),
    lineKey: (text) => text,
    linesKey: () => null,
    work: { words: 0, postings: 0, candidates: 0, steps: 0 },
    findIdentifier: () => [],
    mayFindIdentifier: () => false,
    linkedTo: () => [],
    places: () => [],
    designations: () => designations.values(),
  };
}

/** An engine whose snapshots are the designations as JSON, sorted by id. */
export const fakeEngine: Engine = {
  version: "test-engine",
  compile: (designations) => {
    const sorted = [...designations].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const snapshot = Buffer.from(JSON.stringify(sorted), "utf8");
    const version = createHash("sha256").update(snapshot).digest("hex");
    return Promise.resolve({ snapshot, version, names: designations.length });
  },
  open: (snapshot) => {
    const text = Buffer.from(snapshot).toString("utf8");
    if (!text.startsWith("[")) throw new CordonError("SNAPSHOT_INVALID", "no snapshot of this engine");
    return indexOf(JSON.parse(text) as Designation[]);
  },
  selfCheck: () => {},
};
