import { isPopular } from "../names/known.ts";
import { isSyllable } from "../names/syllables.ts";
import { isWithoutSpaces } from "../normalise/beside-names.ts";
import { mayBeWholeName } from "../normalise/family-signs.ts";
import { particles } from "../normalise/particles.ts";
import type { Token } from "../normalise/token.ts";
import { HOUSE } from "../normalise/tokenise.ts";
import type { Variant } from "../normalise/variants.ts";
import type { TextPlace } from "../search.ts";
import { weightOf } from "../weights/weight.ts";
import { conjunctions, joiningWords, joiningWordsOfScripts, placeWords, streetWords } from "./joining-words.ts";
import { lineWords } from "./line-words.ts";

/** What stands around the words of a text, see `Line`. */
export interface Surroundings {
  readonly parted: Uint8Array;
  readonly besideWeights: Uint8Array;
  readonly alone: Uint8Array;
  readonly lone: Uint8Array;
  readonly beginsNext: Uint8Array;
  readonly signs: Uint8Array;
  readonly cut: Uint8Array;
}

/** What a word is for the names beside it. */
interface Around {
  readonly text: string;
  readonly reading: Variant;
  /** How each word is parted from the one before it. */
  readonly parting: Uint8Array;
  /** 1 for a word that is no part of a name. */
  readonly apart: Uint8Array;
}

/** As bits: nothing of a name before, nothing behind. */
export const BEFORE = 1;
export const BEHIND = 2;
export const BOTH_SIDES = BEFORE | BEHIND;

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
/** One name is not written in two scripts. */
const BY_SCRIPT = 5;
/** A firm's name ends with its legal form. */
const BY_FORM = 6;
/** A name in Han characters or Hangul stands together and begins with the family name. */
const BY_RUN = 7;

export function surroundings(text: string, reading: Variant, place: TextPlace): Surroundings {
  const parting = Uint8Array.from(reading, (_, i) => (i === 0 ? BY_MARK : partingAt(text, reading, i)));
  const apart = Uint8Array.from(reading, (token) => (isNoName(text, token) ? 1 : 0));
  const around = { text, reading, parting, apart };
  const parted = parting.map((how, i) => (how === TOGETHER || i === 0 ? 0 : 1));
  const beginsNext = Uint8Array.from(reading, ({ start, end }, i) =>
    parting[i + 1] === TOGETHER && text.slice(start, end) === HOUSE ? 1 : 0,
  );
  const cut = cutOf(text, reading);
  const words = { parted, beginsNext, signs: signsOf(text, reading), cut };
  if (place === "line") {
    const alone = sides(around, (i, step) => isAloneInLine(around, i, step));
    return { ...words, besideWeights: besideCut(knownNames(around), cut), alone, lone: alone };
  }
  settleParticles(around);
  return {
    ...words,
    besideWeights: besideCut(besideWeights(around), cut),
    alone: sides(around, (i, step) => isAloneInName(around, i, step)),
    lone: sides(around, (i, step) => isLone(around, i, step)),
  };
}

const sign = /[\p{Script=Han}\p{Script=Hangul}]/u;
const signsTogether = /[\p{Script=Han}\p{Script=Hangul}](?:\s?[\p{Script=Han}\p{Script=Hangul}])*/gu;
const MOST_SIGNS = 255;

function signsOf(text: string, reading: Variant): Uint8Array {
  const signs = new Uint8Array(reading.length);
  if (!sign.test(text)) return signs;
  const read = text.slice(reading[0]?.start, reading.at(-1)?.end);
  for (const { 0: together, index: at } of read.matchAll(signsTogether)) {
    const index = at + (reading[0]?.start ?? 0);
    const count = Math.min(MOST_SIGNS, Array.from(together.replaceAll(/\s/gu, "")).length);
    for (const [i, { text: word, start, end }] of reading.entries())
      if (start >= index && end <= index + together.length && isSyllable(word)) signs[i] = count;
  }
  return signs;
}

const hanBefore = /\p{Script=Han}$/u;
const hanBehind = /^\p{Script=Han}/u;

