import type { IndexManifest, ListState } from "@cordon/index-store";
import { expect, test } from "vitest";

import { staleLists } from "../../start/await-index.ts";

function state(list: string, checkedAt: number): ListState {
  return {
    list,
    checkedAt,
    entries: 1,
    publishedAt: null,
    source: "",
    contentHash: "",
    etag: null,
    lastModified: null,
  };
}

function manifest(...lists: readonly string[]): IndexManifest {
  return {
    version: "v",
    generation: 1,
    bytes: 1,
    chunks: 1,
    engineVersion: "1",
    createdAt: 0,
    lists: lists.map((list) => ({ list, entries: 1, publishedAt: null })),
  };
}

test("lists read since the start are fresh", () => {
  expect(staleLists(manifest("uk"), [state("uk", 1000)], { enabled: ["uk"], since: 1000 })).toEqual([]);
});

test("a list read before the start, or never, is not", () => {
  expect(staleLists(manifest("uk"), [state("uk", 999)], { enabled: ["uk", "un"], since: 1000 })).toEqual(["uk", "un"]);
});

test("an index that still has a list that is off is not", () => {
  expect(staleLists(manifest("uk", "un"), [state("uk", 1000)], { enabled: ["uk"], since: 1000 })).toEqual(["un"]);
});
