import { isRomanNumber } from "../names/roman.ts";
import { initialKey } from "../relations/keys.ts";
import { type Buckets, lookUp } from "./buckets.ts";

const A = 0x61;
export const LETTERS = 26;

/** Which letter a word of one letter is, 0 for a; -1 for any other word. */
export function letterIndex(word: string): number {
  const index = word.length === 1 ? word.charCodeAt(0) - A : -1;
  return index < LETTERS ? Math.max(-1, index) : -1;
}

/** What of a dictionary tells where initials lead. */
interface FiledWords {
  readonly keys: Buckets;
  /** See `beginningsOf`. */
  readonly beginnings: Uint8Array;
}

/**
 * The ids, ascending, of the words that a letter may be the initial of: all longer ones that begin with it. They are a
 * large part of a dictionary, so they are told by their first byte, without a term.
 */
export function initialsOf({ keys, beginnings }: FiledWords, letter: number): readonly number[] {
  const ids: number[] = [];
  // The entries of a bucket stand in the order of their ids.
  lookUp(keys, initialKey(String.fromCharCode(A + letter)), (id) => {
    if (beginnings[id] === letter) ids.push(id);
  });
  return ids;
}

/** For each word the index of its first letter; `NO_LETTER` for a word of one character, a Roman number, or one that begins with a digit. */
export function beginningsOf(offsets: Uint32Array, bytes: Uint8Array): Uint8Array {
  const beginnings = new Uint8Array(offsets.length - 1).fill(NO_LETTER);
  for (let id = 0; id < beginnings.length; id++) {
    const from = offsets[id]!;
    const to = offsets[id + 1]!;
    if (to - from > 1 && bytes[from]! >= A && !isRomanNumber(textOf(bytes, from, to)))
      beginnings[id] = bytes[from]! - A;
  }
  return beginnings;
}

const NO_LETTER = 255;

const LONGEST_ROMAN = 4;

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return to - from > LONGEST_ROMAN ? "" : String.fromCharCode(...bytes.subarray(from, to));
}
