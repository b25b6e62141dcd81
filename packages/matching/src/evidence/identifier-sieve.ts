import { addBit, hasBit } from "../retrieval/bits.ts";
import type { IdentifierSections } from "./identifier-index.ts";

/**
 * Tells of most texts, without making a key, that no identifier that stands in them is listed. `may` is false only for a text of which each
 * key, as whatever kind of identifier and of whichever countries it is asked for, is a key of no entry.
 *
 * The value of a key stands in the text that it is made of, with other marks and spaces between its characters, in other case and with
 * letters for the digits they look like; so do its last characters. Of a BIC with a branch, whose ninth may be left out, the bank's is a key,
 * too. A phone number may get its country's code in front, so that of it only the last five digits are sure to stand there. What is not
 * of ASCII, has a `(0)` within or may be an e-mail address is left to the full look.
 */
export interface IdentifierSieve {
  may(text: string): boolean;
  /** False only for lines, joined by spaces, where that is so of whatever is made of them by joining them otherwise. */
  mayAcross(lines: string): boolean;
}

/** Characters of a key that are looked for: more tell more, and not all keys have as many. */
const windows = { phone: 5, short: 6, long: 8 } as const;

/** By code of ASCII: 1 to 36 for letters of either case and digits, those alike being one; 0 for what parts or groups. */
const classOf = new Uint8Array(128);
for (const [at, character] of Array.from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ").entries()) {
  const like = "O" === character ? 0 : "IL".includes(character) ? 1 : at;
  classOf[character.charCodeAt(0)] = classOf[character.toLowerCase().charCodeAt(0)] = like + 1;
}

/** Sets of hashes of windows, a bit each, by the size of the window: as many bits as keep most of them clear of the keys of today's lists. */
interface Windows {
  readonly phone: Uint8Array;
  readonly short: Uint8Array;
  readonly long: Uint8Array;
  /** Of the last three characters of all of them: small enough to stay near the processor, and of the words of a name few end so. */
  readonly ends: Uint8Array;
}
const bitsOf = { phone: 18, short: 19, long: 21, ends: 16 } as const;

export function identifierSieve({ offsets, bytes }: Pick<IdentifierSections, "offsets" | "bytes">): IdentifierSieve {
  const sets: Windows = {
    phone: new Uint8Array(2 ** (bitsOf.phone - 3)),
    short: new Uint8Array(2 ** (bitsOf.short - 3)),
    long: new Uint8Array(2 ** (bitsOf.long - 3)),
    ends: new Uint8Array(2 ** (bitsOf.ends - 3)),
  };
  let all = false;
  for (let key = 0; key + 1 < offsets.length; key++)
    if (!addKey(sets, bytes, offsets[key]!, offsets[key + 1]!)) all = true;
  if (all) return { may: () => true, mayAcross: () => true };
  return { may: (text) => mayHold(text, sets, true), mayAcross: (lines) => mayHold(lines, sets, false) };
}

const COLON = 0x3a;
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const notSought = ["entry:", "email:"].map(bytesOf);
const phoneScheme = bytesOf("phone:");

function beginsWith(bytes: Uint8Array, at: number, scheme: Uint8Array): boolean {
  for (let i = 0; i < scheme.length; i++) if (bytes[at + i] !== scheme[i]) return false;
  return true;
}

/** False for the key `[from, to)` if it is too short to be found by a window. Nothing is made: there are a hundred thousand keys at opening. */
function addKey(sets: Windows, bytes: Uint8Array, from: number, to: number): boolean {
  if (notSought.some((scheme) => beginsWith(bytes, from, scheme))) return true;
  let characters = 0;
  let [older, newer] = [0, 0];
  for (let at = bytes.indexOf(COLON, from) + 1; at < to; at++) {
    const code = bytes[at]!;
    // A text of ASCII has no key that is not.
    if (code >= 0x80) return true;
    const kind = classOf[code]!;
    if (kind === 0) continue;
    older = ((older << 6) | (newer >>> 18)) & FOUR;
    newer = ((newer << 6) | kind) & FOUR;
    characters++;
  }
  const size = beginsWith(bytes, from, phoneScheme) ? "phone" : characters >= windows.long ? "long" : "short";
  if (characters < windows[size]) return false;
  addBit(sets[size], hashOf(older & olderOf[size], newer) >>> (32 - bitsOf[size]));
  addBit(sets.ends, endOf(newer));
  return true;
}

/** Of the last three of four characters. */
function endOf(newer: number): number {
  return Math.imul(newer & THREE, 0x9e3779b1) >>> (32 - bitsOf.ends);
}
const THREE = 0x3ffff;

/** Four characters of six bits. */
const FOUR = 0xffffff;
/** What of the four characters before the last four belongs to a window. */
const olderOf = { phone: 0x3f, short: 0xfff, long: FOUR } as const;

function hashOf(older: number, newer: number): number {
  const hash = Math.imul(older ^ 0x2c1b3c6d, 0x9e3779b1) ^ Math.imul(newer, 0x85ebca6b);
  return Math.imul(hash ^ (hash >>> 15), 0x297a2d39);
}

const ZERO_IN_BRACKETS = "(0)";
const AT = 0x40;
const brackets = new Uint8Array(128);
for (const bracket of "([{<") brackets[bracket.charCodeAt(0)] = 1;
/** The last three letters of a word like `dot`, whatever stands between them. */
const DOT = Array.from("DOT").reduce((last, letter) => (last << 6) | classOf[letter.charCodeAt(0)]!, 0);
/** An address that is spelt out: `(at)`, and `dot` by itself; a control character reads as a blank. */
const speltOut = /[([{<][\s\p{Cc}]?at|[\s\p{Cc}]dot[\s\p{Cc}]/iu;

/** One pass; nothing is made of the text. `asItStands`: marks count where they are, and not wherever they may come to be. */
function mayHold(text: string, { phone, short, long, ends }: Windows, asItStands: boolean): boolean {
  let older = 0;
  let newer = 0;
  let count = 0;
  let bracketed = 0;
  let spelt = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80 || code === AT) return true;
    const kind = classOf[code]!;
    if (kind === 0) {
      bracketed |= brackets[code]!;
      continue;
    }
    older = ((older << 6) | (newer >>> 18)) & FOUR;
    newer = ((newer << 6) | kind) & FOUR;
    if ((newer & THREE) === DOT) spelt = true;
    count++;
    if (count < windows.phone || !hasBit(ends, endOf(newer))) continue;
    if (hasBit(phone, hashOf(older & olderOf.phone, newer) >>> (32 - bitsOf.phone))) return true;
    if (count >= windows.short && hasBit(short, hashOf(older & olderOf.short, newer) >>> (32 - bitsOf.short)))
      return true;
    if (count >= windows.long && hasBit(long, hashOf(older, newer) >>> (32 - bitsOf.long))) return true;
  }
  if (!asItStands) return spelt || bracketed === 1;
  return (bracketed === 1 && text.includes(ZERO_IN_BRACKETS)) || ((spelt || bracketed === 1) && speltOut.test(text));
}
