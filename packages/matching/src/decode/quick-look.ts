import { isPlainLetter } from "./plain-letters.ts";
import { isByteOfWords } from "./reads-as-text.ts";

/** What in a text may belong to an encoding; a bit each, so that a decoder runs only on texts that have its signs. */
export const signs = {
  ampersand: 1,
  percent: 2,
  backslash: 4,
  equals: 8,
  angle: 16,
  plus: 32,
  control: 64,
  digits: 128,
  token: 256,
  beyondAscii: 512,
  underscore: 1024,
  bracket: 2048,
  punycode: 4096,
  question: 8192,
  lostBackslash: 16384,
} as const;

const signOf = new Uint16Array(128);
for (let code = 0; code < 0x20; code++) signOf[code] = signs.control;
for (const blank of "\t\n\r") signOf[blank.charCodeAt(0)] = 0;
signOf[0x7f] = signs.control;
const signCharacters: readonly (readonly [string, number])[] = [
  ["&#", signs.ampersand],
  ["%", signs.percent],
  ["\\", signs.backslash],
  ["=", signs.equals],
  ["<", signs.angle],
  ["+", signs.plus],
  ["_", signs.underscore],
  ["[]", signs.bracket],
  ["?", signs.question],
];
for (const [characters, sign] of signCharacters)
  for (const character of characters) signOf[character.charCodeAt(0)] = sign;

/** 1 for what base64, base32 and hexadecimal write; `DIGITS` for its digits. */
const DIGITS = 2;
const inToken = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/-_")
  inToken[character.charCodeAt(0)] = 1;
for (const character of "0123456789") inToken[character.charCodeAt(0)] = DIGITS;

/** Shorter runs hold no text that is looked for. */
const SHORTEST_TOKEN = 6;

/** Numbers in a row, of at most so many digits, that may be the numbers of a text's characters. */
const FEWEST_NUMBERS = 3;
const LONGEST_NUMBER = 7;
/** Twenty-four bits without a space between them are three bytes. */
const LONGEST_BITS = 24;

const SEPARATOR = 1;
const HEX = 2;
const DIGIT = 3;
const inNumber = new Uint8Array(128);
for (const character of " \t\n\r,;:-") inNumber[character.charCodeAt(0)] = SEPARATOR;
for (const character of "abcdefABCDEFxX") inNumber[character.charCodeAt(0)] = HEX;
for (const character of "0123456789") inNumber[character.charCodeAt(0)] = DIGIT;

/** What is no part of a word, nor a decimal point. */
const endsNumbers = new Uint8Array(128);
for (let code = 0; code < 0x80; code++) if (!/[\w.]/.test(String.fromCharCode(code))) endsNumbers[code] = 1;

/** Letters that are no sign of anything but a token. */
const isLetterOnly = new Uint8Array(128);
for (const character of "ghijklmnopqrstvwyzGHIJKLMNOPQRSTVWYZ") isLetterOnly[character.charCodeAt(0)] = 1;

/** A wide set needs so many signs beyond ASCII, and more than so large a share of what is seen: two in five. */
const FEWEST_WIDE = 2;
const WIDE = { signs: 5, seen: 2 };

/**
 * The signs of encodings in a text; 0 if it is plain, as most are. One pass, no allocation, some 2 ns a character; a word that could be
 * base64 or hexadecimal has its first bytes looked at.
 */
export function signsIn(text: string): number {
  let found = 0;
  let run = 0;
  let numbers = 0;
  /** Digits of the number in hand; below zero in a word that is none. */
  let length = 0;
  let bits = 0;
  let plainLetters = 0;
  let shortNumber = NONE;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 0x20;
    if (code < 0x80 && isLetterOnly[code] === 1) {
      run++;
      numbers = 0;
      length = -1;
      bits = 0;
      continue;
    }
    const kind = code < 0x80 ? inToken[code]! : 0;
    if (kind === 0 && run >= SHORTEST_TOKEN && (found & signs.token) === 0) {
      shortNumber = textsIn(text, at - run, at, shortNumber);
      if (shortNumber === SURE) found |= signs.token;
    }
    run = kind === 0 ? 0 : run + 1;
    const inList = code < 0x80 ? inNumber[code]! : 0;
    if (inList >= HEX && length >= 0) length++;
    else if (inList === SEPARATOR) {
      if (length > 0) numbers = length <= LONGEST_NUMBER || bits === length ? numbers + 1 : 0;
      else if (length < 0) numbers = 0;
      length = 0;
    } else {
      if (length > 0 && (length <= LONGEST_NUMBER || bits === length)) numbers++;
      if (numbers >= FEWEST_NUMBERS) found |= signs.digits;
      numbers = 0;
      // Behind a sign such as a bracket a list may begin, as another may end before it.
      length = code >= 0x80 || endsNumbers[code] === 1 ? 0 : -1;
    }
    bits = code === 0x30 || code === 0x31 ? bits + 1 : 0;
    if (bits === LONGEST_BITS || numbers >= FEWEST_NUMBERS) found |= signs.digits;
    if ((code | 0x20) === 0x75 && isLostBackslash(text, at)) found |= signs.lostBackslash;
    if (code >= 0x80) {
      if ((found & signs.beyondAscii) !== 0) continue;
      if (isPlainLetter(text, at)) plainLetters++;
      else found |= signs.beyondAscii;
      continue;
    }
    if (code !== PLUS || mayBeShifted(text, at)) found |= signOf[code]!;
    if (code === 0x2d && text.charCodeAt(at - 1) === 0x2d) found |= signs.punycode;
  }
  if (plainLetters >= FEWEST_WIDE && plainLetters * WIDE.signs >= seenIn(text) * WIDE.seen) found |= signs.beyondAscii;
  return found;
}

