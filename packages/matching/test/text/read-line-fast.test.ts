import { expect, test } from "vitest";

import { phraseWords } from "../../src/normalise/phrase-table.ts";
import { DIGITS_OF_NUMBER, LEAST_OF_NUMBERS, weightOf, weightTable } from "../../src/weights/weight.ts";

test("no phrase has a number that the reader of lines passes over", () => {
  const number = new RegExp(`[0-9]{${String(DIGITS_OF_NUMBER)}}`);
  expect([...phraseWords].filter((word) => number.test(word))).toEqual([]);
});

test("no number and no code weighs less than the sieve of lines says", () => {
  const numbers = [...weightTable].filter(([word]) => /[0-9]{3}/.test(word));
  expect(numbers.filter(([, weight]) => weight < LEAST_OF_NUMBERS)).toEqual([]);
  expect(LEAST_OF_NUMBERS).toBeLessThanOrEqual(Math.min(weightOf("4711"), weightOf("inv4711")));
});
