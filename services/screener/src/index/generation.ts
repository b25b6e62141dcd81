import type { IndexManifest } from "@cordon/platform";
import type { ScreeningIndex } from "@cordon/screening";

/** One published index, opened. Immutable: a batch takes one and screens all its records against it. */
export interface IndexGeneration {
  readonly manifest: IndexManifest;
  readonly index: ScreeningIndex;
}

/**
 * Whether `next` was published after `live`. Generations order publications; but a store that was emptied begins to
 * count anew, and then only the time of publication tells that the lower number is the later one.
 */
export function isNewer(next: IndexManifest, live: IndexManifest): boolean {
  return next.generation > live.generation || (next.generation < live.generation && next.createdAt > live.createdAt);
}
