import type { QueryTokens } from "../engine/query-tokens.ts";
import {
  APOSTROPHE,
  cases,
  DIGIT,
  folded,
  kindsInLine,
  LETTER,
  OTHER,
  SEPARATOR,
  SIMPLE,
} from "../engine/read-fast.ts";
import { LONGEST_TEXT } from "../engine/read-query.ts";
import { letterOfSign, withoutDigitsForLetters } from "../normalise/homoglyphs.ts";
import { looksMarked } from "../normalise/marked-words.ts";
import { southernReadings } from "../normalise/southern-chinese.ts";
import { wadeGilesReadings } from "../normalise/wade-giles.ts";
import { FNV_BASIS, FNV_PRIME } from "../retrieval/hash.ts";
import { DIGITS_OF_NUMBER } from "../weights/weight.ts";

/** Stands for a word that no listed word is related to, a number or a code: it is not remembered, for each comes once. */
export const UNRELATED = -1;

/** Words of a line, at most; longer ones are left to `readLine`. */
export const MOST_LINE_WORDS = 512;

/**
 * The readings of a line as records of `QueryTokens`, `UNRELATED` for words of foreign numbers. Scratch: each holds until
 * the next line.
 */
export interface FastLine {
  readonly plain: Int32Array;
  /** The same with particles merged into the word after them; `mergedLength` is 0 if that changes nothing. */
  readonly merged: Int32Array;
  plainLength: number;
  mergedLength: number;
  /** A word has letters and digits: what `disguisesInLine` has to say is a reading, too. */
  mixed: boolean;
  /** The words as written, side by side: word w is `bytes[starts[w] .. starts[w + 1])`. */
  bytes: Uint8Array;
  readonly starts: Int32Array;
  /** 1 where a word has a number in it, see `foundTogether`. */
  readonly numbers: Uint8Array;
}

/** The last five letters by case, in base 3: two small, a capital, two small. See `hasWordsJoinedByCase`. */
const CASES = 3 ** 5;
const JOINED_BY_CASE = 1 + 3 + 2 * 9 + 27 + 81;

const [SLASH, STOP, TWO, EIGHT] = [0x2f, 0x2e, 0x32, 0x38];

/**
 * Reads a line of ASCII and accented Latin as `readLine` does, without making an object. False if it must be left to
 * that: another character, an apostrophe or a sign for a letter inside a word, words joined by case, two single letters
 * side by side, what may be a legal form in several words, the number of a line of SWIFT's fields.
 */
