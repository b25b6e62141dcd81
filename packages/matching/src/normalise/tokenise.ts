import { canonicalToken, classWeights } from "./canonical.ts";
import { eastAsianReader } from "./east-asian-cyrillic.ts";
import { type Folded, fold } from "./fold.ts";
import { dottedHan } from "./han.ts";
import { isKoreanName } from "./hangul.ts";
import { letterOfSign, withoutDigitsForLetters } from "./homoglyphs.ts";
import { initialOf } from "./letter-names.ts";
import { joinPhrases } from "./phrases.ts";
import { readHeard, readWord } from "./read-word.ts";
import type { Token } from "./token.ts";
import { wordMemo } from "./word-memo.ts";

export type { Token } from "./token.ts";

/** `heard`: words of other scripts by their sounds, all; `unknown`: those only that no table has. */
export type Reading = "join" | "separate" | "capitals" | "heard" | "unknown";

export interface Tokenised {
  readonly tokens: readonly Token[];
  /** True if an apostrophe, or a sign that stands for a letter, stood inside a word: read apart, it gives other tokens. */
  readonly apostropheInside: boolean;
}

/** Han or Hangul in more than one run. */
const ideographsApart = /[\p{Script=Han}\p{Script=Hangul}][^\p{L}]+[\p{Script=Han}\p{Script=Hangul}]/u;
const hangulRuns = /\p{Script=Hangul}+/gu;

/** True for a text of several runs that writes a foreigner's name in Han or Hangul. */
function isForeignName(text: string): boolean {
  const runs = text.match(hangulRuns);
  return runs === null ? dottedHan.test(text) : !isKoreanName(runs);
}

const combining = /^\p{M}$/u;

const beyondAscii = /[\u0080-\uffff]/;

/** Two small letters before a capital and one after it: PutinVladimir, but not McDonald nor GmbH. */
const joinedByCase = /(?<=\p{Ll}{2})\p{Lu}\p{Ll}{2}/u;

/** The same for a text of ASCII, where it costs a fraction. */
const joinedByCaseAscii = /[a-z]{2}[A-Z][a-z]{2}/;

/** True if words seem to be joined that only their capitals tell apart. */
export function hasWordsJoinedByCase(text: string): boolean {
  return (beyondAscii.test(text) ? joinedByCase : joinedByCaseAscii).test(text);
}

function beginningsByCase(text: string): ReadonlySet<number> {
  return new Set(Array.from(text.matchAll(new RegExp(joinedByCase, "gu")), ({ index }) => index));
}

/** The readings of a word that no other word of its text has a say in, remembered: names have most of their words in common. */
const readOnce = {
  alone: wordMemo((word) => readWord(word, true)),
  beside: wordMemo((word) => readWord(word, false)),
};
const heardOnce = {
  heard: {
    own: wordMemo((word) => readHeard(word, { all: true, foreign: false })),
    foreign: wordMemo((word) => readHeard(word, { all: true, foreign: true })),
  },
  unknown: {
    own: wordMemo((word) => readHeard(word, { all: false, foreign: false })),
    foreign: wordMemo((word) => readHeard(word, { all: false, foreign: true })),
  },
};

const FULL_STOP = ".";

/** Longest part beside an apostrophe that may look like a legal form or a title and is none: the Sa of Sa'd. */
const LONGEST_PART = 2;

/**
 * Splits a text of any script into tokens. Letters and digits make tokens; an apostrophe inside a word joins or
 * separates as asked, as does @ or $ between letters; `capitals` is `join` with words that are joined by case apart; a run of Han or Hangul is a word apart from what stands beside it; all else separates. A word may
 * be read as several tokens, which then share its offsets.
 */
