import { fold } from "../normalise/fold.ts";
import { LONGEST_QUERY } from "../score/score.ts";
import { FNV_BASIS, FNV_PRIME, type QueryTokens } from "./query-tokens.ts";

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

/** ASCII: each character is folded alone, to one letter, and a word of it is read as it stands. */
const SIMPLE = 0x80;
const SEPARATOR = 0;
const NOTHING = 1;
const APOSTROPHE = 2;
const LETTER = 3;
const DIGIT = 4;
const kinds = new Uint8Array(SIMPLE);
const folded = new Uint8Array(SIMPLE);
for (let code = 0; code < SIMPLE; code++) {
  const result = fold(String.fromCharCode(code));
  switch (result.kind) {
    case "letters":
      if (result.text.length !== 1) throw new Error("an ASCII character is folded to more than one letter");
      folded[code] = result.text.charCodeAt(0);
      kinds[code] = folded[code]! < 0x3a ? DIGIT : LETTER;
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

/**
 * Reads a text of ASCII exactly as `variants` does, without making a string or an object. False if it must be left to
 * `variants`: another character, an apostrophe inside a word, a word of letters and digits, two single letters side by
 * side, too many words, no word.
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
    if (bytes.length < length) bytes = new Uint8Array(length * 2);
    let end = 0;
    let words = 0;
    let begun = 0;
    let fnv = FNV_BASIS;
    let whole = FNV_BASIS;
    let pending = false;
    let seen = 0;
    let singleBefore = false;
    hasParticle = false;
    for (let i = 0; i <= length; i++) {
      const code = i < length ? text.charCodeAt(i) : 32;
      if (code >= SIMPLE) return false;
      const kind = kinds[code]!;
      if (kind >= LETTER) {
        if (pending) return false;
        const letter = folded[code]!;
        bytes[end++] = letter;
        fnv = Math.imul(fnv ^ letter, FNV_PRIME);
        whole = Math.imul(whole ^ letter, FNV_PRIME);
        seen |= kind;
      } else if (kind === SEPARATOR) {
        pending = false;
        if (end === begun) continue;
        if (words === LONGEST_QUERY || seen === (LETTER | DIGIT)) return false;
        const single = end === begun + 1 && seen === LETTER;
        if (single && singleBefore) return false;
        singleBefore = single;
        seen = 0;
        const record = tokens.find(bytes, begun, end, fnv);
        if (tokens.isParticle(record)) hasParticle = true;
        written[words] = record;
        starts[words++] = begun;
        begun = end;
        fnv = FNV_BASIS;
      } else if (kind === APOSTROPHE) {
        pending = end > begun;
      }
    }
    if (words === 0) return false;
    starts[words] = end;
    self.plainLength = words;
    self.writtenHash = whole;
    self.canonicalHash = whole;
    let sameAsWritten = true;
    for (let w = 0; w < words; w++) {
      const record = tokens.canonical(written[w]!);
      self.plain[w] = record;
      if (record !== written[w]) sameAsWritten = false;
    }
    if (!sameAsWritten) hashCanonical(words);
    self.mergedLength = hasParticle ? merge(words) : 0;
    return true;
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

let spare = new Uint8Array(64);