function seenIn(text: string): number {
  let seen = 0;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x20) seen++;
  return seen;
}

const PLUS = 0x2b;
const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;

/** Behind a letter as in `U+0041`, or before three signs of base64 that are not all digits: a phone number is neither. */
function mayBeShifted(text: string, at: number): boolean {
  if (at > 0 && (text.charCodeAt(at - 1) | 0x20) === 0x75) return true;
  let digitsOnly = true;
  let next = at + 1;
  for (; next < text.length; next++) {
    const code = text.charCodeAt(next);
    if (code >= 0x80 || inToken[code] === 0 || code === HYPHEN || code === UNDERSCORE) break;
    if (inToken[code] === 1) digitsOnly = false;
  }
  return !digitsOnly && next - at > SHIFTED;
}

const SHIFTED = 3;

const sixBits = valuesOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", "-_");
const fiveBits = valuesOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "");
const fourBits = valuesOf("0123456789abcdef", "");
for (const letter of "ABCDEF") fourBits[letter.charCodeAt(0)] = Number.parseInt(letter, 16);

function valuesOf(alphabet: string, last: string): Int8Array {
  const values = new Int8Array(128).fill(-1);
  for (let at = 0; at < alphabet.length; at++) values[alphabet.charCodeAt(at)] = at;
  for (const [at, sign] of Array.from(last).entries()) values[sign.charCodeAt(0)] = alphabet.length - last.length + at;
  return values;
}

/** A `u` with four hexadecimal digits behind it. */
function isLostBackslash(text: string, at: number): boolean {
  for (let next = at + 1; next <= at + 4; next++) {
    const kind = next < text.length ? text.charCodeAt(next) : 0;
    if (kind >= 0x80 || fourBits[kind]! < 0) return false;
  }
  return true;
}

/** Digits of a base: their bits, and the value of each by its code. */
export interface Base {
  readonly bits: number;
  readonly values: Int8Array;
}
export const base64: Base = { bits: 6, values: sixBits };
export const base32: Base = { bits: 5, values: fiveBits };
export const base16: Base = { bits: 4, values: fourBits };

const NONE = -1;
const SURE = -2;

/**
 * `SURE` if the first bytes of a token, or of one of its parts between hyphens and slashes, begin a text in one of the three bases. A short
 * number that would be letters is a text only beside another one: where the first of them stands, `NONE` or `shortNumber` if that is known.
 */
function textsIn(text: string, start: number, end: number, shortNumber: number): number {
  let first = shortNumber;
  for (let at = start; at < end; at++) {
    if (at > start && !parts(text.charCodeAt(at - 1))) continue;
    if (!isNumber(text, at, end) && (beginsText(text, at, end, base64) || beginsText(text, at, end, base32)))
      return SURE;
    if (isHexadecimal(text, at, end) && beginsText(text, at, end, base16)) {
      if (!isShortNumber(text, at, end)) return SURE;
      if (first === NONE) first = at;
      else if (!isSameNumber(text, first, at)) return SURE;
    }
    if (endsShort(text, at, end)) return SURE;
    if (text.charCodeAt(at) === 0x30 && (text.charCodeAt(at + 1) | 0x20) === 0x78) return SURE;
  }
  return first;
}

function isSameNumber(text: string, one: number, other: number): boolean {
  for (let digit = 0; digit < SHORTEST_TOKEN; digit++)
    if (text.charCodeAt(one + digit) !== text.charCodeAt(other + digit)) return false;
  return true;
}

/** Whether what stands there, or before the next sign that parts words, is whole bytes in hexadecimal. */
function isHexadecimal(text: string, at: number, end: number): boolean {
  let next = at;
  for (; next < end && !parts(text.charCodeAt(next)); next++) if (fourBits[text.charCodeAt(next)]! < 0) return false;
  return (next - at) % 2 === 0;
}

/** All digits: nobody's name is that in base64 or base32. */
export function isNumber(text: string, at: number, end: number): boolean {
  for (let digit = at; digit < end; digit++) if (inToken[text.charCodeAt(digit)] !== DIGITS) return false;
  return true;
}

/** Whether what stands from `at` to `end`, or to the next sign that parts words, is six digits: three bytes in hexadecimal. */
export function isShortNumber(text: string, at: number, end: number): boolean {
  for (let digit = at; digit < at + SHORTEST_TOKEN; digit++)
    if (inToken[text.charCodeAt(digit)] !== DIGITS) return false;
  return at + SHORTEST_TOKEN === end || parts(text.charCodeAt(at + SHORTEST_TOKEN));
}

