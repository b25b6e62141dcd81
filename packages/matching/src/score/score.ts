import { BADLY_SPELT_PERCENT, SLIP_PERCENT } from "../relations/similarity.ts";
import { bestAssignment, edgedRows, takeAllIfFree } from "./assignment.ts";
import type { Profile } from "./profile.ts";

/** Nothing reaches the threshold. */
export const BELOW = -1;

/** Score of two names that are equal without spaces, hundredths of a percent. */
export const SPACELESS_SCORE = 9800;

/** More words than this in a query are refused, not cut: see `SearchResult`. */
export const LONGEST_QUERY = 64;

/**
 * Largest row: keeps every product of the kernel below 2^53. With 64 query words, weights up to 16 and n list words,
 * an edge is at most 200 * 100 * 16 * q with q <= 64 * 16 * 300 + 100 * 16 * n, and at most 64 edges are summed.
 */
export const LONGEST_ROW = 65_535;

/**
 * One comparison of a query with a list row, filled by the caller and read by the kernel. Growable scratch: reused for
 * every pair, so it allocates only when a longer name comes.
 */
export interface Comparison {
  /** Words of the query and of the row. */
  m: number;
  n: number;
  /** Every word of the query stands for signs: all of the name, in its order but for which comes first. */
  signs: boolean;
  readonly queryWeights: Int32Array;
  rowWeights: Int32Array;
  /** Of a query of signs only: 1 for a list word that is a Chinese or Korean syllable. */
  rowSyllables: Uint8Array;
  /** `percent[i * n + j]`: similarity of query word i and list word j, 0..100. */
  percent: Uint8Array;
  /** Result: `match[i]` is the list word matched with query word i, or -1. */
  readonly match: Int32Array;
  /** Scratch of the assignment. */
  gain: Float64Array;
  readonly edged: Int32Array;
  /** Steps done so far, counted alike on every machine; the caller bounds it. */
  work: number;
}

export function newComparison(): Comparison {
  return {
    m: 0,
    n: 0,
    signs: false,
    queryWeights: new Int32Array(LONGEST_QUERY),
    rowWeights: new Int32Array(32),
    rowSyllables: new Uint8Array(32),
    percent: new Uint8Array(LONGEST_QUERY * 32),
    match: new Int32Array(LONGEST_QUERY),
    gain: new Float64Array(LONGEST_QUERY * 32),
    edged: new Int32Array(LONGEST_QUERY),
    work: 0,
  };
}

/** Makes room for a row of `n` words and clears the similarities. */
export function reserve(comparison: Comparison, m: number, n: number): void {
  if (n > comparison.rowWeights.length) {
    comparison.rowWeights = new Int32Array(n * 2);
    comparison.rowSyllables = new Uint8Array(n * 2);
  }
  if (m * n > comparison.percent.length) {
    comparison.percent = new Uint8Array(m * n * 2);
    comparison.gain = new Float64Array(m * n * 2);
  }
  comparison.m = m;
  comparison.n = n;
  comparison.percent.fill(0, 0, m * n);
}

/**
 * The score of a comparison, integer hundredths of a percent, or `BELOW` if it is under `threshold` percent.
 *
 *   S = max over matchings M of
 *         sum_M 200 * s * w_j / (sum_M 200 * w_j + A * unmatched query weight + B * unmatched list weight)
 *
 * Dinkelbach's iteration: for a ratio p/q that some matching reaches, the matching that maximises
 * q * numerator - p * denominator either proves p/q greatest (value 0) or reaches a greater one. p and q stay exact
 * integers; the score is floored once, at the end. The first ratio is the threshold itself.
 * Leaves in `match` a matching that has the score.
 */
export function bestScore(comparison: Comparison, profile: Profile, threshold: number): number {
  const { m, n, queryWeights, rowWeights, percent, gain, match } = comparison;
  const base = profile.alpha * sum(queryWeights, m) + profile.beta * sum(rowWeights, n);
  let p = threshold;
  let q = 1;
  for (;;) {
    for (let i = 0; i < m; i++) {
      const saved = profile.alpha * queryWeights[i]!;
      for (let j = 0; j < n; j++) {
        const at = i * n + j;
        const s = percent[at]!;
        const w = rowWeights[j]!;
        gain[at] = s === 0 ? 0 : q * 200 * s * w - p * (200 * w - saved - profile.beta * w);
      }
    }
    let value = takeAllIfFree(gain, m, n, match);
    comparison.work += m * n;
    if (value < 0) {
      const edged = edgedRows(gain, m, n, comparison.edged);
      value = bestAssignment(gain, comparison.edged, edged, n, match);
      comparison.work += edged * edged * (n + edged);
    }
    if (value < p * base) return BELOW;
    if (value === p * base) return Math.floor((100 * p) / q);
    p = 0;
    q = base;
    for (let i = 0; i < m; i++) {
      const j = match[i]!;
      if (j < 0) continue;
      const w = rowWeights[j]!;
      p += 200 * percent[i * n + j]! * w;
      q += 200 * w - profile.alpha * queryWeights[i]! - profile.beta * w;
    }
  }
}

