import { addBit, hasBit } from "../retrieval/bits.ts";
import { hashText } from "../retrieval/hash.ts";
import { commonNames } from "../weights/common-names.ts";
import { commonWords } from "../weights/common-words.ts";
import { classesOf, formalIdsOf, nicknameIdsOf, wordsOfClasses } from "./classes.ts";
import popularTable from "./popular.json" with { type: "json" };
import { shipWords } from "./ship-words.ts";
import { isSyllable } from "./syllables.ts";

const words = new Set([...shipWords, ...commonWords.flatMap(([, some]) => some.split(" "))]);
const popular = new Set([...popularTable.split(" "), ...commonNames.flatMap(([, names]) => names.split(" "))]);

/** Common in some country of the tables of popular names. Bytes a-z0-9. */
export function isPopular(word: string): boolean {
  return popular.has(word);
}

/** So many bear it that it has short forms. */
export function hasNicknames(word: string): boolean {
  return formalIdsOf(word).length > 0;
}

/** The same without syllables, of which there are too many to be known. */
export function isBorneName(word: string): boolean {
  return popular.has(word) || words.has(word) || classesOf(word).length > 0;
}

/** A bit for the hash of each word in the tables of this folder. */
let tabled: Uint8Array | undefined;
const TABLED_BITS = 22;

/**
 * False only for a word of which no table of this folder has anything, as it is of most words that are met for the first time: one look
 * instead of one in each table.
 */
export function mayBeInTables(word: string): boolean {
  tabled ??= bitsOfTables();
  return hasBit(tabled, placeOf(word));
}

function placeOf(word: string): number {
  return hashText(word) >>> (32 - TABLED_BITS);
}

function bitsOfTables(): Uint8Array {
  const bits = new Uint8Array(1 << (TABLED_BITS - 3));
  for (const table of [popular, words, wordsOfClasses()]) for (const word of table) addBit(bits, placeOf(word));
  return bits;
}

/** A part of names, or a word, that we know as such, so that another known one, however alike, is another. */
export function isKnownName(word: string): boolean {
  return isBorneName(word) || isSyllable(word) || hasNicknames(word) || nicknameIdsOf(word).length > 0;
}

const MOST_COMMON_WEIGHT = 5;
/** Shorter ones, and syllables, are parts of other words as well, as is Allah. */
const SHORTEST_COMMON = 5;
const common: ReadonlySet<string> = new Set(
  commonNames
    .filter(([weight]) => weight <= MOST_COMMON_WEIGHT)
    .flatMap(([, names]) => names.split(" "))
    .filter((name) => name.length >= SHORTEST_COMMON && !isSyllable(name) && !/(?:^u|a)llah$/.test(name)),
);

/** Of the few that very many bear. */
export function isCommonName(word: string): boolean {
  return common.has(word);
}
