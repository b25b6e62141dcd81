import { type ComparableName, type ComparedWords, fillComparison, relationBetween } from "../engine/compare-names.ts";
import { WORK_LIMIT } from "../engine/work.ts";
import { isPopular } from "../names/known.ts";
import { SOUTHERN } from "../normalise/marked-words.ts";
import { isHeardHangul } from "../relations/heard/heard.ts";
import { BADLY_SPELT_PERCENT, type Term } from "../relations/similarity.ts";
import { textProfile } from "../score/profile.ts";
import { BELOW, type Comparison, exactWeight, LONGEST_QUERY, scoreOf } from "../score/score.ts";
import type { TextPlace } from "../search.ts";
import { joiningWords } from "./joining-words.ts";
import { lineWords } from "./line-words.ts";
import type { Line } from "./line.ts";
import { BEFORE, BEHIND, BOTH_SIDES, LIGHT } from "./surroundings.ts";

/** The part of a line that reads like a listed name. */
export interface ContainedName {
  /** Hundredths of a percent. */
  readonly score: number;
  /** The words of the line that were compared, `[from, to)`: the part and the names right beside it. */
  readonly from: number;
  readonly to: number;
  readonly exactWeight: number;
  /** How much its words stand as those of the listed name do. */
  readonly order: number;
}

/** Words of a line that may make one part: two more are left for the names beside it. */
export const LONGEST_PART = LONGEST_QUERY - 2;

/** Two words of the list that weigh so much each, and together so much, of so many letters: else a part tells too little. */
const LEAST_WORD = 3;
const LEAST_WEIGHT = 14;
const LEAST_LETTERS = 7;

/** A name that tells less counts if it is there whole, letter for letter, and stands alone. */
const LEAST_WEIGHT_ALONE = 8;
const LEAST_LETTERS_ALONE = 5;
const LEAST_WEIGHT_OF_ONE_WORD = 12;
const LEAST_LETTERS_OF_ONE_WORD = 6;

function isLongWord(word: string, weight: number): boolean {
  return word.length >= LEAST_LETTERS_OF_ONE_WORD && weight >= LEAST_WEIGHT_OF_ONE_WORD;
}

/** Between other names, a name counts if so much of it is there letter for letter: a common one may be made of two. */
const LEAST_WEIGHT_OF_TWO_WORDS = 18;
const LEAST_WEIGHT_OF_THREE_WORDS = 15;

/** In a field for a name. */
const LEAST_LETTERS_IN_NAME = 3;

/** Whether a listed name of so many words could ever be found in such a place; of one word only some can. */
export function canBeContained(words: number, first: string, weight: number, place: TextPlace): boolean {
  if (words > 1) return true;
  if (/^[0-9]+$/.test(first)) return false;
  if (place === "line") return isLongWord(first, weight);
  return isLongWord(first, weight) || isShortNameWord(first, weight);
}

function isShortNameWord(word: string, weight: number): boolean {
  if (word.length < LEAST_LETTERS_IN_NAME || weight < LEAST_WORD) return false;
  return !joiningWords.has(word) && !lineWords.has(word) && !isPopular(word);
}

/**
 * The part of a line that a listed name is most like, or null if none reaches the threshold and tells enough. This is
 * what "the line contains the name" means; the search equals trying it on every name of the list.
 *
 * A part is a run of at most `LONGEST_PART` words that begins and ends with a word related to one of the name. It is
 * scored as a name is, by `textProfile`: words of the line outside it cost nothing, those inside it cost alpha. A known
 * name of persons right before or behind it, with no mark between, counts as one more word of it of its `besideWeights`.
 * Of equal scores the part with more exact weight counts, then the one in better order, then the one that begins first,
 * then the shorter one.
 * In lines a single letter is no initial: it is related to itself alone.
 *
 * `comparison` is scratch; its `work` counts the steps. Past `WORK_LIMIT` the result is worth nothing.
 */
export function containedName(
  comparison: Comparison,
  line: Line,
  row: ComparedWords,
  threshold: number,
): ContainedName | null {
  const m = line.tokens.length;
  const n = row.terms.length;
  if (!canBeContained(n, row.terms[0]!.plain, row.weights[0]!, line.place)) return null;
  relate(line, row);
  comparison.work += m * n;
  const required = threshold * textProfile.beta * row.weights.reduce((sum, weight) => sum + weight, 0);
  let best: ContainedName | null = null;
  for (let a = 0; a < m; a++) {
    if (related[a] === 0) continue;
    const last = Math.min(m, a + LONGEST_PART) - 1;
    for (let b = a; b <= last; b++) {
      if (related[b] === 0 || line.beginsNext[b] === 1) continue;
      if (comparison.work > WORK_LIMIT) return best;
      comparison.work += (b - a + 1) * n;
      if (greatestGain(row, a, b, threshold) < required) continue;
      const found = scorePart(comparison, line, row, { a, b, threshold });
      if (found === null || (best !== null && compare(found, best) <= 0)) continue;
      best = found;
    }
  }
  return best;
}