function sum(weights: Int32Array, length: number): number {
  let total = 0;
  for (let i = 0; i < length; i++) total += weights[i]!;
  return total;
}

/**
 * The score of a comparison: `bestScore` of the words, less what the whole tells against it, or `BELOW`. It is never
 * greater than `bestScore`, so every bound on that one holds for it too.
 */
export function scoreOf(comparison: Comparison, profile: Profile, threshold: number): number {
  let words = bestScore(comparison, profile, threshold);
  if (words === BELOW) return BELOW;
  if (hasUnfoundedSlip(comparison)) {
    withoutSlips(comparison);
    words = bestScore(comparison, profile, threshold);
    if (words === BELOW) return BELOW;
  }
  const score = words - deduction(comparison, profile);
  return score < threshold * 100 ? BELOW : score;
}

/** Other words that fit nearly at least, and what those must weigh together. */
const NEARLY = 86;
const LEAST_BESIDE_SLIP = 8;

/**
 * Whether `match` pairs a short word with one an edit away though the rest does not tell that it is meant: each other word that
 * counts must have its partner, nearly the same at least, and together they must weigh enough.
 */
function hasUnfoundedSlip(comparison: Comparison): boolean {
  const { m, n, match, percent, rowWeights } = comparison;
  let slips = 0;
  let unlike = false;
  let beside = 0;
  for (let i = 0; i < m; i++) {
    const j = match[i]!;
    if (j < 0) continue;
    const s = percent[i * n + j]!;
    if (isSlip(s)) slips++;
    else if (s >= NEARLY) beside += rowWeights[j]!;
    else unlike = true;
  }
  if (slips === 0) return false;
  if (slips > 1 || unlike || beside < LEAST_BESIDE_SLIP) return true;
  const { query, row } = remainders(comparison);
  return query > 0 || row > 0;
}

function withoutSlips({ m, n, percent }: Comparison): void {
  for (let at = 0; at < m * n; at++) if (isSlip(percent[at]!)) percent[at] = 0;
}

function isSlip(percent: number): boolean {
  return percent === SLIP_PERCENT || percent === BADLY_SPELT_PERCENT;
}

/** Lighter words (particles, titles, legal forms) neither differ nor begin a name. */
const LIGHTEST_THAT_COUNTS = 3;
const NUMBER_WEIGHT = 16;
/** More would leave nothing of a score that is low anyway, and tell a reader less. */
const MOST_DEDUCTED = 2000;
/** Matched words that weigh less are borne by many, who differ by the words that are missing. */
export const ENOUGH_WEIGHT = 17;

/**
 * Hundredths of a percent that differing words take off, from weights, places and `match` alone:
 * - `conflict`: where words remain on both sides, that percent of (lighter remainder / matched list weight), so that
 *   Ivan Petrovich is not Ivan Nikolaevich, nor a trading house the shipping company of its group;
 * - `otherFirst`, `missingFirst`: names that differ by who comes first are those of a family, not of one person;
 * - `common`, `commonAlone`: Abdullah Hussain need not be Abdullah Khalil Hussain, nor the other way round;
 * - `OTHER_ORDER`, `OTHER_SIGNS`: 광수 is Kwang-su, never Su-kwang, nor 선광수;
 * - `besideOneWord`: Isis Lopez is not ISIS;
 * - `otherNumber`, `NUMBER_ALONE`: Unit 840 is not Unit 340, nor is No. 1 the ship of that number.
 */
export function deduction(comparison: Comparison, profile: Profile): number {
  return Math.min(MOST_DEDUCTED, differences(comparison, profile));
}

