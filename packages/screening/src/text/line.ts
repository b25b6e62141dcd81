import { type ComparableName, comparable } from "../engine/compare-names.ts";
import { LONGEST_TEXT } from "../engine/read-query.ts";
import { isPopular } from "../names/known.ts";
import { isSyllable } from "../names/syllables.ts";
import { particles } from "../normalise/particles.ts";
import { type Variant, variants } from "../normalise/variants.ts";
import type { TextPlace } from "../search.ts";
import { weightOf } from "../weights/weight.ts";
import { joiningWords } from "./joining-words.ts";
import { lineWords } from "./line-words.ts";
import { mayHoldMore } from "./may-hold-more.ts";

/** One reading of a text as words, with what stands between them. */
export interface Line extends ComparableName {
  /** 1 where a mark such as a comma, or a wider gap of marks, parts the word from the one before it. */
  readonly parted: Uint8Array;
  /** 1 for a word that makes somebody else's name of a part right beside it. */
  readonly goesOn: Uint8Array;
  /** 1 for a word beside which a name stands alone, however little it tells. */
  readonly apart: Uint8Array;
}

/** A searched text, read once. */
export type ReadLine =
  | { readonly kind: "readable"; readonly readings: readonly Variant[] }
  | { readonly kind: "unreadable" }
  | { readonly kind: "too-broad" };

const NOTHING_WITHIN: ReadLine = Object.freeze({ kind: "readable", readings: Object.freeze([]) });

/**
 * Reads a text as both the search and the exhaustive scan do. A line may have more words than a name. A name that cannot
 * hold more than itself has no readings: the search of the whole name is the one that answers for it.
 */
export function readLine(text: string, place: TextPlace): ReadLine {
  if (text.length > LONGEST_TEXT) return { kind: "too-broad" };
  if (place === "name" && !mayHoldMore(text)) return NOTHING_WITHIN;
  const readings = variants(text);
  return readings.length === 0 ? { kind: "unreadable" } : { kind: "readable", readings };
}

/** Anything but letters, digits, spaces and the marks that stand within names; a dash that stands alone; a line break. */
const parting = /[^\s\p{L}\p{M}\p{N}'’.-]/u;
const partingInNames = /[^\s\p{L}\p{M}\p{N}\p{Cf}'’.-]|[\t\r\n\u2028\u2029]|\s-|-\s/u;

export function lineOf(text: string, reading: Variant, place: TextPlace): Line {
  const mark = place === "name" ? partingInNames : parting;
  const isNameBeside = place === "name" ? mayBeName : isKnownName;
  const parted = new Uint8Array(reading.length);
  const goesOn = new Uint8Array(reading.length);
  const apart = new Uint8Array(reading.length);
  for (const [i, token] of reading.entries()) {
    if (i > 0 && mark.test(text.slice(reading[i - 1]!.end, token.start))) parted[i] = 1;
    if (isNameBeside(token.text)) goesOn[i] = 1;
    if (/^[0-9]+$/.test(token.text) || lineWords.has(token.text)) apart[i] = 1;
    if (place === "name" && joiningWords.has(token.text)) apart[i] = 1;
  }
  return { ...comparable(reading), parted, goesOn, apart };
}

/** In a line all sorts of words stand beside a name; those that are names of persons carry it on. */
function isKnownName(word: string): boolean {
  return (isPopular(word) || isSyllable(word)) && !lineWords.has(word);
}

/** In a name everything carries it on but numbers, titles, legal forms and words that are no part of names. */
function mayBeName(word: string): boolean {
  if (joiningWords.has(word) || lineWords.has(word) || /^[0-9]+$/.test(word)) return false;
  return weightOf(word) > 2 || particles.has(word);
}
