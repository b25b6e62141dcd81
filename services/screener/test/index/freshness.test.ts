import { expect, test } from "vitest";

import { indexAge } from "../../src/index/freshness.ts";
import { generation } from "../support/bench.ts";
import { listed, listState } from "../support/fake-index.ts";

const { manifest } = generation(1, [listed("GIM0001", "Goran Jalal"), listed("QDi.001", "Alen Basil", "un")]);

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
