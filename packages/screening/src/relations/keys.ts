import { hashText } from "../retrieval/hash.ts";
import type { Term } from "./similarity.ts";

/**
 * Hashes under which a token of the list is filed. Together with `queryKeys` they retrieve every relation but `exact`
 * and `spelling`: if such a relation holds between q and r then `queryKeys(q)` and `listKeys(r)` share a key. Keys may
 * collide; `similarity` has the last word.
 */
export function listKeys(term: Term): readonly number[] {
  return term.skeleton === "" ? [] : [hashText(term.skeleton)];
}

/** Hashes under which the partners of a payment's token are found. */
export function queryKeys(term: Term): readonly number[] {
  return listKeys(term);
}
