import type { ListState } from "@cordon/index-store";
import type { Designation } from "@cordon/matching";

/** The last version of a list that was read in full and passed its guards. */
export interface AcceptedList {
  readonly state: ListState;
  readonly designations: readonly Designation[];
}

export type AcceptedLists = ReadonlyMap<string, AcceptedList>;

/** The one that was checked later; what is only in one of the two is taken as it is. */
export function laterOfEach(ours: AcceptedLists, theirs: AcceptedLists): AcceptedLists {
  const merged = new Map(ours);
  for (const [list, good] of theirs) {
    const own = merged.get(list);
    if (own === undefined || own.state.checkedAt < good.state.checkedAt) merged.set(list, good);
  }
  return merged;
}
