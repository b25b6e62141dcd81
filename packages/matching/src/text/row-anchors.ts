import { atOnce } from "../at-once.ts";
import { bucketOf, NO_TOKEN, type Rows } from "../retrieval/postings.ts";
import { textProfile } from "../score/profile.ts";
import { canBeContained, gainOf } from "./contained-name.ts";

/**
 * For each token of the dictionary the rows it is an anchor of: postings `heads[2 * t] .. heads[2 * t + 2]`, counted in
 * postings, of two words each:
 *
 *   row 24 | kind 8,   p1 12 | p2 12
 *
 * `kind` says how many words the row has, see below. p1 and p2 are buckets of other words of the row: no part of a line
 * can reach the threshold without both of them, or, with `EITHER`, without one of them. `NO_TOKEN` where there is none.
 * `heads[2 * t + 1]` sums up the token's postings: two buckets, 12 bits each, one of which each of them with other words
 * needs (or `NO_TOKEN`), the widest kind of these in 3 bits, and whether there are such, and rows of this word alone.
 */
export interface Anchors {
  readonly heads: Uint32Array;
  readonly postings: Uint32Array;
}

export const ANCHOR_WORDS = 2;
/** Kinds: a row of this word alone; of two to six words that weigh no more than rare ones do, by their number less one; any other. */
export const ALONE = 0;
export const OTHERS = 6;
export const KIND = 7;
/** Added to the kind: one of the partners is enough. */
export const EITHER = 8;
/** What rows of each kind weigh at most. */
export const mostWeightOfKind: readonly number[] = [0, 28, 40, 52, 64, 76];
/** Bits of the sum. */
export const SUM_KIND = 24;
export const HAS_ALONE = 1 << 27;
export const HAS_OTHERS = 1 << 28;

export interface AnchoredDictionary {
  readonly size: number;
  readonly weights: Uint8Array;
  readonly textOf: (id: number) => string;
}

function canBeAnywhere(word: string, weight: number): boolean {
  return canBeContained(1, word, weight, "line") || canBeContained(1, word, weight, "name");
}

/** Words of every language and numbers stand in more lines than on lists: a row is filed under them where it has no other. */
const ORDINARY = 16;

function isOrdinary(weight: number): boolean {
  return weight < LEAST_OF_NAMES || weight > RARE;
}

const LEAST_OF_NAMES = 8;
const RARE = 12;

interface Filed {
  readonly token: number;
  readonly row: number;
  readonly kind: number;
  readonly partners: Partners;
}

/** `either`: no part reaches the threshold without one of the two; else without both. */
interface Partners {
  readonly either: boolean;
  readonly p1: number;
  readonly p2: number;
}

/**
 * Each row under enough of its words that no part of a line can reach the threshold without one of them: if all the
 * others were matched at 100 percent, their gains would still be less than `threshold * beta * (weight of the row)`.
 * Taken are the words of the fewest rows, so common words file next to nothing. Anchors for a threshold serve every
 * higher one. Rows that can never be found in a line are left out.
 */
export function anchorRows(dictionary: AnchoredDictionary, rows: Rows, threshold: number): Anchors {
  return atOnce(anchoringSteps(dictionary, rows, threshold));
}

/** Rows filed, or words summed up, in one step: some milliseconds. */
const AT_A_STEP = 1 << 13;

/** The same, in steps. */
export function* anchoringSteps(
  dictionary: AnchoredDictionary,
  rows: Rows,
  threshold: number,
): Generator<void, Anchors, void> {
  const { weights, size } = dictionary;
  const uses = new Uint32Array(size);
  for (const word of rows.tokens) uses[word >>> 8]! += isOrdinary(weights[word >>> 8]!) ? ORDINARY : 1;
  const counts = new Uint32Array(size + 1);
  const filed: Filed[] = [];
  const least = threshold * textProfile.beta;
  const gain = gainOf(100, 1, threshold);
  for (let row = 0; row + 1 < rows.starts.length; row++) {
    if (row % AT_A_STEP === AT_A_STEP - 1) yield;
    const tokens = Array.from(rows.tokens.subarray(rows.starts[row], rows.starts[row + 1]), (word) => word >>> 8);
    if (tokens.length === 1 && !canBeAnywhere(dictionary.textOf(tokens[0]!), weights[tokens[0]!]!)) continue;
    const whole = tokens.reduce((sum, token) => sum + weights[token]!, 0);
    const rarest = tokens.toSorted((a, b) => uses[a]! - uses[b]! || a - b);
    const kind = kindOf(tokens.length, whole);
    const isNeeded = (missing: number): boolean => (whole - missing) * gain < least * whole;
    let left = whole;
    for (const [at, token] of rarest.entries()) {
      if (left * gain < least * whole) break;
      left -= weights[token]!;
      if (at > 0 && token === rarest[at - 1]) continue;
      counts[token + 1]!++;
      filed.push({ token, row, kind, partners: partnersOf(rarest.toSpliced(at, 1), weights, isNeeded) });
    }
  }
  yield;
  return yield* arranged(filed, counts);
}

