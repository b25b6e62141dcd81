import { CordonError } from "@cordon/errors";
import { type DesignationType, designationTypes } from "@cordon/screening";

import type { ParsedList } from "./parsed-list.ts";

export interface GuardListRequest {
  readonly parsed: ParsedList;
  /** Designations in the last good version, or null when there was none. */
  readonly previousEntries: number | null;
  /** The same by type, where known: one type gone hides in the total. Types with fewer than 20 are let be. */
  readonly previousByType?: Readonly<Partial<Record<DesignationType, number>>>;
  /** How much of the last good version may be gone at once, in percent, 0 to 100. */
  readonly maxShrinkPercent: number;
}

const fewestToCompare = 20;

/** Designations without a primary name that are still believed, in percent: a few have been published so. */
const maxPrimaryMissingPercent = 50;

/**
 * Refuses a list that was read but cannot be right; the caller then keeps the last good one. No publisher marks a
 * delisting, so a file cut short would look like thousands of them.
 * Throws LIST_EMPTY for no designations, LIST_SHRUNK when more than `maxShrinkPercent` are gone, LIST_MALFORMED when
 * most have no primary name, OPTIONS_INVALID for a percentage out of range.
 */
export function guardList({ parsed, previousEntries, previousByType = {}, maxShrinkPercent }: GuardListRequest): void {
  if (!(maxShrinkPercent >= 0 && maxShrinkPercent <= 100))
    throw new CordonError("OPTIONS_INVALID", "maxShrinkPercent must be in [0, 100]", { details: { maxShrinkPercent } });
  const { list, counts, designations } = parsed;
  const entries = counts.designations;
  if (entries === 0)
    throw new CordonError("LIST_EMPTY", `the ${list} list has no designations`, { details: { list, entries } });

  refuseShrunk({ list, what: "designations", before: previousEntries ?? 0, now: entries, maxShrinkPercent });
  for (const type of designationTypes) {
    const before = previousByType[type] ?? 0;
    if (before >= fewestToCompare)
      refuseShrunk({ list, what: type, before, now: counts.byType[type], maxShrinkPercent });
  }

  const primaryMissing = designations.filter(({ names }) => names[0]?.kind !== "PRIMARY").length;
  if (primaryMissing * 100 > entries * maxPrimaryMissingPercent)
    throw new CordonError("LIST_MALFORMED", `most designations of the ${list} list have no primary name`, {
      details: { list, entries, primaryMissing },
    });
}

interface Shrinkage {
  readonly list: string;
  readonly what: string;
  readonly before: number;
  readonly now: number;
  readonly maxShrinkPercent: number;
}

function refuseShrunk({ list, what, before, now, maxShrinkPercent }: Shrinkage): void {
  if ((before - now) * 100 <= before * maxShrinkPercent) return;
  throw new CordonError(
    "LIST_SHRUNK",
    `the ${list} list went from ${String(before)} to ${String(now)} (${what}), more than ${String(maxShrinkPercent)} % gone`,
    { details: { list, what, before, now, maxShrinkPercent } },
  );
}