function compare(a: ContainedName, b: ContainedName): number {
  return a.score - b.score || a.exactWeight - b.exactWeight || a.order - b.order;
}

/** Words in the order of the listed name count for a part, and marks between its words against it. */
function orderOf({ m, match }: Comparison, { parted }: Line, from: number): number {
  let order = 0;
  let last = -1;
  for (let i = 0; i < m; i++) {
    if (i > 0 && parted[from + i] === 1) order--;
    const j = match[i]!;
    if (j < 0) continue;
    if (last >= 0 && j > last) order += 2;
    last = j;
  }
  return order;
}

/** A word read by its sounds within a text, percent. */
const LEAST_HEARD = 89;

/**
 * What a relation counts within a text, where one word in dozens is like some word of a list: a single letter is no initial, a word read by
 * its sounds must be spelt as one would expect, and Hangul is Korean, not a foreign name by its sounds.
 */
export function percentInText(word: Term, listed: Term, percent: number): number {
  if (percent === 100) return percent;
  if (word.text.length === 1 || percent === BADLY_SPELT_PERCENT) return 0;
  if (percent >= LEAST_HEARD && !(isHeardHangul(word.text) || isHeardHangul(listed.text))) return percent;
  return word.heard.length > 0 || listed.heard.length > 0 ? 0 : percent;
}

/** In a name of fewer characters Hong Kong's spelling is not looked for: of two syllables too many others are spelt so. */
const FEWEST_OF_SOUTHERN = 3;

/** In running text any characters may begin with a family name: what is only nearly spelt so is none. */
const LEAST_OF_CUT = 88;

/** The same of the word `i` of a line. */
function percentInLine(line: Line, i: number, listed: Term, percent: number): number {
  const signs = line.signs[i]!;
  if (signs > 0 && signs < FEWEST_OF_SOUTHERN && listed.mark === SOUTHERN) return 0;
  if (line.cut[i] === 1 && percent < LEAST_OF_CUT) return 0;
  return percentInText(line.terms[i]!, listed, percent);
}

let percents = new Uint8Array(1024);
let related = new Uint8Array(64);

/** Fills `percents`, line word by list word, and marks the line's words that have any relation. */
function relate(line: Line, row: ComparedWords): void {
  const m = line.tokens.length;
  const n = row.terms.length;
  if (percents.length < m * n) percents = new Uint8Array(m * n * 2);
  if (related.length < m) related = new Uint8Array(m * 2);
  related.fill(0, 0, m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const percent = percentInLine(line, i, row.terms[j]!, relationBetween(line, row, i, j).percent);
      percents[i * n + j] = percent;
      if (percent > 0) related[i] = 1;
    }
  }
}

/** No matching of the words from a to b with the row gains more, were nothing unmatched between them. */
function greatestGain(row: ComparedWords, a: number, b: number, threshold: number): number {
  const n = row.terms.length;
  let sum = 0;
  for (let j = 0; j < n; j++) {
    let percent = 0;
    for (let i = a; i <= b; i++) if (percents[i * n + j]! > percent) percent = percents[i * n + j]!;
    if (percent > 0) sum += gainOf(percent, row.weights[j]!, threshold);
  }
  return sum;
}

/** What a pair adds towards `threshold * beta * (weight of the row)`, at most; never negative. */
export function gainOf(percent: number, weight: number, threshold: number): number {
  return Math.max(0, percent - threshold) * 200 * weight + threshold * textProfile.beta * weight;
}

interface Part {
  readonly a: number;
  readonly b: number;
  readonly threshold: number;
}

function scorePart(
  comparison: Comparison,
  line: Line,
  row: ComparedWords,
  { a, b, threshold }: Part,
): ContainedName | null {
  const from = hasNameBefore(line, a) ? a - 1 : a;
  const to = hasNameBehind(line, b + 1) ? b + 2 : b + 1;
  fillPart(comparison, line, row, { from, to });
  const score = scoreOf(comparison, textProfile, threshold);
  if (score === BELOW) return null;
  if (isAmongSeveral(comparison, a - from, to - b - 1) && !isWhole(comparison)) return null;
  if (!tellsEnough(comparison, row) && !isWholeAndAlone(comparison, line, row, { from: a, to: b + 1 })) return null;
  return { score, from, to, exactWeight: exactWeight(comparison), order: orderOf(comparison, line, from) };
}

interface Words {
  readonly from: number;
  readonly to: number;
}

/** Fills a comparison with the words `[from, to)` of a line; a name beside the part weighs what the line says. */
export function fillPart(comparison: Comparison, line: Line, row: ComparedWords, { from, to }: Words): void {
  const part = partOf(line, { from, to });
  fillComparison(comparison, part, row);
  const n = row.terms.length;
  for (let i = 0; i < to - from; i++)
    for (let j = 0; j < n; j++)
      comparison.percent[i * n + j] = percentInLine(line, from + i, row.terms[j]!, comparison.percent[i * n + j]!);
  comparison.signs = line.signs.subarray(from, to).every((signs) => signs > 0);
  if (comparison.signs) for (let j = 0; j < n; j++) comparison.rowSyllables[j] = Number(row.terms[j]!.syllable);
  for (const i of [0, to - from - 1])
    if (!isRelated(comparison, i)) comparison.queryWeights[i] = besideWeight(line, row, from + i);
}

