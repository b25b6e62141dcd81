import type { Item } from "../wire.ts";

/** A row of the list on the screen. `gone`: it is no longer in the view, but stays where it is until the list is read anew. */
export interface Row extends Item {
  readonly gone?: boolean;
}

export interface Merged {
  readonly rows: readonly Row[];
  /** How many alerts wait to be shown. */
  readonly waiting: number;
}

/**
 * The rows on the screen with what the service says now, none moved, none added: under a hand that is about to press, a
 * list must not move. `fresh` is the beginning of the view as it is now; `isWhole`: it is all of it.
 */
export function mergeQuietly(rows: readonly Row[], fresh: readonly Item[], isWhole: boolean): Merged {
  const now = new Map(fresh.map((item) => [item.alertId, item]));
  const shown = new Set(rows.map(({ alertId }) => alertId));
  // Behind the last one that is shown begins what has not been read yet: that is not new.
  const lastShown = fresh.findLastIndex(({ alertId }) => shown.has(alertId));
  const within = isWhole ? fresh : fresh.slice(0, lastShown + 1);
  return {
    rows: rows.map((row) => now.get(row.alertId) ?? (isWhole ? { ...row, gone: true } : row)),
    waiting: within.filter(({ alertId }) => !shown.has(alertId)).length,
  };
}
