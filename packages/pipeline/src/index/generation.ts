import type { IndexManifest } from "@cordon/platform";
import type { IndexStamp } from "@cordon/schemas";
import type { ScreeningIndex } from "@cordon/screening";

/** One published index, opened. Immutable: a batch takes one and screens all its records against it. */
export interface IndexGeneration {
  readonly manifest: IndexManifest;
  readonly index: ScreeningIndex;
  /** How decisions and alerts name it. */
  readonly stamp: IndexStamp;
}

export function generationOf(manifest: IndexManifest, index: ScreeningIndex): IndexGeneration {
  const { version, generation } = manifest;
  const lists = manifest.lists.map(({ list, entries, publishedAt }) => ({
    list,
    entries,
    publishedAt: timeOf(publishedAt),
  }));
  return Object.freeze({
    manifest,
    index,
    stamp: Object.freeze({ version, generation, lists }),
  });
}

/** Milliseconds since the epoch, or `null` where the publisher gives no date. */
function timeOf(date: string | null): number | null {
  const time = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? null : time;
}

/**
 * Whether `next` was published after `live`. Generations order publications; but a store that was emptied begins to
 * count anew, and then only the time of publication tells that the lower number is the later one.
 */
export function isNewer(next: IndexManifest, live: IndexManifest): boolean {
  if (next.generation === live.generation) return next.version !== live.version && next.createdAt > live.createdAt;
  return next.generation > live.generation || next.createdAt > live.createdAt;
}
