import type { IndexManifest, ListState } from "@cordon/platform";

/**
 * Age of an index in milliseconds: time since the list that was checked longest ago was last read and passed its
 * guards. `Infinity` when nothing is known of one of its lists, or when it has none: what nobody vouches for is stale.
 */
export function indexAge(manifest: IndexManifest, states: readonly ListState[], now: number): number {
  let oldest = Number.POSITIVE_INFINITY;
  if (manifest.lists.length === 0) return Number.POSITIVE_INFINITY;
  for (const { list } of manifest.lists) {
    const state = states.find((candidate) => candidate.list === list);
    if (state === undefined) return Number.POSITIVE_INFINITY;
    oldest = Math.min(oldest, state.checkedAt);
  }
  return Math.max(0, now - oldest);
}
