import { isCutOff } from "../normalise/cut-off.ts";
import { SIGNS_OF_LETTERS } from "../normalise/disguises.ts";
import { fold } from "../normalise/fold.ts";
import { withoutHomoglyphs } from "../normalise/homoglyphs.ts";
import { southernReadings } from "../normalise/southern-chinese.ts";
import { wadeGilesReadings } from "../normalise/wade-giles.ts";
import { trailingPlace } from "../normalise/wrapping.ts";
import { FNV_BASIS, FNV_PRIME } from "../retrieval/hash.ts";
import { LONGEST_QUERY } from "../score/score.ts";
import type { QueryTokens } from "./query-tokens.ts";
import { LONGEST_TEXT } from "./read-query.ts";

/** Readings of a query as records of `QueryTokens`. Scratch: each holds until the next reading. */
export interface FastReading {
  /** Words as written, each as the word of its class. */
  readonly plain: Int32Array;
  plainLength: number;
  /** The same with particles merged into the word after them; length 0 if that changes nothing. */
  readonly merged: Int32Array;
  mergedLength: number;
  /** FNV-1a, not mixed, of the name without spaces: as written, and with words of classes. */
  writtenHash: number;
  canonicalHash: number;
}

/** ASCII and accented Latin. No combining mark lies below, so each character is folded alone. */
export const SIMPLE = 0x250;
export const SEPARATOR = 0;
const NOTHING = 1;
export const APOSTROPHE = 2;
/** Left to `variants`. */
export const OTHER = 3;
export const LETTER = 4;
export const DIGIT = 8;
const kinds = new Uint8Array(SIMPLE);
/** Up to three bytes of a letter, and in the top byte their number. */
export const folded = new Int32Array(SIMPLE);
for (let code = 0; code < SIMPLE; code++) {
  const character = String.fromCharCode(code);
  const result = fold(character);
  switch (result.kind) {
    case "letters":
      kinds[code] = kindOfLetter(character, result.text);
      for (let k = 0; k < result.text.length; k++) folded[code]! |= result.text.charCodeAt(k) << (8 * k);
      folded[code]! |= result.text.length << 24;
      break;
    case "apostrophe":
      kinds[code] = APOSTROPHE;
      break;
    case "nothing":
      kinds[code] = NOTHING;
      break;
    case "separator":
      kinds[code] = SEPARATOR;
      break;
  }
}

/** What characters are before signs that only matter in names are left out. */
export const kindsInLine = kinds.slice();

/** 1 for a small letter, 2 for a capital: a capital between small letters may begin a word. */
export const cases = Uint8Array.from({ length: SIMPLE }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/^\p{Ll}$/u.test(character)) return 1;
  return /^\p{Lu}$/u.test(character) ? 2 : 0;
});

// Between letters they stand for one, or they are what wraps names: see `disguises` and `wrapping`.
for (const sign of `${SIGNS_OF_LETTERS}<%/([`) kinds[sign.charCodeAt(0)] = OTHER;
const AMPERSAND = 0x26;
const COMMA = 0x2c;
const DASH = 0x2d;
const SPACE = 0x20;
const SHORTEST_NUMBER = 4;
/** So many on both sides of a capital make it the beginning of a word: see `hasWordsJoinedByCase`. */
const SMALL_BESIDE_CAPITAL = 2;
const ROMAN: ReadonlySet<number> = new Set(Array.from("ivx", (letter) => letter.charCodeAt(0)));

/** A Latin letter beyond ASCII is simple if a word with it is its letters folded one by one: see `readWord`. */
function kindOfLetter(character: string, text: string): number {
  if (character < "\u0080") return text < ":" ? DIGIT : LETTER;
  const stays = character.normalize("NFC") === character && withoutHomoglyphs(character) === character;
  const simple = stays && /^\p{Script=Latin}$/u.test(character) && /^[a-z]{1,3}$/.test(text);
  return simple ? LETTER : OTHER;
}

/**
 * Reads a text of ASCII and accented Latin exactly as `queryVariants` does, without making an object. False if it must be left to
 * that: another character, an apostrophe, @ or $ inside a word, a capital between small letters, a word of letters and digits, two single letters side by
 * side, what may be a legal form in several words, what may be a disguise or wrap a name, a
 * word twice, a number of four digits, what may be a misspelt legal form, too many words, no word.
 */