export function fastLineReader(
  tokens: QueryTokens,
  isForeignNumber: (digits: string) => boolean,
): FastLine & { read(text: string): boolean } {
  const written = new Int32Array(MOST_LINE_WORDS);
  let end = 0;
  let words = 0;
  const self = {
    plain: new Int32Array(MOST_LINE_WORDS),
    merged: new Int32Array(MOST_LINE_WORDS),
    plainLength: 0,
    mergedLength: 0,
    mixed: false,
    bytes: new Uint8Array(1024),
    starts: new Int32Array(MOST_LINE_WORDS + 1),
    numbers: new Uint8Array(MOST_LINE_WORDS),
    read,
  };
  return self;

  function read(text: string): boolean {
    const { length } = text;
    if (length > LONGEST_TEXT) return false;
    // A letter is three bytes at most, and each word may be written anew with as many.
    if (self.bytes.length < length * 3) self.bytes = new Uint8Array(length * 6);
    const { bytes } = self;
    end = 0;
    words = 0;
    let begun = 0;
    let fnv = FNV_BASIS;
    let pending = false;
    let seen = 0;
    let foreign = false;
    let lastCases = 0;
    let singleBefore = false;
    self.mixed = false;
    let hasParticle = false;
    let hasFamily = false;
    for (let i = 0; i <= length; i++) {
      const code = i < length ? text.charCodeAt(i) : 32;
      if (code >= SIMPLE) return false;
      let kind = kindsInLine[code]!;
      if (kind >= LETTER) {
        if (pending) return false;
        lastCases = (lastCases * 3 + cases[code]!) % CASES;
        if (lastCases === JOINED_BY_CASE) return false;
        let letters = folded[code]!;
        for (let left = letters >>> 24; left > 0; left--) {
          const letter = letters & 0x7f;
          bytes[end++] = letter;
          fnv = Math.imul(fnv ^ letter, FNV_PRIME);
          letters >>>= 8;
        }
        seen |= kind;
        if (code >= 0x80) foreign = true;
        continue;
      }
      if (kind === OTHER) return false;
      if (kind === SEPARATOR || kind === APOSTROPHE) {
        if (end > begun && letterOfSign(text, i) !== undefined) return false;
        lastCases = 0;
        if (kind === APOSTROPHE) {
          pending = end > begun;
          continue;
        }
        if (code === SLASH && isLineNumber(text, i)) return false;
        pending = false;
        if (end === begun) continue;
        if (words === MOST_LINE_WORDS) return false;
        const single = end === begun + 1 && seen === LETTER;
        if (single && singleBefore) return false;
        singleBefore = single;
        if (seen === (LETTER | DIGIT)) {
          if (foreign) return false;
          self.mixed = true;
          written[words] = mixedWord(begun);
        } else if (seen === DIGIT && end - begun > DIGITS_OF_NUMBER && isForeignNumber(wordText(begun))) {
          written[words] = UNRELATED;
        } else {
          written[words] = tokens.find(bytes, begun, end, fnv);
        }
        const record = written[words]!;
        if (record !== UNRELATED && tokens.isParticle(record)) hasParticle = true;
        if (record !== UNRELATED && tokens.isSouthernFamily(record)) hasFamily = true;
        self.numbers[words] = (seen & DIGIT) !== 0 && hasNumber(begun) ? 1 : 0;
        self.starts[words++] = begun;
        begun = end;
        fnv = FNV_BASIS;
        seen = 0;
        foreign = false;
      }
    }
    self.starts[words] = end;
    if (words === 0) return false;
    if (wadeGilesReadings(text).length > 0) return false;
    if (hasFamily && words > 1 && southernReadings(text).length > 0) return false;
    for (let w = 0; w < words; w++) {
      const record = written[w]!;
      self.plain[w] = record;
      if (record === UNRELATED) continue;
      if (tokens.mayBeginPhrase(record, w + 1 < words ? written[w + 1]! : -1)) return false;
      self.plain[w] = tokens.canonical(record);
    }
    self.plainLength = words;
    self.mergedLength = hasParticle ? merge() : 0;
    return true;
  }

  /** A word of letters and digits from `begun` on: written as `tokenise` does, with letters for the digits that stand for them. */
  function mixedWord(begun: number): number {
    const letters = withoutDigitsForLetters(wordText(begun));
    end = begun + letters.length;
    let fnv = FNV_BASIS;
    for (let at = 0; at < letters.length; at++) {
      const code = letters.charCodeAt(at);
      self.bytes[begun + at] = code;
      fnv = Math.imul(fnv ^ code, FNV_PRIME);
    }
    if (hasNumber(begun) && !looksMarked(letters) && isForeignNumber(letters.replaceAll(/[^0-9]/g, "")))
      return UNRELATED;
    return tokens.find(self.bytes, begun, end, fnv);
  }

  function wordText(begun: number): string {
    let text = "";
    for (let at = begun; at < end; at++) text += String.fromCharCode(self.bytes[at]!);
    return text;
  }

  function hasNumber(begun: number): boolean {
    let digits = 0;
    for (let at = begun; at < end; at++) {
      digits = self.bytes[at]! <= NINE ? digits + 1 : 0;
      if (digits === DIGITS_OF_NUMBER) return true;
    }
    return false;
  }

  /** A run of particles and the word after it lie side by side in `bytes`: merging is one longer word. A run at the end stays. */
  function merge(): number {
    const { bytes, starts, plain, merged } = self;
    let count = 0;
    let changed = false;
    for (let w = 0; w < words; w++) {
      let last = w;
      while (last < words && written[last] !== UNRELATED && tokens.isParticle(written[last]!)) last++;
      if (last === words) {
        for (; w < words; w++) merged[count++] = plain[w]!;
      } else if (last === w) {
        merged[count++] = plain[w]!;
      } else {
        let fnv = FNV_BASIS;
        for (let i = starts[w]!; i < starts[last + 1]!; i++) fnv = Math.imul(fnv ^ bytes[i]!, FNV_PRIME);
        // Letters beside a foreign number are related to nothing either.
        merged[count++] =
          written[last] === UNRELATED
            ? UNRELATED
            : tokens.canonical(tokens.find(bytes, starts[w]!, starts[last + 1]!, fnv));
        changed = true;
        w = last;
      }
    }
    return changed ? count : 0;
  }
}

const NINE = 0x39;

/** The number of a line of SWIFT's structured fields before a slash, see `readLine`. */
function isLineNumber(text: string, slash: number): boolean {
  if (slash < 2) return false;
  const digit = text.charCodeAt(slash - 1);
  if (digit < TWO || digit > EIGHT) return false;
  const before = text.charCodeAt(slash - 2);
  return before === STOP || (kindsInLine[before]! & LETTER) !== 0;
}
