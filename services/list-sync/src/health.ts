import type { EnabledList, ListSync } from "@cordon/list-sync";
import type { HealthReport } from "@cordon/service";

/** Alive: the event loop answers. A source or a store that is away is no reason to be replaced. */
export function alive(): HealthReport {
  return { ok: true };
}

/**
 * Ready: an index of every enabled list is live. What is waited for is told in any case: announcements may wait while the
 * index is as it should be.
 */
export function ready(
  sync: Pick<ListSync, "known">,
  lists: readonly EnabledList[],
  waiting: readonly string[] = [],
): HealthReport {
  const { lists: known, live, refused } = sync.known();
  const reasons = lists
    .map(({ list }) => list)
    .filter((list) => !known.has(list))
    .map((list) => `the list ${list} was never read`);
  if (refused !== null) reasons.push(`nothing is published, ${refused.code}: ${refused.message}`);
  if (live === null) reasons.push("no index is published");
  return { ok: reasons.length === 0, reasons: [...reasons, ...waiting] };
}
