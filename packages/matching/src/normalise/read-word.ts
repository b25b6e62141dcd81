import { reading } from "../names/readings.ts";
import { commonNames } from "../weights/common-names.ts";
import { arabicConsonants, plainArabic } from "./arabic.ts";
import { burmeseWords, isBurmese } from "./burmese.ts";
import { foldWord } from "./fold.ts";
import { greekPairs } from "./greek.ts";
import { hanWords } from "./han.ts";
import { hangulWords } from "./hangul.ts";
import { heardWord } from "./heard/read-heard.ts";
import { hebrewConsonants, plainHebrew } from "./hebrew.ts";
import { withoutHomoglyphs } from "./homoglyphs.ts";
import { indicInLatin } from "./indic.ts";
import { kanaInLatin } from "./kana.ts";

const latin = /\p{Script=Latin}/u;
const digit = /\p{Nd}/u;
const arabic = /^\p{Script=Arabic}/u;
const hebrew = /^\p{Script=Hebrew}/u;
const han = /^\p{Script=Han}/u;
const hangul = /^\p{Script=Hangul}/u;
const kana = /^[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const greek = /^\p{Script=Greek}/u;
const indic = /^[\u0900-\u0d7f]/;

/** Shortest words that are taken apart: the article or `Abd al-` before a name of three letters. */
const SHORTEST_WITH_ARTICLE = 5;
const SHORTEST_WITH_SERVANT = 7;
const MOST_COMMON_WEIGHT = 6;

/**
 * The words, in bytes a-z0-9, that a word not wholly of ASCII is compared as. A table of names comes first; a word it
 * does not know is read by the rules of its script. `alone`: no other word of its script stands beside it.
 */
export function readWord(word: string, alone: boolean): readonly string[] {
  const plain = withoutHomoglyphs(word);
  if (latin.test(plain) || digit.test(plain)) return [foldWord(plain)];
  if (arabic.test(plain)) return readArabic(plainArabic(plain).replaceAll("\u200c", ""), !otherAlef.test(plain));
  const key = hebrew.test(plain) ? plainHebrew(plain) : plain.normalize("NFKC").toLowerCase();
  const known = reading(key);
  return known === undefined ? readByRules(plain, alone) : [known];
}

const common = new Set(
  commonNames.flatMap(([weight, names]) => (weight <= MOST_COMMON_WEIGHT ? names.split(" ") : [])),
);

/** Borne by so many that another spelling of its sounds is another name: Islam and Eslami. */
function isCommon(name: string): boolean {
  return common.has(name);
}

export interface HeardOptions {
  /** All words, or those only that no table knows. */
  readonly all: boolean;
  /** Several runs of Han or Hangul are a foreign name; one is a name of the country, and has its own readings. */
  readonly foreign: boolean;
}

/** The same by sounds, see `heard/read-heard.ts`; a word without such a reading as `readWord` reads it. */
export function readHeard(word: string, { all, foreign }: HeardOptions): readonly string[] {
  const plain = withoutHomoglyphs(word);
  if (latin.test(plain) || digit.test(plain)) return [foldWord(plain)];
  if ((han.test(plain) || hangul.test(plain)) && !foreign) return readWord(word, true);
  if (arabic.test(plain))
    return heardArabic(plainArabic(plain).replaceAll("\u200c", ""), { all, article: !otherAlef.test(plain) });
  const key = hebrew.test(plain) ? plainHebrew(plain) : plain.normalize("NFKC").toLowerCase();
  const known = reading(key);
  if (known !== undefined && (!all || isCommon(known))) return [known];
  const heard = heardWord(plain);
  return heard === undefined ? readWord(word, !foreign) : [heard];
}

/** No article begins with such an alef: Alisher. */
const otherAlef = /^[أإآ]/;

function heardArabic(
  word: string,
  { all, article }: { readonly all: boolean; readonly article: boolean },
): readonly string[] {
  const known = reading(word);
  if (known !== undefined && (!all || isCommon(known))) return [known];
  if (word.startsWith("عبدال") && word.length >= SHORTEST_WITH_SERVANT)
    return ["abd", "al", ...heardArabic(word.slice(5), { all, article })];
  if (article && word.startsWith("ال") && word.length >= SHORTEST_WITH_ARTICLE)
    return ["al", ...heardArabic(word.slice(2), { all, article })];
  return [heardWord(word) ?? arabicConsonants(word)];
}

/** The same without the table, for a word of one script. */
export function readByRules(plain: string, alone = true): readonly string[] {
  if (arabic.test(plain)) return [arabicConsonants(plainArabic(plain))];
  if (hebrew.test(plain)) return [hebrewConsonants(plainHebrew(plain))];
  if (han.test(plain)) return hanWords(plain, alone);
  if (hangul.test(plain)) return hangulWords(plain);
  if (kana.test(plain)) return [kanaInLatin(plain)];
  if (greek.test(plain)) return [foldWord(greekPairs(plain))];
  if (indic.test(plain)) return [indicInLatin(plain) ?? foldWord(plain)];
  if (isBurmese(plain)) return burmeseWords(plain) ?? [foldWord(plain)];
  return [foldWord(plain)];
}

function readArabic(word: string, article: boolean): readonly string[] {
  const known = reading(word);
  if (known !== undefined) return [known];
  if (word.startsWith("عبدال") && word.length >= SHORTEST_WITH_SERVANT)
    return ["abd", "al", ...readArabic(word.slice(5), article)];
  if (article && word.startsWith("ال") && word.length >= SHORTEST_WITH_ARTICLE)
    return ["al", ...readArabic(word.slice(2), article)];
  return [arabicConsonants(word)];
}
