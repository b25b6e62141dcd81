import { disguisesInLine } from "../normalise/disguises.ts";
import { looksMarked } from "../normalise/marked-words.ts";
import { mayBeSyllables, wadeGilesReadings } from "../normalise/wade-giles.ts";

const ZERO = 0x30;
const NINE = 0x39;
/** Shorter numbers are words of many listed names, and there are few of them. */
const SHORTEST = 4;
const STANDS_FOR_ALL = "8";

/** So many digits side by side in a word are a number: no reading takes them for letters. */
const NUMBER_IN_WORD = 3;

/**
 * The line with its foreign numbers written alike, digit for digit, and with its foreign codes, words that hold a number, too. Only runs of at
 * least four characters count that stand alone, between ends, spaces and marks of ASCII that separate words: such a run is a word of
 * its own in every reading. A foreign number is related to no listed
 * word and weighs what any number weighs, so that which one it is changes nothing; a word with the digits of a foreign number is related to none, for digits are
 * never misspelt, and weighs what any unknown word weighs, unless it looks like a marked one. The line itself where nothing is to be replaced, where it is not all ASCII, or where
 * it is a name by Wade and Giles, also one in disguise, of which the letters of a code may be a syllable.
 */
export function lineKey(text: string, isForeign: IsForeign): string {
  let key = "";
  let copied = 0;
  let coded = false;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return text;
    if (!isDigit(code) && !isLetter(code)) {
      at++;
      continue;
    }
    let end = at + 1;
    let digits = isDigit(code) ? 1 : 0;
    for (; end < text.length; end++) {
      const next = text.charCodeAt(end);
      if (isDigit(next)) digits++;
      else if (!isLetter(next)) break;
    }
    if (digits > 0 && end - at >= SHORTEST && separates(text, at - 1) && separates(text, end)) {
      const run = text.slice(at, end);
      const isNumber = digits === run.length;
      const alike = isNumber ? numberLike(run, isForeign) : codeLike(run, text.charCodeAt(end), isForeign);
      if (alike !== null) {
        coded ||= !isNumber;
        key += text.slice(copied, at) + alike;
        copied = end;
      }
    }
    at = end;
  }
  // A number has no letters, and so many digits stand for none.
  return copied === 0 || (coded && hasSyllables(text)) ? text : key + text.slice(copied);
}

/** Whether it is a name by Wade and Giles, as it stands or in disguise: `hs1ao`. */
function hasSyllables(text: string): boolean {
  if (!mayBeSyllables(text)) return false;
  return [text, ...disguisesInLine(text)].some((each) => wadeGilesReadings(each).length > 0);
}

/** Whether a number, all digits, is related to no listed word. */
export type IsForeign = (digits: string) => boolean;

const SLASH = 0x2f;

/** What stands for a number; null for one that may be listed. */
function numberLike(run: string, isForeign: IsForeign): string | null {
  const alike = STANDS_FOR_ALL.repeat(run.length);
  return isForeign(run) && isForeign(alike) ? alike : null;
}

/** What stands for a word of letters and digits before a character, if any; null for one that may be related to a listed word. */
function codeLike(run: string, next: number, isForeign: IsForeign): string | null {
  if (next === SLASH && endsInLineNumber.test(run)) return null;
  let digits = 0;
  let inNumber = 0;
  let longest = 0;
  let small = false;
  let capital = false;
  for (let at = 0; at < run.length; at++) {
    const code = run.charCodeAt(at);
    if (isDigit(code)) {
      digits++;
      inNumber++;
      if (inNumber > longest) longest = inNumber;
      continue;
    }
    inNumber = 0;
    if (code >= SMALL_A) small = true;
    else capital = true;
  }
  // Where small letters and capitals meet, a word may be read as two.
  if (longest < NUMBER_IN_WORD || (small && capital)) return null;
  if ((digits === run.length - 2 && ordinal.test(run)) || looksMarked(run)) return null;
  const alike = STANDS_FOR_ALL.repeat(run.length - 1);
  return isForeign(run.replaceAll(letters, "")) && isForeign(alike) ? `${LETTER}${alike}` : null;
}

const letters = /[^0-9]/g;
const SMALL_A = 0x61;
/** Read as its number. */
const ordinal = /^[0-9]+(?:st|nd|rd|th)$/i;
/** The number of a line of SWIFT's fields may be glued to the word before it, see `readLine`: read apart, that has another number. */
const endsInLineNumber = /[a-z][2-8]$/i;

const LETTER = "x";

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

function isLetter(code: number): boolean {
  const small = code | 0x20;
  return small >= 0x61 && small <= 0x7a;
}

/** Marks that part words wherever they stand; apostrophes, @ and $, which may join, are not among them. */
const separators = new Uint8Array(128);
for (const mark of ' \t,.;:/-+#()[]*=_"<>?!') separators[mark.charCodeAt(0)] = 1;

function separates(text: string, at: number): boolean {
  return at < 0 || at >= text.length || separators[text.charCodeAt(at)] === 1;
}
