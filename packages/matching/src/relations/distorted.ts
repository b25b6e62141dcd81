import { firmWordId, firmWordsBegunBy, firmWordsShortenedTo } from "./firm-words.ts";
import { lettersOf } from "./letters.ts";

/** Fewer letters, or fewer consonants, join too many words. */
const SHORTEST_MISREAD = 4;
const FEWEST_CONSONANTS = 3;

/** What a reader, or a machine that reads paper, takes for one letter. */
const misreadings: readonly (readonly [written: string, read: string])[] = [
  ["rn", "m"],
  ["vv", "w"],
  ["cl", "d"],
  ["ii", "u"],
];
const mayBeMisread = /rn|vv|cl|ii/;

/** The word as it looks: `ournar` and `oumar` are one. Empty for words that are too short, or hold a digit. */
export function looksOf(text: string): string {
  if (text.length < SHORTEST_MISREAD || !/^[a-z]+$/.test(text)) return "";
  if (!mayBeMisread.test(text)) return text;
  let looks = text;
  for (const [written, read] of misreadings) looks = looks.replaceAll(written, read);
  return looks;
}

const VOWELS = lettersOf("aeiou");

/** A word without its vowels but for one that it begins with; empty if fewer than three consonants are left. */
export function withoutVowels(text: string): string {
  let bare = "";
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x61 || code > 0x7a) return "";
    if (at === 0 || ((VOWELS >>> (code & 31)) & 1) === 0) bare += text[at]!;
  }
  return bare.length >= FEWEST_CONSONANTS ? bare : "";
}

/** A word of firms by its own id, and those of which it is a shortening, ascending; of a word that is neither, none. */
export function firmIdsOf(text: string, isOtherName: boolean): readonly number[] {
  const own = firmWordId(text);
  if (own !== undefined) return firmWordsBegunBy(text, own);
  return isOtherName && !shortToo.has(text) ? NONE : firmWordsShortenedTo(text);
}

/** Spellings of names that are short for words of firms as well: Med is Mohammed, and medical. */
const shortToo: ReadonlySet<string> = new Set(["med"]);

const NONE: readonly number[] = Object.freeze([]);
