import { commonNames } from "../weights/common-names.ts";
import { commonWords } from "../weights/common-words.ts";
import { classesOf } from "./classes.ts";
import popularTable from "./popular.json" with { type: "json" };
import { shipWords } from "./ship-words.ts";
import { isSyllable } from "./syllables.ts";

const words = new Set([...shipWords, ...commonWords.flatMap(([, some]) => some.split(" "))]);
const popular = new Set([...popularTable.split(" "), ...commonNames.flatMap(([, names]) => names.split(" "))]);

/** Common in some country of the tables of popular names. Bytes a-z0-9. */
export function isPopular(word: string): boolean {
  return popular.has(word);
}

/** The same without syllables, of which there are too many to be known. */
export function isBorneName(word: string): boolean {
  return popular.has(word) || words.has(word) || classesOf(word).length > 0;
}

/** A part of names, or a word, that we know as such, so that another known one, however alike, is another. */
export function isKnownName(word: string): boolean {
  return isBorneName(word) || isSyllable(word);
}
