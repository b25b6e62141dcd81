import type { IndexManifest } from "@cordon/index-store";
import { expect, test } from "vitest";

import { indexAge, timesAhead } from "../../src/index/freshness.ts";
import { listState } from "../../src/testing/fake-index.ts";

const manifest: IndexManifest = {
  version: "version-1",
  generation: 1,
  bytes: 1,
  chunks: 1,
  engineVersion: "test-engine",
  createdAt: 0,
  lists: ["uk", "un"].map((list) => ({ list, entries: 1, publishedAt: "2026-04-29" })),
};

test("an index is as old as its list that was checked longest ago", () => {
  expect(indexAge(manifest, [listState("uk", 700), listState("un", 900)], 1000)).toBe(300);
});

test("the state of a list that is not in the index does not count", () => {
  expect(indexAge(manifest, [listState("uk", 700), listState("un", 900), listState("ofac", 1)], 1000)).toBe(300);
});

test("a list that nobody vouches for makes the index infinitely old", () => {
  expect(indexAge(manifest, [listState("uk", 700)], 1000)).toBe(Number.POSITIVE_INFINITY);
  expect(indexAge({ ...manifest, lists: [] }, [], 1000)).toBe(Number.POSITIVE_INFINITY);
});

test("a clock that runs behind the publisher's gives no negative age", () => {
  expect(indexAge(manifest, [listState("uk", 1200), listState("un", 1300)], 1000)).toBe(0);
});

test.each([
  { ahead: 300_000, age: 0, told: [] },
  { ahead: 300_001, age: Number.POSITIVE_INFINITY, told: ["un"] },
  { ahead: 10 * 365 * 86_400_000, age: Number.POSITIVE_INFINITY, told: ["un"] },
])("a list that was checked $ahead ms in the future vouches for it at most within five minutes", (row) => {
  const states = [listState("uk", 1000), listState("un", 1000 + row.ahead), listState("eu", 99 * row.ahead)];
  expect(indexAge({ ...manifest, lists: manifest.lists.slice(1) }, states, 1000)).toBe(row.age);
  expect(timesAhead(manifest, states, 1000)).toEqual(row.told);
});

test("an index that was published in the future is told", () => {
  expect(timesAhead({ ...manifest, createdAt: 301_001 }, [], 1000)).toEqual(["published"]);
});