export function fastReader(tokens: QueryTokens): FastReading & { read(text: string): boolean } {
  let bytes = new Uint8Array(256);
  /** Where each word begins in `bytes`, and where the last one ends. */
  const starts = new Int32Array(LONGEST_QUERY + 1);
  const written = new Int32Array(LONGEST_QUERY);
  let hasParticle = false;

  const self = {
    plain: new Int32Array(LONGEST_QUERY),
    plainLength: 0,
    merged: new Int32Array(LONGEST_QUERY),
    mergedLength: 0,
    writtenHash: 0,
    canonicalHash: 0,
    read,
  };
  return self;

  function read(text: string): boolean {
    const { length } = text;
    if (length > LONGEST_TEXT || isCutOff(text)) return false;
    if (bytes.length < length * 3) bytes = new Uint8Array(length * 6);
    let end = 0;
    let words = 0;
    let begun = 0;
    let fnv = FNV_BASIS;
    let whole = FNV_BASIS;
    let pending = false;
    let seen = 0;
    let singleBefore = false;
    /** Small letters side by side up to here; then a capital behind two of them, and how many small letters behind that. */
    let small = 0;
    let joined = 0;
    let marked = false;
    let hasFamily = false;
    hasParticle = false;
    for (let i = 0; i <= length; i++) {
      const code = i < length ? text.charCodeAt(i) : 32;
      if (code >= SIMPLE) return false;
      const kind = kinds[code]!;
      if (kind >= LETTER) {
        if (pending) return false;
        const letterCase = cases[code]!;
        if (letterCase === 1) {
          small++;
          if (joined > 0 && ++joined > SMALL_BESIDE_CAPITAL) return false;
        } else {
          joined = letterCase > 1 && small >= SMALL_BESIDE_CAPITAL ? 1 : 0;
          small = 0;
        }
        let letters = folded[code]!;
        for (let left = letters >>> 24; left > 0; left--) {
          const letter = letters & 0x7f;
          bytes[end++] = letter;
          fnv = Math.imul(fnv ^ letter, FNV_PRIME);
          whole = Math.imul(whole ^ letter, FNV_PRIME);
          letters >>>= 8;
        }
        seen |= kind;
      } else if (kind === SEPARATOR) {
        if (code === COMMA || (code === DASH && i > 0 && text.charCodeAt(i - 1) <= SPACE)) marked = true;
        else if (code === AMPERSAND && mayBeEncoded(text, i)) return false;
        pending = false;
        small = joined = 0;
        if (end === begun) continue;
        if (words === LONGEST_QUERY || seen === (LETTER | DIGIT)) return false;
        const single = end === begun + 1 && seen === LETTER;
        if (single && singleBefore) return false;
        if (seen === DIGIT && end - begun >= SHORTEST_NUMBER) return false;
        singleBefore = single;
        seen = 0;
        const record = tokens.find(bytes, begun, end, fnv);
        if (tokens.isParticle(record)) hasParticle = true;
        if (tokens.isSouthernFamily(record)) hasFamily = true;
        if (tokens.isMisspeltPhraseWord(record)) return false;
        written[words] = record;
        starts[words++] = begun;
        begun = end;
        fnv = FNV_BASIS;
      } else if (kind === APOSTROPHE) {
        pending = end > begun;
      } else if (kind === OTHER) {
        return false;
      }
    }
    if (wadeGilesReadings(text).length > 0) return false;
    if (hasFamily && words > 1 && southernReadings(text).length > 0) return false;
    if (words === 0 || repeats(words) || (marked && trailingPlace(text) !== undefined)) return false;
    if (words > 2 && isRomanAt(starts[words - 1]!, end)) return false;
    if (words > 1 && (tokens.isMisspeltForm(written[0]!) || tokens.isMisspeltForm(written[words - 1]!))) return false;
    starts[words] = end;
    self.plainLength = words;
    self.writtenHash = whole;
    self.canonicalHash = whole;
    let sameAsWritten = true;
    for (let w = 0; w < words; w++) {
      if (tokens.mayBeginPhrase(written[w]!, w + 1 < words ? written[w + 1]! : -1)) return false;
      const record = tokens.canonical(written[w]!);
      self.plain[w] = record;
      if (record !== written[w]) sameAsWritten = false;
    }
    if (!sameAsWritten) hashCanonical(words);
    self.mergedLength = hasParticle ? merge(words) : 0;
    return true;
  }

  /** Whether these bytes are i and v alone, as the number of a person is: see `queryVariants`. */
  function isRomanAt(from: number, to: number): boolean {
    for (let at = from; at < to; at++) if (!ROMAN.has(bytes[at]!)) return false;
    return true;
  }

  /** A name hardly ever holds one word twice. */
  function repeats(words: number): boolean {
    for (let w = 1; w < words; w++)
      for (let before = 0; before < w; before++) if (written[before] === written[w]) return true;
    return false;
  }

  function hashCanonical(words: number): void {
    let hash = FNV_BASIS;
    for (let w = 0; w < words; w++) {
      const record = self.plain[w]!;
      const length = tokens.keyLength(record);
      if (spare.length < length) spare = new Uint8Array(length * 2);
      tokens.copyKey(record, spare, 0);
      for (let i = 0; i < length; i++) hash = Math.imul(hash ^ spare[i]!, FNV_PRIME);
    }
    self.canonicalHash = hash;
  }

  /** The words of a run of particles and of the word after it lie side by side in `bytes`: merging is one longer word. */
  function merge(words: number): number {
    let count = 0;
    let changed = false;
    for (let w = 0; w < words; w++) {
      let last = w;
      while (last < words && tokens.isParticle(written[last]!)) last++;
      if (last === words) {
        // A run at the end stays as it is.
        for (; w < words; w++) self.merged[count++] = self.plain[w]!;
      } else if (last === w) {
        self.merged[count++] = self.plain[w]!;
      } else {
        let fnv = FNV_BASIS;
        for (let i = starts[w]!; i < starts[last + 1]!; i++) fnv = Math.imul(fnv ^ bytes[i]!, FNV_PRIME);
        self.merged[count++] = tokens.canonical(tokens.find(bytes, starts[w]!, starts[last + 1]!, fnv));
        changed = true;
        w = last;
      }
    }
    return changed ? count : 0;
  }
}

/** A letter or # right behind an ampersand: `&nbsp;`, `&#39;`. */
function mayBeEncoded(text: string, at: number): boolean {
  return /^[a-z#]/i.test(text.charAt(at + 1));
}

let spare = new Uint8Array(64);
