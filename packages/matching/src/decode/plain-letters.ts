import { bytesOfSet, upperHalf } from "./character-sets.ts";
import { writersByLetters } from "./latin-sets.ts";
import { isLikelier } from "./likelier-letter.ts";

/** What a letter beyond ASCII is of which other sets make no other letter in some word; 0 for all other characters. */
const LOWER = 1;
const UPPER = 2;

/** Latin letters with marks: Latin-1 and its first supplement, what Romanian needs, and Vietnamese. */
const ranges: readonly (readonly [number, number])[] = [
  [0xc0, 0x17f],
  [0x218, 0x21b],
  [0x1ea0, 0x1ef9],
];

/** The first bytes of UTF-8 before a blank; letters that show that others of the text are misread. */
const MISREAD = "ÃÐþðæÞÆ";

/** What stands beside a letter: nothing, a consonant, a vowel. */
const besides = ["", "b", "a"] as const;
const isVowel = (code: number): boolean => "aeiouy".includes(String.fromCharCode(code | 0x20));
const besideOf = (code: number): number => (!isAsciiLetter(code) ? 0 : isVowel(code) ? 2 : 1);

function caseOf(code: number): number {
  const letter = String.fromCharCode(code);
  if (!/^\p{Script=Latin}$/u.test(letter) || MISREAD.includes(letter)) return 0;
  return /^\p{Ll}$/u.test(letter) ? LOWER : /^\p{Lu}$/u.test(letter) ? UPPER : 0;
}

/** A bit for each pair of what may stand before and behind a letter: set where another set makes a likelier letter of it. */
function likelierOthers(code: number): number {
  const letter = String.fromCharCode(code);
  const byte = code < 0x100 ? code : bytesOfSet("windows-1252").get(code);
  // A set that has no such letter does not write it.
  if (byte === undefined) return 0;
  const others = writersByLetters
    .map((set) => upperHalf(set)[byte - 0x80]!)
    .filter((other) => !meansTheSame(letter, other));
  let pairs = 0;
  for (const [b, before] of besides.entries())
    for (const [h, behind] of besides.entries()) {
      const at = before.length;
      const word = before + letter + behind;
      const isOther = (other: string): boolean =>
        isLikelier(word, { written: before + other + behind, at, misread: false });
      if (others.some(isOther)) pairs |= 1 << (b * besides.length + h);
    }
  return pairs;
}

/** The same letter, one with other marks, or nothing that stands in a word. */
function meansTheSame(letter: string, other: string): boolean {
  if (!/^[\p{Script=Latin}\p{M}’‘'-]$/u.test(other)) return true;
  return bare(letter) === bare(other);
}

const bare = (letter: string): string => letter.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

const isAsciiLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;

const cases = new Uint8Array(0x1f00);
const likelier = new Uint16Array(cases.length);
for (const [first, last] of ranges)
  for (let code = first; code <= last; code++) {
    cases[code] = caseOf(code);
    if (cases[code] !== 0) likelier[code] = likelierOthers(code);
  }

const kindOf = (code: number): number =>
  code < 0x80 ? (isAsciiLetter(code) ? (code < 0x61 ? UPPER : LOWER) : 0) : code < cases.length ? cases[code]! : 0;

/**
 * Whether a letter beyond ASCII says nothing of another set of characters: one that other sets make no likelier letter of, alone among
 * letters of ASCII, in a word whose capitals stand as usual. Nearly all letters with marks stand so; `repairs` would find nothing.
 */
export function isPlainLetter(text: string, at: number): boolean {
  const before = at > 0 ? text.charCodeAt(at - 1) : 0;
  const behind = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
  const code = text.charCodeAt(at);
  if (kindOf(code) === 0 || before >= 0x80 || behind >= 0x80) return false;
  if (!isAsciiLetter(before) && !isAsciiLetter(behind)) return false;
  if (((likelier[code]! >>> (besideOf(before) * besides.length + besideOf(behind))) & 1) !== 0) return false;
  let start = at;
  while (start > 0 && isInWord(text.charCodeAt(start - 1))) start--;
  let capitals = 0;
  let end = start;
  for (; end < text.length; end++) {
    const unit = text.charCodeAt(end);
    if (!isInWord(unit)) break;
    const kind = kindOf(unit);
    if (kind === 0) return false;
    if (kind === UPPER) capitals++;
  }
  return capitals === 0 || capitals === end - start || (capitals === 1 && kindOf(text.charCodeAt(start)) === UPPER);
}

const isInWord = (code: number): boolean => code >= 0x80 || isAsciiLetter(code);
