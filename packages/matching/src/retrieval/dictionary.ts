import { isNumberWithWords } from "../names/classes.ts";
import { type Term, termOf } from "../relations/similarity.ts";
import { decodeText } from "../snapshot/designation-codec.ts";
import type { Buckets } from "./buckets.ts";
import { beginningsOf } from "./initials.ts";

/** The tokens of a snapshot, by id: flat bytes, and the structures that find the neighbours of a token. */
export interface DictionarySections {
  /** Token t is `bytes[offsets[t] .. offsets[t + 1])`. */
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
  readonly weights: Uint8Array;
  /** Hash of the whole token. */
  readonly exact: Buckets;
  /** Hashes of its prefix with deletions: finds every `spelling` partner. */
  readonly deletes: Buckets;
  /** Its `listKeys`: finds every partner by another relation. */
  readonly keys: Buckets;
}

export interface Dictionary extends DictionarySections {
  readonly size: number;
  /** See `beginningsOf`. */
  readonly beginnings: Uint8Array;
  textOf(id: number): string;
  term(id: number): Term;
  /**
   * True for a number, all digits, that no word is related to: digits are never misspelt, so that a word related to a number
   * has just its digits, save those that a table of names joins with it.
   */
  readonly isForeignNumber: (this: void, text: string) => boolean;
}

/** Longer tokens would need too many arguments at once. */
const LONGEST_SPREAD = 256;

/** Terms are decoded when first asked for. */
export function openDictionary(sections: DictionarySections): Dictionary {
  const size = sections.offsets.length - 1;
  const terms: (Term | undefined)[] = Array.from({ length: size });
  const numbers = numbersIn(sections);
  const textOf = (id: number): string => {
    const bytes = sections.bytes.subarray(sections.offsets[id], sections.offsets[id + 1]);
    return bytes.length < LONGEST_SPREAD ? String.fromCharCode(...bytes) : decodeText(bytes);
  };
  return {
    ...sections,
    size,
    textOf,
    beginnings: beginningsOf(sections.offsets, sections.bytes),
    term(id): Term {
      let term = terms[id];
      if (term === undefined) {
        term = termOf(textOf(id));
        terms[id] = term;
      }
      return term;
    },
    isForeignNumber: (text) => isNumber(text) && !numbers.has(text) && !isNumberWithWords(text),
  };
}

/** The digits, in order, of each word that has any. */
function numbersIn({ offsets, bytes }: DictionarySections): ReadonlySet<string> {
  const numbers = new Set<string>();
  for (let id = 0; id + 1 < offsets.length; id++) {
    let digits = "";
    for (let at = offsets[id]!; at < offsets[id + 1]!; at++)
      if (isDigit(bytes[at]!)) digits += String.fromCharCode(bytes[at]!);
    if (digits !== "") numbers.add(digits);
  }
  return numbers;
}

function isNumber(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isDigit(text.charCodeAt(at))) return false;
  return text !== "";
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
