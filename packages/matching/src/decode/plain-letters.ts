import { bytesOfSet, upperHalf } from "./character-sets.ts";
import { writersByLetters } from "./latin-sets.ts";

/** What a letter beyond ASCII is that other sets make nothing else of; 0 for all other characters. */
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

function plainness(code: number): number {
  const letter = String.fromCharCode(code);
  if (!/^\p{Script=Latin}$/u.test(letter) || MISREAD.includes(letter)) return 0;
  const byte = code < 0x100 ? code : bytesOfSet("windows-1252").get(code);
  // A set that has no such letter does not write it.
  const isOthers =
    byte !== undefined && writersByLetters.some((set) => !meansTheSame(letter, upperHalf(set)[byte - 0x80]!));
  if (isOthers) return 0;
  return /^\p{Ll}$/u.test(letter) ? LOWER : /^\p{Lu}$/u.test(letter) ? UPPER : 0;
}

/** The same letter, one with other marks, or nothing that stands in a word. */
function meansTheSame(letter: string, other: string): boolean {
  if (!/^[\p{Script=Latin}\p{M}’‘'-]$/u.test(other)) return true;
  return bare(letter) === bare(other);
}

const bare = (letter: string): string => letter.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

const plain = new Uint8Array(0x1f00);
for (const [first, last] of ranges) for (let code = first; code <= last; code++) plain[code] = plainness(code);

const isAsciiLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
const kindOf = (code: number): number =>
  code < 0x80 ? (isAsciiLetter(code) ? (code < 0x61 ? UPPER : LOWER) : 0) : code < plain.length ? plain[code]! : 0;

/**
 * Whether a letter beyond ASCII says nothing of another set of characters: one that other sets make no other letter of, alone among
 * letters of ASCII, in a word whose capitals stand as usual. Nearly all letters with marks stand so; `repairs` would find nothing.
 */
export function isPlainLetter(text: string, at: number): boolean {
  const before = at > 0 ? text.charCodeAt(at - 1) : 0;
  const behind = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
  if (kindOf(text.charCodeAt(at)) === 0 || before >= 0x80 || behind >= 0x80) return false;
  if (!isAsciiLetter(before) && !isAsciiLetter(behind)) return false;
  let start = at;
  while (start > 0 && isInWord(text.charCodeAt(start - 1))) start--;
  let capitals = 0;
  let end = start;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (!isInWord(code)) break;
    const kind = kindOf(code);
    if (kind === 0) return false;
    if (kind === UPPER) capitals++;
  }
  return capitals === 0 || capitals === end - start || (capitals === 1 && kindOf(text.charCodeAt(start)) === UPPER);
}

const isInWord = (code: number): boolean => code >= 0x80 || isAsciiLetter(code);
