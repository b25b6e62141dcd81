import { type IndexGeneration, isNewer } from "@cordon/screening";

/** The one mutable reference to the live index. */
export interface IndexHolder {
  /** Read once per batch and keep: one batch must never mix two generations. `null` until the first is loaded. */
  readonly current: IndexGeneration | null;
  /**
   * False, and the live index stays, when `next` is not newer at the time `now` (see `isNewer`; default: no time is in the
   * future): a slow load cannot undo a fresh one.
   */
  swap(next: IndexGeneration, now?: number): boolean;
}

export function createIndexHolder(): IndexHolder {
  let current: IndexGeneration | null = null;
  return {
    get current() {
      return current;
    },
    swap(next, now = Number.POSITIVE_INFINITY) {
      if (current !== null && !isNewer(next.manifest, current.manifest, now)) return false;
      current = next;
      return true;
    },
  };
}