export function tokenise(text: string, reading: Reading = "join"): Tokenised {
  const tokens: Token[] = [];
  let written = "";
  let start = 0;
  let end = 0;
  let pending = false;
  let apostropheInside = false;
  let inside = false;
  let foreign = false;
  let ideographs = false;
  const plain = !beyondAscii.test(text);
  const severalRuns = !plain && ideographsApart.test(text);
  const bySound = reading === "heard" || reading === "unknown";
  const eastAsian = plain || bySound ? undefined : eastAsianReader(text);
  const breaks = reading === "capitals" ? beginningsByCase(text) : undefined;
  let partOfWord = false;

  const close = (): void => {
    if (inside) {
      const words = foreign ? readBeyondAscii(text.slice(start, end)) : [withoutDigitsForLetters(written)];
      for (const word of words) {
        if (word === "") continue;
        const asPart = partOfWord && word.length <= LONGEST_PART;
        tokens.push({ text: asPart ? word : canonicalToken(word), written: word, start, end });
      }
    }
    written = "";
    inside = false;
    pending = false;
    foreign = false;
    partOfWord = false;
  };
  const foreignName = severalRuns && isForeignName(text);
  const readBeyondAscii = (word: string): readonly string[] => {
    const initial = text[end] === FULL_STOP ? initialOf(word, reading === "unknown") : undefined;
    return initial === undefined ? readForeign(word) : [initial];
  };
  const readForeign = (word: string): readonly string[] =>
    bySound
      ? heardOnce[reading][foreignName ? "foreign" : "own"](word)
      : (eastAsian?.(word) ?? readOnce[severalRuns ? "beside" : "alone"](word));

  for (let at = 0; at < text.length;) {
    const next = plain ? at + 1 : endOfCharacter(text, at);
    const sign = inside && !foreign && !pending ? letterOfSign(text, at) : undefined;
    if (sign !== undefined) apostropheInside = true;
    const folded = sign === undefined || reading === "separate" ? foldAt(text, at, next) : sign;
    switch (folded.kind) {
      case "letters":
        if (pending) apostropheInside = true;
        if (pending && reading === "separate") {
          partOfWord = true;
          close();
          partOfWord = true;
        } else if (folded.alone !== ideographs || breaks?.has(at) === true) {
          close();
        }
        ideographs = folded.alone;
        if (!inside) start = at;
        inside = true;
        if (next > at + 1 || text.charCodeAt(at) >= 128) foreign = true;
        written += folded.text;
        end = next;
        pending = false;
        break;
      case "apostrophe":
        pending = inside;
        break;
      case "nothing":
        break;
      case "separator":
        close();
        break;
    }
    at = next;
  }
  close();
  return { tokens: joinPhrases(plain ? tokens : withArticles(text, joinHouses(text, tokens))), apostropheInside };
}

/** The house of, before the name of a family: آل. What follows it is no title, even if it is one elsewhere. */
export const HOUSE = "\u0622\u0644";

function joinHouses(text: string, tokens: readonly Token[]): readonly Token[] {
  if (!text.includes(HOUSE)) return tokens;
  const joined: Token[] = [];
  for (const token of tokens) {
    const before = joined.at(-1);
    if (before !== undefined && text.slice(before.start, before.end) === HOUSE && classWeights.has(token.text)) {
      const written = before.written + token.written;
      joined[joined.length - 1] = { text: written, written, start: before.start, end: token.end };
    } else {
      joined.push(token);
    }
  }
  return joined;
}

const SERVANT = "\u0639\u0628\u062f";
const ARTICLE = "\u0627\u0644";

/** A name that a table reads without its article has it after `Abd`: of Abd al-Aziz, Abdelaziz is made. */
function withArticles(text: string, tokens: readonly Token[]): readonly Token[] {
  if (!text.includes(SERVANT)) return tokens;
  return tokens.flatMap((token, at) => {
    const before = tokens[at - 1];
    const isOfServant = before !== undefined && text.slice(before.start, before.end) === SERVANT;
    if (!isOfServant || !text.startsWith(ARTICLE, token.start) || /^[aeiou]l/.test(token.written)) return [token];
    return [{ text: "al", written: "al", start: token.start, end: token.end }, token];
  });
}

/** The end of the character at `at`: one code point and the combining marks after it. */
function endOfCharacter(text: string, at: number): number {
  let end = at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
  // No combining mark lies below U+0300, so plain text never reaches the expression.
  while (end < text.length && text.charCodeAt(end) >= 0x300) {
    const point = text.codePointAt(end)!;
    if (!combining.test(String.fromCodePoint(point))) break;
    end += point > 0xffff ? 2 : 1;
  }
  return end;
}

/** The 128 ASCII characters, folded once. */
const ascii: readonly Folded[] = Array.from({ length: 128 }, (_, code) => fold(String.fromCharCode(code)));

function foldAt(text: string, at: number, next: number): Folded {
  const code = text.charCodeAt(at);
  return code < 128 && next === at + 1 ? ascii[code]! : fold(text.slice(at, next));
}
