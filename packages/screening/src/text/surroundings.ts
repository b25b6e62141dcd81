import { isPopular } from "../names/known.ts";
import { particles } from "../normalise/particles.ts";
import type { Token } from "../normalise/token.ts";
import type { Variant } from "../normalise/variants.ts";
import { places } from "../normalise/wrapping.ts";
import { weightOf } from "../weights/weight.ts";
import { conjunctions, joiningWords } from "./joining-words.ts";
import { lineWords } from "./line-words.ts";

/** What stands around the words of a field that should hold one name, see `Line`. */
export interface Surroundings {
  readonly parted: Uint8Array;
  readonly besideWeights: Uint8Array;
  readonly apart: Uint8Array;
  /** Where a single word stands alone: 1 if it does towards the word before it, 2 towards the one behind it, 3 both. */
  readonly lone: Uint8Array;
}

/** A word beside the part makes it somebody else's name: it weighs like a rare word. */
const BESIDE = 12;
/** Among so many words without a mark stand several names: a word beside the part is likely another's. */
const SEVERAL_NAMES = 6;
/** Titles and legal forms. Words as light tell nothing against a name, see `deduction`. */
export const LIGHT = 2;

/** How a word is parted from the one before it. */
const TOGETHER = 0;
const BY_MARK = 1;
const BY_COMMA = 2;
/** `&`, `+` and the like join equals, which may be one firm. */
const BY_AND = 3;
/** Small letters beside a capital: what is said of a name, not the name. */
const BY_CASE = 4;

export function surroundings(text: string, reading: Variant): Surroundings {
  const parting = Uint8Array.from(reading, (_, i) => (i === 0 ? BY_MARK : partingAt(text, reading, i)));
  const apart = Uint8Array.from(reading, (token) => (isNoName(text, token) ? 1 : 0));
  settleParticles(text, reading, parting, apart);
  return {
    parted: parting.map((how, i) => (how === TOGETHER || i === 0 ? 0 : 1)),
    apart,
    besideWeights: besideWeights(reading, parting, apart),
    lone: loneWords(text, reading, parting, apart),
  };
}

/** A particle carries a name on if names stand on both of its sides: `por cuenta de Ana` is not `Ana de Luna`. */
function settleParticles(text: string, reading: Variant, parting: Uint8Array, apart: Uint8Array): void {
  for (const [i, token] of reading.entries()) {
    if (!particles.has(token.text)) continue;
    const before = i > 0 && parting[i] === TOGETHER && apart[i - 1] === 0;
    const next = reading[i + 1];
    const behind =
      next !== undefined &&
      parting[i + 1] === TOGETHER &&
      (particles.has(next.text) || (!isNoName(text, next) && caseOf(text, next) !== "small"));
    apart[i] = before && behind ? 0 : 1;
  }
}

/** Each word that is part of a name, by how many words stand together; commas and conjunctions do not end the count. */
function besideWeights(reading: Variant, parting: Uint8Array, apart: Uint8Array): Uint8Array {
  const weights = new Uint8Array(reading.length);
  for (let from = 0; from < reading.length;) {
    let to = from;
    let names = 0;
    do {
      if (apart[to] === 0) names++;
      to++;
    } while (to < reading.length && goesOn(parting[to]!) && (apart[to] === 0 || conjunctions.has(reading[to]!.text)));
    const weight = names < SEVERAL_NAMES ? BESIDE : LIGHT;
    for (let i = from; i < to; i++) if (apart[i] === 0 && mayCarryOn(reading[i]!.text)) weights[i] = weight;
    from = to;
  }
  return weights;
}

function goesOn(parting: number): boolean {
  return parting === TOGETHER || parting === BY_COMMA || parting === BY_AND;
}

function mayCarryOn(word: string): boolean {
  return weightOf(word) > LIGHT || particles.has(word);
}

/** A word of a common language is also a ship's name: it must stand between things that are no words of sentences. */
function loneWords(text: string, reading: Variant, parting: Uint8Array, apart: Uint8Array): Uint8Array {
  const lone = new Uint8Array(reading.length);
  for (const [i, token] of reading.entries()) {
    if (caseOf(text, token) === "small" && /\p{Lu}/u.test(text)) continue;
    const before =
      i === 0 || isLoneBeside(reading, { parting, apart }, { i, at: i, beside: i - 1 }) || parting[i] === BY_CASE;
    const behind =
      i === reading.length - 1 ||
      isLoneBeside(reading, { parting, apart }, { i, at: i + 1, beside: i + 1 }) ||
      (parting[i + 1] === BY_CASE && isLoud(text, token));
    lone[i] = (before ? 1 : 0) | (behind ? 2 : 0);
  }
  return lone;
}

interface Around {
  readonly parting: Uint8Array;
  readonly apart: Uint8Array;
}

/** Whether the mark before word `at`, or the word `beside` a lone one, ends a name. */
function isLoneBeside(
  reading: Variant,
  { parting, apart }: Around,
  { i, at: mark, beside }: { readonly i: number; readonly at: number; readonly beside: number },
): boolean {
  const step = beside < i ? -1 : 1;
  const how = parting[mark]!;
  if (how === BY_MARK || how === BY_COMMA) return true;
  if (how === BY_AND) return isName({ parting, apart }, beside, step);
  if (apart[beside] === 0) return mayCarryOn(reading[beside]!.text) ? false : how === TOGETHER;
  const { text } = reading[beside]!;
  if (conjunctions.has(text)) {
    let at = beside + step;
    while (conjunctions.has(reading[at]?.text ?? "")) at += step;
    return isName({ parting, apart }, at, step);
  }
  if (lineWords.has(text) && tellsMuch(reading[i]!.text)) return true;
  return joiningWords.has(text) || particles.has(text) || /[0-9]/.test(text) || isPlaceWord(text);
}

