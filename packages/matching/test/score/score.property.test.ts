import fc from "fast-check";
import { expect, test } from "vitest";

import { bestAssignment, edgedRows, takeAllIfFree } from "../../src/score/assignment.ts";
import { BELOW, bestScore, newComparison, reserve } from "../../src/score/score.ts";

interface Case {
  readonly query: readonly number[];
  readonly row: readonly number[];
  readonly percent: readonly (readonly number[])[];
  readonly alpha: number;
  readonly beta: number;
  readonly threshold: number;
}

const weights = fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 4 });
const percents = fc.oneof(fc.constant(0), fc.constant(100), fc.integer({ min: 70, max: 100 }));

const cases: fc.Arbitrary<Case> = fc.tuple(weights, weights).chain(([query, row]) =>
  fc.record({
    query: fc.constant(query),
    row: fc.constant(row),
    percent: fc.array(fc.array(percents, { minLength: row.length, maxLength: row.length }), {
      minLength: query.length,
      maxLength: query.length,
    }),
    alpha: fc.integer({ min: 10, max: 100 }),
    beta: fc.integer({ min: 10, max: 100 }),
    threshold: fc.integer({ min: 50, max: 100 }),
  }),
);

/** Every partial matching, as an array of column or -1 for each row. */
function* matchings(m: number, n: number, taken: readonly number[] = []): Generator<readonly number[]> {
  if (taken.length === m) {
    yield taken;
    return;
  }
  yield* matchings(m, n, [...taken, -1]);
  for (let j = 0; j < n; j++) if (!taken.includes(j)) yield* matchings(m, n, [...taken, j]);
}

/** The definition of the score, in BigInt, without gains or iteration. */
function scoreByEnumeration({ query, row, percent, alpha, beta, threshold }: Case): number {
  let best: readonly [bigint, bigint] = [0n, 1n];
  for (const matching of matchings(query.length, row.length)) {
    let numerator = 0;
    let denominator = 0;
    for (const [i, j] of matching.entries()) {
      const similarity = percent[i]?.[j] ?? 0;
      const weight = row[j] ?? 0;
      if (j < 0) denominator += alpha * (query[i] ?? 0);
      else if (similarity === 0) denominator += 1e9;
      else {
        numerator += 200 * similarity * weight;
        denominator += 200 * weight;
      }
    }
    for (const [j, weight] of row.entries()) if (!matching.includes(j)) denominator += beta * weight;
    const [p, q] = [BigInt(numerator), BigInt(denominator)];
    if (p * best[1] > best[0] * q) best = [p, q];
  }
  if (best[0] < BigInt(threshold) * best[1]) return BELOW;
  return Number((best[0] * 100n) / best[1]);
}

/** `bestScore` reads the penalties of single words only. */
const PLAIN = {
  conflict: 0,
  otherFirst: 0,
  missingFirst: 0,
  common: 0,
  commonAlone: 0,
  otherNumber: 0,
  besideOneWord: 0,
  lightestBeside: 0,
};

function scoreByKernel({ query, row, percent, alpha, beta, threshold }: Case): number {
  const comparison = newComparison();
  reserve(comparison, query.length, row.length);
  comparison.queryWeights.set(query);
  comparison.rowWeights.set(row);
  comparison.percent.set(percent.flat());
  return bestScore(comparison, { ...PLAIN, alpha, beta }, threshold);
}

test("the score is the greatest ratio over all matchings, floored once", () => {
  fc.assert(
    fc.property(cases, (each) => {
      expect(scoreByKernel(each)).toBe(scoreByEnumeration(each));
    }),
    { numRuns: 4000 },
  );
});

test("a greater similarity never lowers a score", () => {
  fc.assert(
    fc.property(cases, fc.nat(), fc.nat(), (each, a, b) => {
      const i = a % each.query.length;
      const j = b % each.row.length;
      const raised = each.percent.map((line, at) => line.map((s, to) => (at === i && to === j ? 100 : s)));
      expect(scoreByKernel({ ...each, percent: raised })).toBeGreaterThanOrEqual(scoreByKernel(each));
    }),
    { numRuns: 1000 },
  );
});

test("rows of any length are scored whole, and identical long names score 100", () => {
  const n = 64;
  const percent = Array.from({ length: n }, () => Array.from({ length: n }, () => 100));
  const weights12 = Array.from({ length: n }, () => 12);
  const each = { query: weights12, row: weights12, percent, alpha: 70, beta: 25, threshold: 85 };
  expect(scoreByKernel(each)).toBe(10_000);
  const twice = [...weights12, ...weights12];
  const wide = percent.map((line) => [...line, ...line]);
  // 64 of 128 words: 2 / (2 + 0.25) of the weight.
  expect(scoreByKernel({ ...each, row: twice, percent: wide })).toBe(8888);
});

test("the general assignment agrees with the easy case, where that applies", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 6 }),
      fc.infiniteStream(fc.nat(9)),
      (m, n, values) => {
        const gain = Float64Array.from({ length: m * n }, () => {
          const value = values.next().value ?? 0;
          return value < 7 ? 0 : value - 3;
        });
        const match = new Int32Array(m);
        const easy = takeAllIfFree(gain, m, n, match);
        const rows = new Int32Array(m);
        const edged = edgedRows(gain, m, n, rows);
        expect(easy >= 0 ? bestAssignment(gain, rows, edged, n, match) : easy).toBe(easy);
      },
    ),
    { numRuns: 1000 },
  );
});
