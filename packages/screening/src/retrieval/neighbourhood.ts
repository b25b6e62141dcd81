import { queryKeys } from "../relations/keys.ts";
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
 */
export function neighbourFinder(dictionary: Dictionary): FindNeighbours {
  const seen = new Uint32Array(dictionary.size);
  const hashes = new Uint32Array(MOST_DELETES);
  let epoch = 0;
  let candidates: number[] = [];
  const note = (id: number): void => {
    if (seen[id] === epoch) return;
    seen[id] = epoch;
    candidates.push(id);
  };

  return (term) => {
    // A stamp of an earlier round of epochs would hide a candidate.
    if (epoch === 0xffffffff) {
      seen.fill(0);
      epoch = 0;
    }
    epoch++;
    candidates = [];

    lookUp(dictionary.exact, hashText(term.text), note);
    if (editsAllowed(term.text.length) > 0) {
      const count = deleteHashes(term.text, hashes);
      for (let i = 0; i < count; i++) lookUp(dictionary.deletes, hashes[i]!, note);
    }
    for (const key of queryKeys(term)) lookUp(dictionary.keys, key, note);

    const related = candidates
      .map((id) => ({ id, percent: similarity(term, dictionary.term(id)).percent }))
      .filter(({ percent }) => percent > 0)
      .toSorted((a, b) => a.id - b.id);
    return {
      ids: Int32Array.from(related, ({ id }) => id),
      percents: Uint8Array.from(related, ({ percent }) => percent),
    };
  };
}