/** So long and rare a word is seldom one of a sentence. */
function tellsMuch(word: string): boolean {
  return word.length >= 6 && weightOf(word) >= 12;
}

/** Whether two words of a name stand from `i` on. */
function isName({ parting, apart }: Around, i: number, step: number): boolean {
  const next = i + step;
  if (next < 0 || next >= apart.length) return false;
  return apart[i] === 0 && apart[next] === 0 && parting[Math.max(i, next)] === TOGETHER;
}

/** Numbers and words with digits, addresses of the net, joining words, and places that are nobody's name. */
function isNoName(text: string, { text: word, start, end }: Token): boolean {
  if (/[0-9]/.test(word) || joiningWords.has(word) || lineWords.has(word) || isPlaceWord(word)) return true;
  if (end - start === 1) return text[start - 1] === "/" || text[end] === "/";
  return text[start - 1] === "@" || text[end] === "@";
}

const placeWords: ReadonlySet<string> = new Set(
  [...places].flatMap((place) => place.split(/[ '-]/)).filter((word) => word.length > 3 && !isPopular(word)),
);

function isPlaceWord(word: string): boolean {
  return placeWords.has(word);
}

/** Anything but letters, digits, spaces and the marks that stand within names. */
const mark = /[^\s\p{L}\p{M}\p{N}\p{Cf}'’‘.‐-]|[\t\r\n\u2028\u2029]|\s{3}|\s[‐-]|[‐-]\s/u;
const openingQuote = /(?:\s|^)['’‘`]$/u;
const closingQuote = /^['’‘`](?:\s|$)/u;
const closedLater = /['’‘`](?:[^\p{L}\p{N}]|$)/u;

function partingAt(text: string, reading: Variant, i: number): number {
  const [before, token] = [reading[i - 1]!, reading[i]!];
  if (before.start === token.start) return TOGETHER;
  const gap = text.slice(before.end, token.start);
  if (mark.test(gap)) {
    if (/^\s*,\s*$/.test(gap)) return BY_COMMA;
    return /^\s*[&+]\s*$/.test(gap) && !/^[0-9]/.test(token.text) ? BY_AND : BY_MARK;
  }
  if (openingQuote.test(gap) && closedLater.test(text.slice(token.end))) return BY_MARK;
  if (closingQuote.test(gap) && gap !== "' " && gap !== "’ ") return BY_MARK;
  if (closingQuote.test(gap) && opened(text.slice(0, before.start))) return BY_MARK;
  if (/^\.\s/.test(gap) && before.end - before.start >= LONGEST_SHORTENED) return BY_MARK;
  if (/^[‐-]$/.test(gap)) return isPartingHyphen(text, reading, i) ? BY_MARK : TOGETHER;
  if (areOfTwoScripts(text, before, token)) return BY_MARK;
  return areOfTwoCases(text, before, token) ? BY_CASE : TOGETHER;
}

/** Longer words have a full stop behind them at the end of a sentence only. */
const LONGEST_SHORTENED = 6;

function opened(text: string): boolean {
  return /(?:\s|^)['’‘`]/u.test(text);
}

/** Two words or more on either side: two names, unless what it joins is short or belongs to the next word. */
function isPartingHyphen(text: string, reading: Variant, i: number): boolean {
  const [before, after] = [reading[i - 1]!, reading[i]!];
  if (i < 2 || before.text.length < 3 || after.text.length < 3) return false;
  if (particles.has(before.text) || particles.has(after.text)) return false;
  return i <= reading.length - 2 || (!isLoud(text, before) && isLoud(text, after));
}

function isLoud(text: string, { start, end }: Token): boolean {
  const written = text.slice(start, end);
  return written === written.toUpperCase();
}

function areOfTwoCases(text: string, a: Token, b: Token): boolean {
  const [ofA, ofB] = [caseOf(text, a), caseOf(text, b)];
  return ofA !== ofB && ofA !== "none" && ofB !== "none";
}

function caseOf(text: string, { text: word, start, end }: Token): "small" | "capital" | "none" {
  const written = text.slice(start, end);
  if (/\p{Lu}/u.test(written)) return "capital";
  return /\p{Ll}/u.test(written) && !particles.has(word) ? "small" : "none";
}

function areOfTwoScripts(text: string, a: Token, b: Token): boolean {
  const [ofA, ofB] = [scriptOf(text, a), scriptOf(text, b)];
  return ofA !== ofB && ofA !== -1 && ofB !== -1;
}

const scripts: readonly RegExp[] = [
  /^\p{Script=Latin}+$/u,
  /^\p{Script=Cyrillic}+$/u,
  /^\p{Script=Greek}+$/u,
  /^\p{Script=Arabic}+$/u,
  /^\p{Script=Hebrew}+$/u,
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+$/u,
];

function scriptOf(text: string, { start, end }: Token): number {
  const written = text.slice(start, end);
  return scripts.findIndex((script) => script.test(written));
}
