import type { ListState } from "@cordon/index-store";
import type { Designation } from "@cordon/matching";

/** The last version of a list that was read in full and passed its guards. */
export interface GoodList {
  readonly state: ListState;
  readonly designations: readonly Designation[];
}

export type GoodLists = ReadonlyMap<string, GoodList>;

/** The one that was checked later; what is only in one of the two is taken as it is. */
export function laterOfEach(ours: GoodLists, theirs: GoodLists): GoodLists {
  const merged = new Map(ours);
  for (const [list, good] of theirs) {
    const own = merged.get(list);
    if (own === undefined || own.state.checkedAt < good.state.checkedAt) merged.set(list, good);
  }
  return merged;
}
