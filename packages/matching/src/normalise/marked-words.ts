/**
 * Marks of words whose sounds a table tells. No word of a name begins so. Nobody misspells what a table wrote: a marked word is met
 * only as said here, never by one that is misspelt or sounds alike.
 */

/** A word of a payment's name in Han characters, in pinyin: met by the same word alone. */
export const PINYIN = "02";
/** Pinyin that a listed name in the spelling of Hong Kong or Southeast Asia may be: met by the same word, but by none of `PINYIN`, whose characters have spellings of their own there. */
export const SOUTHERN = "03";
/** A Han character of a payment's name, by its number: met by what it is spelt there and in Taiwan, see `spellingsOfSign`. */
export const SIGN = "04";
/** A syllable of a payment's name in Hangul, or as Korea reads a character: met by the same syllable and by its other spellings. */
export const KOREAN = "05";

/** The initials of a listed organisation: met by the same letters alone. Four letters are like too many words. */
export const INITIALS = "06";

export type Mark = "" | typeof PINYIN | typeof SOUTHERN | typeof SIGN | typeof KOREAN | typeof INITIALS;

const marks: readonly Mark[] = [PINYIN, SOUTHERN, SIGN, KOREAN, INITIALS];

export function markOf(word: string): Mark {
  if (word.charCodeAt(0) !== 0x30 || word.length < 3 || word[2]! < "a") return "";
  return marks.find((mark) => word.startsWith(mark)) ?? "";
}

/**
 * Whether a word has a mark, or is written as if it had: one of these, or that of a word read by its sounds or cut off. Its digits, then,
 * say nothing of what it is related to.
 */
export function looksMarked(word: string): boolean {
  return /^0[0-9][a-z]/i.test(word);
}

/** The word without its mark. */
export function withoutMark(word: string): string {
  return markOf(word) === "" ? word : word.slice(2);
}

/** A word that stands for signs of a payment's name. */
export function isSignMark(mark: Mark): boolean {
  return mark !== "" && mark !== SOUTHERN && mark !== INITIALS;
}
