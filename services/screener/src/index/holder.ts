import { type IndexGeneration, isNewer } from "@cordon/pipeline";

/** The one mutable reference to the live index. */
export interface IndexHolder {
  /** Read once per batch and keep: one batch must never mix two generations. `null` until the first is loaded. */
  readonly current: IndexGeneration | null;
  /** False, and the live index stays, when `next` is not newer: a slow load cannot undo a fresh one. */
  swap(next: IndexGeneration): boolean;
}

export function createIndexHolder(): IndexHolder {
  let current: IndexGeneration | null = null;
  return {
    get current() {
      return current;
    },
    swap(next) {
      if (current !== null && !isNewer(next.manifest, current.manifest)) return false;
      current = next;
      return true;
    },
  };
}
