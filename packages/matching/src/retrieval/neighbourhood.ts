import { initialKey, queryKeys } from "../relations/keys.ts";
import { LONGEST_PATTERN, osaPattern } from "../relations/osa-bits.ts";
import { editsAllowed, maySpellBadly, similarity, type Term } from "../relations/similarity.ts";
import { EDITS_OF_BADLY_SPELT, LONGEST_BADLY_SPELT, SHORTEST_BADLY_SPELT } from "../relations/spelling.ts";
import { bitFilter, FILTERED, lookUp } from "./buckets.ts";
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
 * Finds exactly the tokens r of the dictionary for which `similarity(term, r)` is not `none`, those apart of which the
 * term is but an initial (`initialsOf` has them): each relation has a structure that returns at least its partners, and
 * `similarity` has the last word on each.
 *
 * What only the delete index returns can be nothing but a spelling, and most of it is not: the distance by bits throws
 * that out first, on bytes, before a term is made. All other relations must be retrieved by their keys.
 */
export function neighbourFinder(dictionary: Dictionary): FindNeighbours {
  const { deletes, offsets } = dictionary;
  const { starts, entries } = deletes;
  const filter = bitFilter(deletes);
  const shortWords = shortWordsOf(dictionary);
  /** All -1 between calls: every word is to be looked at again by the next. */
  const looked = new Int32Array(LOOKED_MASK + 1).fill(-1);
  const begins = new Uint32Array(MOST_DELETES);
  const ends = new Uint32Array(MOST_DELETES);
  const firsts = new Uint32Array(MOST_DELETES);
  let suspected = new Int32Array(256);
  let lengths = new Uint8Array(256);
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
    if (count === candidates.length) candidates = larger(candidates, count + 1);
    candidates[count++] = id;
  }

  /** Words that begin with these letters: filed under the first, as partners of initials are. */
  function noteBegunBy(letters: string): void {
    const { bytes } = dictionary;
    lookUp(dictionary.keys, initialKey(letters[0]!), (id) => {
      const from = offsets[id]!;
      if (offsets[id + 1]! - from <= letters.length) return;
      for (let at = 0; at < letters.length; at++) if (bytes[from + at] !== letters.charCodeAt(at)) return;
      note(id);
    });
  }

  /**
   * In steps over all strings at once, each of which reads one array at unrelated places: the processor then waits for
   * many of these reads together, where one string after the other would wait for each.
   */
  function noteMisspelt(text: string, badly: boolean): void {
    let left = stringsInFilter(deleteHashes(text, hashes, badly));
    for (let h = 0; h < left; h++) {
      const bucket = hashes[h]! >>> deleteShift;
      begins[h] = starts[bucket]!;
      ends[h] = starts[bucket + 1]!;
    }
    for (let h = 0; h < left; h++) firsts[h] = entries[begins[h]!]!;
    let suspects = 0;
    for (let h = 0; h < left; h++) {
      const hash = hashes[h]!;
      const end = ends[h]!;
      if (suspected.length < suspects + end - begins[h]!) suspected = larger(suspected, suspects + end - begins[h]!);
      let entry = firsts[h]!;
      for (let at = begins[h]!; at < end; at++) {
        if (at > begins[h]!) entry = entries[at]!;
        const id = entry >>> 8;
        if (((entry ^ hash) & 0xff) !== 0 || looked[id & LOOKED_MASK] === id) continue;
        looked[id & LOOKED_MASK] = id;
        suspected[suspects++] = id;
      }
    }
    if (lengths.length < suspects) lengths = new Uint8Array(suspects * 2);
    for (let k = 0; k < suspects; k++) lengths[k] = shortWords[suspected[k]! * SHORT_WORD]!;
    for (let k = 0; k < suspects; k++) looked[suspected[k]! & LOOKED_MASK] = -1;
    noteWithin(text, suspects, badly);
  }

  /** Moves the hashes that the filter does not exclude to the front, and says how many they are. */
  function stringsInFilter(strings: number): number {
    for (let h = 0; h < strings; h++) firsts[h] = filter[hashes[h]! >>> deleteShift]!;
    let left = 0;
    for (let h = 0; h < strings; h++) {
      const hash = hashes[h]!;
      hashes[left] = hash;
      left += (firsts[h]! >>> (hash & FILTERED)) & 1;
    }
    return left;
  }

  /** Of the words suspected, those near enough. */
  function noteWithin(text: string, suspects: number, badly: boolean): void {
    const { length } = text;
    const bounded = length <= LONGEST_PATTERN;
    if (bounded) pattern.set(text);
    for (let k = 0; k < suspects; k++) {
      const id = suspected[k]!;
      let from = id * SHORT_WORD + 1;
      let wordLength = lengths[k]!;
      let bytes = shortWords;
      if (wordLength === SHORT_WORD) {
        from = offsets[id]!;
        wordLength = offsets[id + 1]! - from;
        bytes = dictionary.bytes;
      }
      let limit = editsAllowed(length < wordLength ? length : wordLength);
      if (
        badly &&
        wordLength >= SHORTEST_BADLY_SPELT &&
        wordLength <= LONGEST_BADLY_SPELT &&
        bytes[from] === text.charCodeAt(0)
      )
        limit = EDITS_OF_BADLY_SPELT;
      if (!bounded || pattern.within(bytes, from, from + wordLength, limit)) note(id);
    }
  }

  return (term) => {
    // A stamp of an earlier round of epochs would hide a candidate.
    if (epoch === 0xffffffff) {
      seen.fill(0);
      epoch = 0;
    }
    epoch++;
    count = 0;
    if (dictionary.isForeignNumber(term.text)) return related(term);
    if (term.cut !== "") {
      lookUp(dictionary.exact, hashText(term.text), note);
      noteBegunBy(term.cut);
      return related(term);
    }
    // Marked words are filed as what they mark.
    lookUp(dictionary.exact, hashText(term.plain), note);
    for (const spelling of term.spellings) lookUp(dictionary.exact, hashText(spelling), note);
    for (const key of queryKeys(term)) lookUp(dictionary.keys, key, note);
    if (term.mark === "" && editsAllowed(term.text.length) > 0) noteMisspelt(term.text, maySpellBadly(term));
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
      const { relation, percent } = similarity(term, dictionary.term(id));
      if (percent === 0 || relation === "initial") continue;
      found.ids[kept] = id;
      found.percents[kept++] = percent;
    }
    found.count = kept;
    return found;
  }
}

function larger(array: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(Math.max(least, array.length * 2));
  copy.set(array);
  return copy;
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
