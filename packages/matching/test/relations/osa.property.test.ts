import fc from "fast-check";
import { expect, test } from "vitest";

import { boundedOsa } from "../../src/relations/osa.ts";
import { words } from "../arbitraries.ts";

/** The textbook recurrence over the whole matrix. */
function naiveOsa(a: string, b: string): number {
  const width = b.length + 1;
  const d = Array.from({ length: (a.length + 1) * width }, (_, at) =>
    at < width ? at : at % width === 0 ? at / width : 0,
  );
  const cell = (i: number, j: number): number => d[i * width + j] ?? Number.NaN;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, cell(i - 2, j - 2) + 1);
      d[i * width + j] = best;
    }
  }
  return cell(a.length, b.length);
}

test("the banded distance is the distance, or one more than its limit", () => {
  fc.assert(
    fc.property(words(0, 14), words(0, 14), fc.integer({ min: 0, max: 6 }), (a, b, limit) => {
      expect(boundedOsa(a, b, limit)).toBe(Math.min(naiveOsa(a, b), limit + 1));
    }),
    { numRuns: 8000 },
  );
});

test("it is symmetric, and has no longest word", () => {
  fc.assert(
    fc.property(words(0, 12), words(0, 12), (a, b) => {
      expect(boundedOsa(a, b, 3)).toBe(boundedOsa(b, a, 3));
    }),
    { numRuns: 2000 },
  );
  const long = "abc".repeat(1000);
  expect(boundedOsa(long, `${long}x`, 2)).toBe(1);
});