/** 1 for a word whose Han characters are not all of their run. */
function cutOf(text: string, reading: Variant): Uint8Array {
  const cut = new Uint8Array(reading.length);
  if (!sign.test(text)) return cut;
  for (const [i, { start, end }] of reading.entries())
    if (
      hanBehind.test(text.slice(start, end)) &&
      (hanBefore.test(text.slice(Math.max(0, start - 2), start)) || hanBehind.test(text.slice(end, end + 2)))
    )
      cut[i] = 1;
  return cut;
}

/** Whatever stands beside a part of a run is more of the same name. */
function besideCut(weights: Uint8Array, cut: Uint8Array): Uint8Array {
  return weights.map((weight, i) => (cut[i] === 1 ? BESIDE : weight));
}

/** For each word the sides on which nothing of a name stands; an end of the text is one. */
function sides({ reading }: Around, isFree: (i: number, step: -1 | 1) => boolean): Uint8Array {
  return Uint8Array.from(reading, (_, i) => {
    const before = i === 0 || isFree(i, -1);
    const behind = i === reading.length - 1 || isFree(i, 1);
    return (before ? BEFORE : 0) | (behind ? BEHIND : 0);
  });
}

/** Where `parting` tells how word `i` is parted from the next in that direction. */
function boundary(i: number, step: -1 | 1): number {
  return step < 0 ? i : i + 1;
}

function isAloneInLine({ text, reading, parting, apart }: Around, i: number, step: -1 | 1): boolean {
  const how = parting[boundary(i, step)]!;
  if (how === BY_CASE && isLoud(text, reading[i]!)) return true;
  if (how === BY_MARK || how === BY_COMMA || how === BY_AND || how === BY_RUN) return true;
  const { text: beside } = reading[i + step]!;
  if (apart[i + step] === 0) return step < 0 && !mayCarryOn(beside);
  return lineWords.has(beside) || !isOfAddress(beside);
}

function isAloneInName({ reading, parting, apart }: Around, i: number, step: -1 | 1): boolean {
  if (parting[boundary(i, step)] !== TOGETHER || apart[i + step] === 1) return true;
  return step < 0 && !mayCarryOn(reading[i + step]!.text);
}

function isOfAddress(word: string): boolean {
  return streetWords.has(word) || placeWords.has(word);
}

/** In a line all sorts of words stand beside a name; those that are names of persons carry it on. */
function knownNames({ reading, apart }: Around): Uint8Array {
  return Uint8Array.from(reading, ({ text }, i) =>
    apart[i] === 0 && (isPopular(text) || isSyllable(text)) ? BESIDE : 0,
  );
}

