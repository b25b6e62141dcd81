import { type ComparableName, comparable } from "../engine/compare-names.ts";
import { LONGEST_TEXT } from "../engine/read-query.ts";
import { type Variant, variants } from "../normalise/variants.ts";

/** One reading of a line of free text as words, with what stands between them. */
export interface Line extends ComparableName {
  /** 1 where a mark such as a comma, or a wider gap of marks, parts the word from the one before it. */
  readonly parted: Uint8Array;
}

/** A searched line, read once. */
export type ReadLine =
  | { readonly kind: "readable"; readonly readings: readonly Variant[] }
  | { readonly kind: "unreadable" }
  | { readonly kind: "too-broad" };

/** Reads a line as both the search and the exhaustive scan do. A line may have more words than a name. */
export function readLine(text: string): ReadLine {
  if (text.length > LONGEST_TEXT) return { kind: "too-broad" };
  const readings = variants(text);
  return readings.length === 0 ? { kind: "unreadable" } : { kind: "readable", readings };
}

/** Anything but letters, digits, spaces and the marks that stand within names. */
const parting = /[^\s\p{L}\p{M}\p{N}'’.-]/u;

export function lineOf(text: string, reading: Variant): Line {
  const parted = new Uint8Array(reading.length);
  for (let i = 1; i < reading.length; i++)
    if (parting.test(text.slice(reading[i - 1]!.end, reading[i]!.start))) parted[i] = 1;
  return { ...comparable(reading), parted };
}
