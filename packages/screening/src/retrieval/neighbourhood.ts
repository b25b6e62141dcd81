import { queryKeys } from "../relations/keys.ts";
import { LONGEST_PATTERN, osaPattern } from "../relations/osa-bits.ts";
import { editsAllowed, similarity, type Term } from "../relations/similarity.ts";
import { bitFilter, lookUp } from "./buckets.ts";
import { deleteHashes, MOST_DELETES } from "./deletes.ts";
import type { Dictionary } from "./dictionary.ts";
import { hashText } from "./hash.ts";

/**
 * The tokens of a dictionary related to one token, in id order, each with its similarity in percent: the first `count`
 * cells of two arrays. Scratch of the finder: it holds until the next call.
 */
export interface Neighbourhood {
  count: number;
  ids: Int32Array;
  percents: Uint8Array;
}

export type FindNeighbours = (term: Term) => Neighbourhood;

/**
 * Finds exactly the tokens r of the dictionary for which `similarity(term, r)` is not `none`: each relation has a
 * structure that returns at least its partners, and `similarity` has the last word on each.
 *
 * What only the delete index returns can be nothing but a spelling, and most of it is not: the distance by bits throws
 * that out first, on bytes, before a term is made. All other relations must be retrieved by their keys.
 */
export function neighbourFinder(dictionary: Dictionary): FindNeighbours {
  const { deletes, offsets } = dictionary;
  const { starts, entries } = deletes;
  const filter = bitFilter(deletes);
  const shortWords = shortWordsOf(dictionary);
  const looked = new Int32Array(LOOKED_MASK + 1).fill(-1);
  const deleteShift = 32 - (31 - Math.clz32(deletes.starts.length - 1));
  const seen = new Uint32Array(dictionary.size);
  const hashes = new Uint32Array(MOST_DELETES);
  const pattern = osaPattern();
  const found: Neighbourhood = { count: 0, ids: new Int32Array(256), percents: new Uint8Array(256) };
  let candidates = new Int32Array(256);
  let count = 0;
  let epoch = 0;

  function note(id: number): void {
    if (seen[id] === epoch) return;
    seen[id] = epoch;
    if (count === candidates.length) {
      const larger = new Int32Array(count * 2);
      larger.set(candidates);
      candidates = larger;
    }
    candidates[count++] = id;
  }

  function noteMisspelt(text: string): void {
    const { length } = text;
    const bounded = length <= LONGEST_PATTERN;
    if (bounded) pattern.set(text);
    const hashCount = deleteHashes(text, hashes);
    for (let h = 0; h < hashCount; h++) {
      const hash = hashes[h]!;
      const bucket = hash >>> deleteShift;
      if ((filter[bucket]! & (1 << (hash & 7))) === 0) continue;
      const end = starts[bucket + 1]!;
      for (let at = starts[bucket]!; at < end; at++) {
        const entry = entries[at]!;
        if (((entry ^ hash) & 0xff) !== 0) continue;
        const id = entry >>> 8;
        if (looked[id & LOOKED_MASK] === id) continue;
        looked[id & LOOKED_MASK] = id;
        let from = id * SHORT_WORD;
        let wordLength = shortWords[from]!;
        let bytes = shortWords;
        from++;
        if (wordLength === SHORT_WORD) {
          from = offsets[id]!;
          wordLength = offsets[id + 1]! - from;
          bytes = dictionary.bytes;
        }
        const limit = editsAllowed(length < wordLength ? length : wordLength);
        if (!bounded || pattern.within(bytes, from, from + wordLength, limit)) note(id);
      }
    }
    // The next word must look at all of them again.
    looked.fill(-1);
  }

  return (term) => {
    // A stamp of an earlier round of epochs would hide a candidate.
    if (epoch === 0xffffffff) {
      seen.fill(0);
      epoch = 0;
    }
    epoch++;
    count = 0;
    lookUp(dictionary.exact, hashText(term.text), note);
    for (const key of queryKeys(term)) lookUp(dictionary.keys, key, note);
    if (editsAllowed(term.text.length) > 0) noteMisspelt(term.text);
    return related(term);
  };

  function related(term: Term): Neighbourhood {
    sortFirst(candidates, count);
    if (found.ids.length < count) {
      found.ids = new Int32Array(count * 2);
      found.percents = new Uint8Array(count * 2);
    }
    let kept = 0;
    for (let k = 0; k < count; k++) {
      const id = candidates[k]!;
      const { percent } = similarity(term, dictionary.term(id));
      if (percent === 0) continue;
      found.ids[kept] = id;
      found.percents[kept++] = percent;
    }
    found.count = kept;
    return found;
  }
}

/** Sorts the first cells of an array; few are sorted in place, which is the common case. */
function sortFirst(array: Int32Array, count: number): void {
  if (count > 48) {
    array.subarray(0, count).sort();
    return;
  }
  for (let i = 1; i < count; i++) {
    const value = array[i]!;
    let to = i;
    for (; to > 0 && array[to - 1]! > value; to--) array[to] = array[to - 1]!;
    array[to] = value;
  }
}

/** The last ids looked at, by their low bits: a candidate is mostly met again for the next deletion. */
const LOOKED_MASK = 255;

/** Bytes kept for a word: its length, then the word, or `SHORT_WORD` itself for a longer one. */
const SHORT_WORD = 16;

/** The words of a dictionary at fixed places, so that looking at one reads memory once. */
function shortWordsOf({ offsets, bytes, size }: Dictionary): Uint8Array {
  const words = new Uint8Array(size * SHORT_WORD);
  for (let id = 0; id < size; id++) {
    const from = offsets[id]!;
    const length = offsets[id + 1]! - from;
    words[id * SHORT_WORD] = Math.min(length, SHORT_WORD);
    if (length < SHORT_WORD) words.set(bytes.subarray(from, from + length), id * SHORT_WORD + 1);
  }
  return words;
}