/**
 * Base64 has one pair of signs or the other, and ends at a sign of the other, which is no digit of the six bytes that are looked at if it
 * stands so early: `T21hcg-1`.
 */
function endsShort(text: string, at: number, end: number): boolean {
  for (let short = at + SHORTEST_TOKEN; short < at + DIGITS_LOOKED_AT && short < end; short++)
    if (parts(text.charCodeAt(short)) && beginsText(text, at, short, base64)) return true;
  return false;
}

const parts = (code: number): boolean => code === 0x2d || code === 0x2b || code === 0x2f || code === 0x5f;

/** Of a text of fewer bytes than are looked at, which has nothing but letters and what stands between them. */
const FEWEST_LETTERS = 3;
const MOST_BYTES = 6;
/** So many of what can only be of a set of one byte a character. */
const MOST_SINGLE = 12;
/** Of base64, in so many bytes. */
const DIGITS_LOOKED_AT = 8;
/** Bytes of a set of one byte a character that are looked for. */
const SHORTEST_SINGLE = 8;

/**
 * Whether what digits from `at` hold may be a text, by its first six bytes: most tokens that are none show it there. UTF-8 is
 * printed or well formed, and nothing but a word where there are fewer; a set of one byte a character has letters and what stands between
 * them; each other byte of UTF-16 is low.
 */
export function beginsText(text: string, at: number, end: number, { bits, values }: Base): boolean {
  let held = 0;
  let count = 0;
  let bytes = 0;
  let following = 0;
  let may = mayBe.UTF8 | mayBe.SINGLE | mayBe.EVEN_LOW | mayBe.ODD_LOW;
  let letters = 0;
  let marks = 0;
  let next = at;
  for (; next < end; next++) {
    const code = text.charCodeAt(next);
    const value = values[code]!;
    // Further bytes are looked at only of a token that ends nowhere before them.
    if (value < 0 || (bytes >= MOST_BYTES && (may !== mayBe.SINGLE || bytes === MOST_SINGLE || parts(code)))) break;
    held = ((held << bits) | value) & 0x3fff;
    count += bits;
    if (count < 8) continue;
    count -= 8;
    const byte = (held >> count) & 0xff;
    const kind = kindOfByte[byte]!;
    if (following > 0) {
      if ((kind & kinds.GOES_ON) === 0) may &= ~mayBe.UTF8;
      following--;
    } else if ((kind & (kinds.PRINTED | kinds.LEAD)) === 0) may &= ~mayBe.UTF8;
    else following = (kind & kinds.LEAD) === 0 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    if ((kind & kinds.SINGLE) === 0) may &= ~mayBe.SINGLE;
    if ((kind & kinds.LOW) === 0) may &= bytes % 2 === 0 ? ~mayBe.EVEN_LOW : ~mayBe.ODD_LOW;
    if (may === 0) return false;
    if ((kind & kinds.LETTER) !== 0) letters++;
    else if ((kind & kinds.IN_WORD) === 0) marks++;
    bytes++;
  }
  // A character of which the token holds a part only.
  if (following > 0 && next === end) may &= ~mayBe.UTF8;
  if ((may & mayBe.UTF8) !== 0) return bytes === MOST_BYTES || (marks === 0 && letters >= FEWEST_LETTERS);
  if (bytes < MOST_BYTES) return false;
  return (may & (mayBe.EVEN_LOW | mayBe.ODD_LOW)) !== 0 || (may !== 0 && (end - at) * bits >= SHORTEST_SINGLE * 8);
}

/** What the bytes so far may be: UTF-8, a set of one byte a character, or UTF-16 whose first or second bytes are low. */
const mayBe = { UTF8: 1, SINGLE: 2, EVEN_LOW: 4, ODD_LOW: 8 } as const;

/** Of one byte: printed ASCII; the first of a character of UTF-8, or a further one; a letter of a set, or between letters; low. */
const kinds = { PRINTED: 1, LEAD: 2, GOES_ON: 4, SINGLE: 8, LOW: 16, IN_WORD: 32, LETTER: 64 } as const;
const kindOfByte = Uint8Array.from({ length: 256 }, (_, byte) => {
  const printed = (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;
  const inAlphabet = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a && byte < 0x80;
  const character = byte === 0x92 ? "’" : String.fromCharCode(byte);
  return (
    (printed ? kinds.PRINTED : 0) |
    (byte >= 0xc2 && byte <= 0xf4 ? kinds.LEAD : 0) |
    (byte >= 0x80 && byte < 0xc0 ? kinds.GOES_ON : 0) |
    (isByteOfWords(character) ? kinds.SINGLE : 0) |
    (byte <= 0x20 ? kinds.LOW : 0) |
    (inAlphabet || byte >= 0x80 ? kinds.LETTER : 0) |
    (inAlphabet || byte >= 0x80 || " .'-\t\n\r".includes(character) ? kinds.IN_WORD : 0)
  );
});