/** A particle carries a name on if names stand on both of its sides: `por cuenta de Ana` is not `Ana de Luna`. */
function settleParticles({ text, reading, parting, apart }: Around): void {
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
function besideWeights({ reading, parting, apart }: Around): Uint8Array {
  const weights = new Uint8Array(reading.length);
  for (let from = 0; from < reading.length;) {
    let to = from + 1;
    while (to < reading.length && goesOn(parting[to]!) && !/[0-9]/.test(reading[to]!.text)) to++;
    const weight = to - from < SEVERAL_NAMES ? BESIDE : LIGHT;
    for (let i = from; i < to; i++)
      if (apart[i] === 0 && mayCarryOn(reading[i]!.text)) weights[i] = isOfStreet(reading, i, to) ? LIGHT : weight;
    from = to;
  }
  return weights;
}

/** One word or two before the number of a house: a street without a word that says so. */
function isOfStreet(reading: Variant, i: number, to: number): boolean {
  return i + 2 >= to && /^[0-9]{1,3}[a-z]?$/.test(reading[to]?.text ?? "");
}

function goesOn(parting: number): boolean {
  return parting !== BY_MARK && parting !== BY_SCRIPT && parting !== BY_FORM;
}

function mayCarryOn(word: string): boolean {
  return weightOf(word) > LIGHT || particles.has(word);
}

/**
 * Whether a single word of a name field ends a name on that side. Ships bear words of every language, and firms two words
 * joined by `&`: words of sentences and of addresses beside it do not tell it apart, nor does a small letter that begins
 * a sentence with it.
 */
function isLone(around: Around, i: number, step: -1 | 1): boolean {
  const { text, reading, parting, apart } = around;
  const beside = reading[i + step]!;
  switch (parting[boundary(i, step)]!) {
    case BY_MARK:
    case BY_COMMA:
    case BY_SCRIPT:
    case BY_FORM:
      return true;
    case BY_AND:
      return isName(around, i + step, step);
    case BY_CASE:
      return (
        caseOf(text, reading[i]!) === "capital" &&
        (step < 0 || isLoud(text, reading[i]!) || joiningWords.has(beside.text))
      );
    default:
  }
  if (apart[i + step] === 0) return !mayCarryOn(beside.text);
  if (conjunctions.has(beside.text)) {
    let at = i + step;
    while (conjunctions.has(reading[at]?.text ?? "")) at += step;
    return isName(around, at, step);
  }
  if (joiningWords.has(beside.text) || particles.has(beside.text)) return true;
  return !lineWords.has(beside.text) && !streetWords.has(beside.text);
}

/** Whether two words of a name stand from `i` on in that direction. */
function isName({ parting, apart }: Around, i: number, step: -1 | 1): boolean {
  const next = i + step;
  if (next < 0 || next >= apart.length) return false;
  return apart[i] === 0 && apart[next] === 0 && parting[boundary(i, step)] === TOGETHER;
}

/** Numbers and words with digits, addresses of the net, joining words, and places that are nobody's name. */
function isNoName(text: string, { text: word, start, end }: Token): boolean {
  if (text.charCodeAt(start) >= 0x80 && joiningWordsOfScripts.has(text.slice(start, end).toLowerCase())) return true;
  if (/[0-9]/.test(word) || joiningWords.has(word) || lineWords.has(word) || isOfAddress(word)) return true;
  if (end - start === 1) return text[start - 1] === "/" || text[end] === "/";
  return text[start - 1] === "@" || text[end] === "@";
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
  // What stood beside a name without a space is no part of it, see `withoutWordsBesideNames`.
  if (isWithoutSpaces(gap)) return BY_MARK;
  if (mark.test(gap)) {
    if (/^\s*,\s*$/.test(gap)) return BY_COMMA;
    return /^\s*[&+]\s*$/.test(gap) && !/^[0-9]/.test(token.text) ? BY_AND : BY_MARK;
  }
  if (openingQuote.test(gap) && closedLater.test(text.slice(token.end))) return BY_MARK;
  if (closingQuote.test(gap) && gap !== "' " && gap !== "’ ") return BY_MARK;
  if (closingQuote.test(gap) && opened(text.slice(0, before.start))) return BY_MARK;
  if (/^\.\s/.test(gap) && before.end - before.start >= LONGEST_SHORTENED) return BY_MARK;
  if (/^[‐-]$/.test(gap)) return isPartingHyphen(text, reading, i) ? BY_MARK : TOGETHER;
  if (areOfTwoScripts(text, before, token)) return BY_SCRIPT;
  if (gap !== "" && endsWholeName(text, before.end, token.start)) return BY_RUN;
  if (areOfTwoCases(text, before, token)) return BY_CASE;
  return endsFirm(reading, i) ? BY_FORM : TOGETHER;
}

const runBefore = /(?:\p{Script=Han}{2,}|\p{Script=Hangul}{2,})$/u;
const runBehind = /^(?:\p{Script=Han}{2,}|\p{Script=Hangul}{2,})/u;
/** UTF-16 units of more signs than a name has. */
const LONGER = 10;

/** Whether two runs of signs meet, one of which may be a whole name. */
function endsWholeName(text: string, end: number, start: number): boolean {
  const before = runBefore.exec(text.slice(Math.max(0, end - LONGER), end))?.[0];
  const behind = runBehind.exec(text.slice(start, start + LONGER))?.[0];
  return before !== undefined && behind !== undefined && (mayBeWholeName(before) || mayBeWholeName(behind));
}

/** Whether the word before word `i` is a legal form behind a word of a name, and no other form follows. */
function endsFirm(reading: Variant, i: number): boolean {
  if (i < 2 || !legalForms.has(reading[i - 1]!.text) || legalForms.has(reading[i]!.text)) return false;
  return weightOf(reading[i - 2]!.text) > LIGHT;
}

/** Those that stand for their classes in `canonical.ts`. */
const legalForms: ReadonlySet<string> = new Set("ltd aps plc inc llp fzco".split(" "));

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
