/** Stands before the letters of a word that may go on: no word of a name begins so. */
export const CUT = "00";

/** Lengths at which fields of payments end: of SWIFT's lines, one or more, and of ISO 20022. */
export const FULL_LENGTHS: readonly number[] = [33, 35, 66, 70, 105, 140];
const full: ReadonlySet<number> = new Set(FULL_LENGTHS);

const MARK = /(?:\.\.|\u2026)\s*$/;

/** Whether a name may go on behind the end of its text: the text is as long as a field, or says so. */
export function isCutOff(text: string): boolean {
  return full.has(text.length) || MARK.test(text);
}

/** The letters of a word that may go on; empty for any other word. */
export function cutLetters(word: string): string {
  return word.length > CUT.length && word.startsWith(CUT) && word[CUT.length]! >= "a" ? word.slice(CUT.length) : "";
}
