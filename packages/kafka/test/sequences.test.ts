import { expect, test } from "vitest";

import { createSequences } from "../src/sequences.ts";

const first = { topic: "t", partition: 0 };

test("records of each partition are numbered from 0, one after another", () => {
  const sequences = createSequences();
  expect(sequences.take(first, 10)).toBe(0);
  expect(sequences.take(first, 5)).toBe(10);
  expect(sequences.take({ topic: "t", partition: 1 }, 1)).toBe(0);
  expect(sequences.take({ topic: "u", partition: 0 }, 1)).toBe(0);
  expect(sequences.take(first, 1)).toBe(15);
});

test("numbers that were given back are taken by the next records", () => {
  const sequences = createSequences();
  sequences.take(first, 10);
  sequences.giveBack(first, 4);
  expect(sequences.take(first, 1)).toBe(6);
});

test("after the largest int32 comes 0", () => {
  const sequences = createSequences();
  sequences.take(first, 2 ** 31 - 1);
  expect(sequences.take(first, 3)).toBe(2 ** 31 - 1);
  expect(sequences.take(first, 1)).toBe(2);
  sequences.giveBack(first, 5);
  expect(sequences.take(first, 1)).toBe(2 ** 31 - 2);
});
