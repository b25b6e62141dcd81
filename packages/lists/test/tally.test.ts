import { expect, test } from "vitest";

import { createTally } from "../src/tally.ts";

test("a tally counts by kind, sorted", () => {
  const tally = createTally();
  tally.count("b");
  tally.count("a", 3);
  tally.count("b");
  expect(Object.entries(tally.counts())).toEqual([
    ["a", 3],
    ["b", 2],
  ]);
});

test("a tally has a bounded number of kinds and loses no count", () => {
  const tally = createTally();
  for (let n = 0; n < 1000; n += 1) tally.count(`kind ${String(n)}`);
  const counts = tally.counts();
  expect(Object.keys(counts)).toHaveLength(201);
  expect(counts["other"]).toBe(800);
});
