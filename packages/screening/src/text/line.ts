import { type ComparableName, comparable } from "../engine/compare-names.ts";
import { LONGEST_TEXT } from "../engine/read-query.ts";
import { isPopular } from "../names/known.ts";
import { isSyllable } from "../names/syllables.ts";
import { type Variant, variants } from "../normalise/variants.ts";
import type { TextPlace } from "../search.ts";
import { lineWords } from "./line-words.ts";
import { mayHoldMore } from "./may-hold-more.ts";
import { surroundings } from "./surroundings.ts";

/** One reading of a text as words, with what stands between them. */
export interface Line extends ComparableName {
  readonly place: TextPlace;
  /** 1 where a mark such as a comma, or a wider gap of marks, parts the word from the one before it. */
  readonly parted: Uint8Array;
  /** What a word weighs right beside a part, where it makes somebody else's name of it; 0 if it does not. */
  readonly besideWeights: Uint8Array;
  /** 1 for a word beside which a name stands alone, however little it tells. */
  readonly apart: Uint8Array;
  /** In a name, the sides on which a single short word stands alone: 1 before, 2 behind; in a line none ever does. */
  readonly lone: Uint8Array;
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

const NO_LONE_WORDS = new Uint8Array(0);

/** Anything but letters, digits, spaces and the marks that stand within names. */
const parting = /[^\s\p{L}\p{M}\p{N}'’.-]/u;
/** A name beside the part makes it somebody else's name, however common it is: it weighs like a rare word. */
const BESIDE = 12;

export function lineOf(text: string, reading: Variant, place: TextPlace): Line {
  const compared = comparable(reading);
  if (place === "name") return { ...compared, place, ...surroundings(text, reading) };
  const parted = new Uint8Array(reading.length);
  const besideWeights = new Uint8Array(reading.length);
  const apart = new Uint8Array(reading.length);
  for (const [i, token] of reading.entries()) {
    if (i > 0 && parting.test(text.slice(reading[i - 1]!.end, token.start))) parted[i] = 1;
    const isLineWord = lineWords.has(token.text);
    if (!isLineWord && (isPopular(token.text) || isSyllable(token.text))) besideWeights[i] = BESIDE;
    if (isLineWord || /^[0-9]+$/.test(token.text)) apart[i] = 1;
  }
  return { ...compared, place, parted, besideWeights, apart, lone: NO_LONE_WORDS };
}
