import { queryVariants } from "../normalise/query-variants.ts";
import { spacelessKeys, type Variant } from "../normalise/variants.ts";
import { LONGEST_QUERY } from "../score/score.ts";

/** Texts longer than this many UTF-16 units are refused, not cut. */
export const LONGEST_TEXT = 4096;

/** A searched text, read once. */
export type ReadQuery =
  | { readonly kind: "readable"; readonly variants: readonly Variant[]; readonly spaceless: readonly string[] }
  | { readonly kind: "unreadable" }
  | { readonly kind: "too-broad" };

/** Reads a text as both the search and the exhaustive scan do. */
export function readQuery(text: string): ReadQuery {
  if (text.length > LONGEST_TEXT) return { kind: "too-broad" };
  const { readings, plain } = queryVariants(text);
  if (plain.length === 0) return { kind: "unreadable" };
  if (readings.some((reading) => reading.length > LONGEST_QUERY)) return { kind: "too-broad" };
  return { kind: "readable", variants: readings, spaceless: [...new Set(plain.flatMap(spacelessKeys))] };
}
