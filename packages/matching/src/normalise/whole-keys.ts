import { weightOf } from "../weights/weight.ts";
import { FULL_LENGTHS } from "./cut-off.ts";
import { listedSpacelessKeys, spacelessKeys, type Variant, variants } from "./variants.ts";

/** What words before the one that is cut must weigh: `Joint Stock Company Commercial Bank` begins too many names. */
const LEAST_BEFORE_CUT = 8;

/**
 * The texts without spaces by which a listed name is told as a whole: itself with its words turned, and its beginning
 * where a field of a payment ends, each as a payment's text of those letters is read.
 */
export function wholeKeys(text: string, plain: Variant): readonly string[] {
  return [...listedSpacelessKeys(plain), ...cutKeys(text)];
}

/** Those of the beginnings alone. */
export function cutKeys(text: string): readonly string[] {
  return FULL_LENGTHS.filter((length) => text.length > length).flatMap((length) => {
    const plain = variants(text.slice(0, length))[0] ?? [];
    const before = plain.slice(0, -1).reduce((sum, token) => sum + weightOf(token.text), 0);
    return before < LEAST_BEFORE_CUT ? [] : spacelessKeys(plain);
  });
}
