import { foldWord } from "./fold.ts";
import { withoutDigitsForLetters, withoutHomoglyphs } from "./homoglyphs.ts";

/** A word of a text in bytes a-z0-9, and where it stands: UTF-16 offsets. */
export interface FoldedWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Letters, digits and what joins them: marks, apostrophes of all kinds, characters that take no room. */
const run = /[\p{L}\p{N}\p{M}\p{Cf}'’‘‛`´ʹʻʼʽʾʿˈ′＇]+/gu;
/** Characters that are words by themselves, for their scripts write no spaces. */
const apart =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]\p{M}*|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

const plainRun = /[a-z0-9']+/gi;
const beyondAscii = /[\u0080-\uffff]/;

/**
 * The words of a text of any script, each read in one way: accents, case and apostrophes say nothing, letters that only look Latin
 * within a Latin word are, and other scripts are romanised letter by letter. For words that are listed word by word, such as places;
 * names are read in many more ways.
 */
export function foldedWords(text: string): readonly FoldedWord[] {
  const words: FoldedWord[] = [];
  const add = (written: string, start: number): void => {
    const folded = withoutDigitsForLetters(foldWord(withoutHomoglyphs(written)));
    if (folded !== "") words.push({ text: folded, start, end: start + written.length });
  };
  if (!beyondAscii.test(text)) {
    for (const { 0: written, index } of text.matchAll(plainRun)) add(written, index);
    return words;
  }
  for (const { 0: written, index } of text.matchAll(run))
    for (const { 0: part, index: within } of written.matchAll(apart)) add(part, index + within);
  return words;
}