function kindOf(words: number, weight: number): number {
  if (words === 1) return ALONE;
  return weight <= (mostWeightOfKind[words - 1] ?? 0) ? words - 1 : OTHERS;
}

/**
 * Of the other words of a row, rarest first: those whose absence alone tells against it, or two whose absence together
 * does. A word that stands there twice is its own partner.
 */
function partnersOf(others: readonly number[], weights: Uint8Array, isNeeded: (missing: number) => boolean): Partners {
  const needed = others.filter((token) => others.length === 1 || isNeeded(weights[token]!));
  const [first, second] = needed;
  if (first !== undefined)
    return { either: false, p1: bucketOf(first), p2: second === undefined ? NO_TOKEN : bucketOf(second) };
  for (const [at, one] of others.entries())
    for (const two of others.slice(at + 1))
      if (others.length === 2 || isNeeded(weights[one]! + weights[two]!))
        return { either: true, p1: bucketOf(one), p2: bucketOf(two) };
  return { either: true, p1: NO_TOKEN, p2: NO_TOKEN };
}

function* arranged(filed: readonly Filed[], counts: Uint32Array): Generator<void, Anchors, void> {
  const size = counts.length - 1;
  for (let token = 0; token < size; token++) counts[token + 1]! += counts[token]!;
  const ends = counts.slice();
  const postings = new Uint32Array(filed.length * ANCHOR_WORDS);
  const filedUnder: Filed[][] = Array.from({ length: size }, () => []);
  for (const [order, each] of filed.entries()) {
    if (order % AT_A_STEP === AT_A_STEP - 1) yield;
    filedUnder[each.token]!.push(each);
    const at = ends[each.token]!++ * ANCHOR_WORDS;
    postings[at] = ((each.row << 8) | each.kind | (each.partners.either ? EITHER : 0)) >>> 0;
    postings[at + 1] = each.partners.p1 | (each.partners.p2 << 12);
  }
  const heads = new Uint32Array((size + 1) * 2);
  for (let token = 0; token <= size; token++) heads[2 * token] = counts[token]!;
  for (let token = 0; token < size; token++) {
    if (token % AT_A_STEP === AT_A_STEP - 1) yield;
    heads[2 * token + 1] = sumOf(filedUnder[token]!);
  }
  return { heads, postings };
}

/** See `Anchors`. */
function sumOf(filed: readonly Filed[]): number {
  const others = filed.filter(({ kind }) => kind !== ALONE);
  const flags = (others.length < filed.length ? HAS_ALONE : 0) | (others.length > 0 ? HAS_OTHERS : 0);
  const kind = others.reduce((widest, each) => Math.max(widest, each.kind), 0);
  const [s1, s2] = coverOf(others.map(({ partners }) => partners));
  return (flags | (kind << SUM_KIND) | s1 | (s2 << 12)) >>> 0;
}

const NO_COVER = [NO_TOKEN, NO_TOKEN] as const;

/** Two buckets one of which must be met for each of these; `NO_TOKEN` twice if two are too few. */
function coverOf(partners: readonly Partners[]): readonly [number, number] {
  const either = partners.find((each) => each.either);
  if (either !== undefined) {
    const cover = [either.p1, either.p2] as const;
    return partners.every((each) => isCovered(each, cover)) ? cover : NO_COVER;
  }
  const first = mostCommon(partners);
  const rest = partners.filter((each) => !isCovered(each, [first, first]));
  const second = rest.length === 0 ? first : mostCommon(rest);
  return rest.every((each) => isCovered(each, [first, second])) ? [first, second] : NO_COVER;
}

function isCovered({ either, p1, p2 }: Partners, cover: readonly [number, number]): boolean {
  return either ? cover.includes(p1) && cover.includes(p2) : cover.includes(p1) || cover.includes(p2);
}

/** The least of the buckets that most of these need. */
function mostCommon(partners: readonly Partners[]): number {
  const counts = new Map<number, number>();
  for (const { p1, p2 } of partners)
    for (const bucket of p1 === p2 ? [p1] : [p1, p2])
      if (bucket !== NO_TOKEN) counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  let best = NO_TOKEN;
  for (const [bucket, count] of counts) {
    const known = counts.get(best) ?? 0;
    if (count > known || (count === known && bucket < best)) best = bucket;
  }
  return best;
}