function differences(comparison: Comparison, profile: Profile): number {
  const { m, n, queryWeights, rowWeights, match } = comparison;
  const remaining = remainders(comparison);
  let points = 0;
  const lighter = Math.min(remaining.query, remaining.row);
  if (lighter > 0) points += Math.floor((profile.conflict * 100 * lighter) / remaining.matched);
  if (remaining.matched < ENOUGH_WEIGHT) {
    const lacking = ENOUGH_WEIGHT - remaining.matched;
    if (remaining.row > 0) points += profile.common * lacking;
    else if (remaining.query > 0) points += profile.commonAlone * lacking;
  }
  if (remaining.queryNumber && remaining.rowNumber) points += profile.otherNumber;
  if (remaining.row > 0 && remaining.named === 0) points += NUMBER_ALONE;
  if (comparison.signs) {
    if (!standsInOrder(comparison)) points += OTHER_ORDER;
    if (remaining.query > 0 || remaining.row > 0) points += OTHER_SIGNS;
    else if (hasOtherSyllable(comparison, remaining.taken)) points += OTHER_ORDER;
  }
  if (
    remaining.query >= profile.lightestBeside &&
    remaining.query > 0 &&
    remaining.row === 0 &&
    countingWords(rowWeights, n) === 1
  )
    points += profile.besideOneWord;

  let i = 0;
  while (i < m && queryWeights[i]! < LIGHTEST_THAT_COUNTS) i++;
  let j = 0;
  while (j < n && rowWeights[j]! < LIGHTEST_THAT_COUNTS) j++;
  if (i === m || j === n) return points;
  const queryFirst = match[i]! < 0;
  const rowFirst = !remaining.taken(j);
  if (queryFirst && rowFirst) return points + profile.otherFirst;
  if (queryFirst && m - i > 2 && nextPairs(comparison, i, j)) return points + profile.missingFirst * queryWeights[i]!;
  if (rowFirst && n - j > 2) return points + profile.missingFirst * rowWeights[j]!;
  return points;
}

/** `No. 1` is nobody, whatever else is called so. */
const NUMBER_ALONE = 2000;

/** More than most names of signs that differ by nothing else have above the threshold. */
const OTHER_ORDER = 1500;
/** One sign more or less makes another name. */
const OTHER_SIGNS = 500;

/** A listed syllable that has no partner is one more sign, though it be light as a particle: Lo, Na. */
function hasOtherSyllable({ n, rowSyllables }: Comparison, isTaken: (j: number) => boolean): boolean {
  for (let j = 0; j < n; j++) if (rowSyllables[j] === 1 && !isTaken(j)) return true;
  return false;
}

/** The list words that `match` pairs follow each other as the query's do, where the last is followed by the first. */
function standsInOrder({ m, match }: Comparison): boolean {
  let first = -1;
  let last = -1;
  let turns = 0;
  for (let i = 0; i < m; i++) {
    const j = match[i]!;
    if (j < 0) continue;
    if (first < 0) first = j;
    else if (j < last) turns++;
    last = j;
  }
  if (last >= 0 && first < last) turns++;
  return turns <= 1;
}

function countingWords(weights: Int32Array, length: number): number {
  let count = 0;
  for (let at = 0; at < length; at++) if (weights[at]! >= LIGHTEST_THAT_COUNTS) count++;
  return count;
}

/** The first counting word after query word i is matched with list word j. */
function nextPairs({ queryWeights, match, m }: Comparison, i: number, j: number): boolean {
  const next = nextCounting(queryWeights, i, m);
  return next < m && match[next] === j;
}

function nextCounting(weights: Int32Array, from: number, end: number): number {
  let at = from + 1;
  while (at < end && weights[at]! < LIGHTEST_THAT_COUNTS) at++;
  return at;
}

let rowTaken = new Uint8Array(64);
const left = { query: 0, row: 0, matched: 0, named: 0, queryNumber: false, rowNumber: false, taken };

function taken(j: number): boolean {
  return rowTaken[j] === 1;
}

/** Weights of the words that have no partner, light ones apart. Scratch: holds until the next call. */
function remainders({ m, n, queryWeights, rowWeights, match }: Comparison): typeof left {
  if (rowTaken.length < n) rowTaken = new Uint8Array(n * 2);
  rowTaken.fill(0, 0, n);
  left.query = left.row = left.matched = left.named = 0;
  left.queryNumber = left.rowNumber = false;
  for (let i = 0; i < m; i++) {
    const j = match[i]!;
    if (j >= 0) {
      rowTaken[j] = 1;
      left.matched += rowWeights[j]!;
      if (rowWeights[j]! >= LIGHTEST_THAT_COUNTS && rowWeights[j] !== NUMBER_WEIGHT) left.named += rowWeights[j]!;
    } else if (queryWeights[i]! >= LIGHTEST_THAT_COUNTS) {
      left.query += queryWeights[i]!;
      if (queryWeights[i] === NUMBER_WEIGHT) left.queryNumber = true;
    }
  }
  for (let j = 0; j < n; j++) {
    if (rowTaken[j] === 1 || rowWeights[j]! < LIGHTEST_THAT_COUNTS) continue;
    left.row += rowWeights[j]!;
    if (rowWeights[j] === NUMBER_WEIGHT) left.rowNumber = true;
  }
  return left;
}

/** Weight of the list words that `match` pairs at 100 percent: breaks ties between equal scores. */
export function exactWeight({ m, n, match, percent, rowWeights }: Comparison): number {
  let total = 0;
  for (let i = 0; i < m; i++) {
    const j = match[i]!;
    if (j >= 0 && percent[i * n + j] === 100) total += rowWeights[j]!;
  }
  return total;
}
