import { isDeepStrictEqual } from "node:util";

import type { Designation, ScreeningIndex } from "@cordon/matching";

/** Entries that are read between two steps: some milliseconds. */
const STEP = 200;

/**
 * What an index lists that another does not list in just this way: entries that are new or amended, by comparing all that is in them. What is
 * clear under `older` is clear under `newer` exactly if it is clear against these alone, for whether an entry matches a text depends on
 * nothing but both; entries that are gone can only make clear what was not.
 *
 * Null where that says too little to be of use, so that everything is judged anew: there are more than `most`, a place or a word is among what
 * changed or is gone (they are looked up by other ways), the indexes are of two engines, or their entries do not come in the order of ids.
 */
export function* changedEntries(
  older: ScreeningIndex,
  newer: ScreeningIndex,
  most: number,
): Generator<void, readonly Designation[] | null, void> {
  if (older.engineVersion !== newer.engineVersion) return null;
  const changed: Designation[] = [];
  const [before, after] = [ordered(older), ordered(newer)];
  let old: Entry = before();
  let next: Entry = after();
  for (let read = 1; old !== undefined || next !== undefined; read++) {
    if (old === OUT_OF_ORDER || next === OUT_OF_ORDER) return null;
    // The entries of the first id that is left: one of them alone is new, or gone.
    const was = isEarlier(next, old) ? undefined : old;
    const is = isEarlier(old, next) ? undefined : next;
    if (!isDeepStrictEqual(was, is)) {
      if (was?.place !== undefined || is?.place !== undefined) return null;
      if (is !== undefined) changed.push(is);
      if (changed.length > most) return null;
    }
    if (was !== undefined) old = before();
    if (is !== undefined) next = after();
    if (read % STEP === 0) yield;
  }
  return changed;
}

type Entry = Designation | undefined | typeof OUT_OF_ORDER;

const OUT_OF_ORDER: unique symbol = Symbol("out of order");

function isEarlier(one: Designation | undefined, other: Designation | undefined): boolean {
  return one !== undefined && other !== undefined && one.id < other.id;
}

/** One entry after another, for as long as each has a later id than the one before. */
function ordered(index: ScreeningIndex): () => Entry {
  const entries = index.designations();
  let last = "";
  return () => {
    const { value, done } = entries.next() as IteratorResult<Designation, undefined>;
    if (done === true) return undefined;
    if (value.id <= last) return OUT_OF_ORDER;
    last = value.id;
    return value;
  };
}
