import { type ComparableName, comparable } from "../engine/compare-names.ts";
import { LONGEST_TEXT } from "../engine/read-query.ts";
import { withoutWordsBesideNames } from "../normalise/beside-names.ts";
import { disguisesInLine } from "../normalise/disguises.ts";
import { namesInRuns } from "../normalise/names-in-runs.ts";
import { type Variant, variants } from "../normalise/variants.ts";
import type { TextPlace } from "../search.ts";
import { mayHoldMore } from "./may-hold-more.ts";
import { surroundings } from "./surroundings.ts";

/** One reading of a text as words, with what stands around them. */
export interface Line extends ComparableName {
  readonly place: TextPlace;
  /** 1 where a mark such as a comma, another script or another case parts the word from the one before it. */
  readonly parted: Uint8Array;
  /** What a word weighs right beside a part, where it makes somebody else's name of it; 0 if it does not. */
  readonly besideWeights: Uint8Array;
  /** On which sides of a word nothing stands that a name could go on with: bit 1 before it, bit 2 behind it. */
  readonly alone: Uint8Array;
  /** The same for a name of this single word. */
  readonly lone: Uint8Array;
  /** 1 for a word that belongs to the next: no part ends with it. */
  readonly beginsNext: Uint8Array;
  /** For a syllable that stands for a Han character or Hangul how many of these stand together, at most 255; 0 for other words. */
  readonly signs: Uint8Array;
  /** 1 for a word whose Han characters are a part of a longer run. */
  readonly cut: Uint8Array;
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
  const apart = text.replaceAll(gluedLineNumber, " ");
  const texts = [...new Set([text, apart, ...disguisesInLine(text), withoutWordsBesideNames(text)])];
  const readings = [...(texts.length === 1 ? variants(text, "payment") : readingsOf(texts)), ...namesInRuns(text)];
  return readings.length === 0 ? { kind: "unreadable" } : { kind: "readable", readings };
}

/** The number of a line of SWIFT's structured fields where the lines were joined: `1/IVAN PETROV2/KIROVA 14`. */
const gluedLineNumber = /(?<=[\p{L}.])[2-8](?=\/)/gu;

/** Of texts of one length, so that places hold. */
function readingsOf(texts: readonly string[]): readonly Variant[] {
  const found = new Map<string, Variant>();
  for (const reading of texts.flatMap((text) => variants(text, "payment"))) {
    const key = reading.map((token) => token.text).join(" ");
    if (!found.has(key)) found.set(key, reading);
  }
  return [...found.values()];
}

export function lineOf(text: string, reading: Variant, place: TextPlace): Line {
  return { ...comparable(reading), place, ...surroundings(text, reading, place) };
}
