import { type IndexManifest, isAhead, type ListState } from "@cordon/index-store";

/**
 * Age of an index in milliseconds: time since the list that was checked longest ago was last read and passed its
 * guards. `Infinity` when nothing is known of one of its lists, when one was checked in the future (see `isAhead`), or
 * when it has none: what nobody vouches for is stale.
 */
export function indexAge(manifest: IndexManifest, states: readonly ListState[], now: number): number {
  let oldest = Number.POSITIVE_INFINITY;
  if (manifest.lists.length === 0) return Number.POSITIVE_INFINITY;
  for (const { list } of manifest.lists) {
    const state = states.find((candidate) => candidate.list === list);
    if (state === undefined || isAhead(state.checkedAt, now)) return Number.POSITIVE_INFINITY;
    oldest = Math.min(oldest, state.checkedAt);
  }
  return Math.max(0, now - oldest);
}

/** What beside an index lies in the future, and so vouches for nothing: `published`, or the name of a list. */
export function timesAhead(manifest: IndexManifest, states: readonly ListState[], now: number): readonly string[] {
  const lists = states.filter(
    ({ list, checkedAt }) => isAhead(checkedAt, now) && manifest.lists.some((one) => one.list === list),
  );
  return [...(isAhead(manifest.createdAt, now) ? ["published"] : []), ...lists.map(({ list }) => list)];
}
