import { queryKeys } from "../relations/keys.ts";
import { LONGEST_PATTERN, osaPattern } from "../relations/osa-bits.ts";
import { editsAllowed, similarity, type Term } from "../relations/similarity.ts";
import { lookUp } from "./buckets.ts";
import { deleteHashes, MOST_DELETES } from "./deletes.ts";
import type { Dictionary } from "./dictionary.ts";
import { hashText } from "./hash.ts";

/** The tokens of a dictionary related to one token, in id order, each with its similarity in percent. */
export interface Neighbourhood {
  readonly ids: Int32Array;
  readonly percents: Uint8Array;
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
  const { deletes, offsets, bytes } = dictionary;
  const deleteShift = 32 - (31 - Math.clz32(deletes.starts.length - 1));
  const seen = new Uint32Array(dictionary.size);
  const hashes = new Uint32Array(MOST_DELETES);
  const pattern = osaPattern();
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
      const end = deletes.starts[bucket + 1]!;
      for (let at = deletes.starts[bucket]!; at < end; at++) {
        const entry = deletes.entries[at]!;
        if ((entry & 0xff) !== (hash & 0xff)) continue;
        const id = entry >>> 8;
        if (seen[id] === epoch) continue;
        const from = offsets[id]!;
        const to = offsets[id + 1]!;
        const limit = editsAllowed(Math.min(length, to - from));
        if (bounded && !pattern.within(bytes, from, to, limit)) seen[id] = epoch;
        else note(id);
      }
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
    lookUp(dictionary.exact, hashText(term.text), note);
    for (const key of queryKeys(term)) lookUp(dictionary.keys, key, note);
    // Last: what it throws out is marked as seen.
    if (editsAllowed(term.text.length) > 0) noteMisspelt(term.text);
    return related(term);
  };

  function related(term: Term): Neighbourhood {
    candidates.subarray(0, count).sort();
    const ids = new Int32Array(count);
    const percents = new Uint8Array(count);
    let kept = 0;
    for (let k = 0; k < count; k++) {
      const id = candidates[k]!;
      const { percent } = similarity(term, dictionary.term(id));
      if (percent === 0) continue;
      ids[kept] = id;
      percents[kept++] = percent;
    }
    return { ids: ids.subarray(0, kept), percents: percents.subarray(0, kept) };
  }
}