/** The ends of a part are related to the row; what stands beside it is not, or it would be an end. */
function isRelated({ n, percent }: Comparison, i: number): boolean {
  for (let j = 0; j < n; j++) if (percent[i * n + j]! > 0) return true;
  return false;
}

export function partOf(line: Line, { from, to }: Words): ComparableName {
  return {
    tokens: line.tokens.slice(from, to),
    terms: line.terms.slice(from, to),
    weights: line.weights.slice(from, to),
  };
}

/** Whether a word beside the part was taken for another's name rather than for more of this one. */
function isAmongSeveral({ m, queryWeights }: Comparison, before: number, behind: number): boolean {
  return (before > 0 && queryWeights[0]! < LEAST_WORD) || (behind > 0 && queryWeights[m - 1]! < LEAST_WORD);
}

/** Whether no word of the listed name that counts is missing, and enough of it is there letter for letter. */
function isWhole(comparison: Comparison): boolean {
  const { m, n, match, rowWeights } = comparison;
  let missing = 0;
  for (let j = 0; j < n; j++) if (rowWeights[j]! >= LEAST_WORD) missing++;
  for (let i = 0; i < m; i++) if (match[i]! >= 0 && rowWeights[match[i]!]! >= LEAST_WORD) missing--;
  return missing === 0 && exactWeight(comparison) >= (n > 2 ? LEAST_WEIGHT_OF_THREE_WORDS : LEAST_WEIGHT_OF_TWO_WORDS);
}

/** What the word `i` weighs beside a part. In a field for a name three words are more than what two names share. */
function besideWeight(line: Line, row: ComparedWords, i: number): number {
  const weight = line.besideWeights[i]!;
  if (line.place === "line" || weight === 0) return weight;
  let words = 0;
  for (const each of row.weights) if (each >= LEAST_WORD) words++;
  return words > 2 ? Math.min(weight, LIGHT) : weight;
}

function hasNameBefore({ parted, besideWeights }: Line, from: number): boolean {
  return from > 0 && parted[from] === 0 && related[from - 1] === 0 && besideWeights[from - 1]! > 0;
}

function hasNameBehind({ tokens, parted, besideWeights }: Line, to: number): boolean {
  return to < tokens.length && parted[to] === 0 && related[to] === 0 && besideWeights[to]! > 0;
}

/**
 * Two words that count, not such as stand in any line; or one, if nothing but legal forms and particles of the listed
 * name is missing. A family name alone is not the person.
 */
function tellsEnough({ m, match }: Comparison, row: ComparedWords): boolean {
  let words = 0;
  let matched = 0;
  let weight = 0;
  let letters = 0;
  let missing = 0;
  for (const each of row.weights) if (each >= LEAST_WORD) missing++;
  for (let i = 0; i < m; i++) {
    const j = match[i]!;
    if (j < 0) continue;
    matched++;
    weight += row.weights[j]!;
    letters += row.terms[j]!.plain.length;
    if (row.weights[j]! < LEAST_WORD) continue;
    missing--;
    if (!lineWords.has(row.terms[j]!.plain)) words++;
  }
  if (weight < LEAST_WEIGHT || letters < LEAST_LETTERS) return false;
  return words >= 2 || (words === 1 && matched >= 2 && missing === 0);
}

function isWholeAndAlone({ m, n, match, percent }: Comparison, line: Line, row: ComparedWords, part: Words): boolean {
  if (m !== n || part.to - part.from !== n) return false;
  let weight = 0;
  let letters = 0;
  for (let i = 0; i < m; i++) {
    const j = match[i]!;
    if (j < 0 || percent[i * n + j] !== 100) return false;
    weight += row.weights[j]!;
    letters += row.terms[j]!.plain.length;
  }
  if (
    line.place === "name"
      ? letters < LEAST_LETTERS_IN_NAME
      : weight < LEAST_WEIGHT_ALONE || letters < LEAST_LETTERS_ALONE
  )
    return false;
  if (n === 1) return line.lone[part.from] === BOTH_SIDES || isRepeated(line, part);
  const sides = (line.alone[part.from]! & BEFORE) | (line.alone[part.to - 1]! & BEHIND);
  return sides === BOTH_SIDES || isRepeated(line, part);
}

/** Whether the text is nothing but these words, again and again. */
function isRepeated({ tokens }: Line, { from, to }: Words): boolean {
  const n = to - from;
  return (
    tokens.length > n && tokens.length % n === 0 && tokens.every(({ text }, i) => text === tokens[from + (i % n)]!.text)
  );
}
