import { type IndexManifest, isAhead } from "@cordon/index-store";
import type { ScreeningIndex } from "@cordon/matching";
import type { IndexStamp } from "@cordon/schemas";

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
 * count anew, and then only the time of publication tells that the lower number is the later one. A time in the future
 * tells nothing: it counts as never, so that a publisher whose clock was wrong can neither bring back an old version nor
 * keep every later one out.
 */
export function isNewer(next: IndexManifest, live: IndexManifest, now: number): boolean {
  const nextAt = publicationOf(next, now);
  const liveAt = publicationOf(live, now);
  if (next.generation === live.generation) return next.version !== live.version && nextAt > liveAt;
  return next.generation > live.generation || nextAt > liveAt;
}

function publicationOf({ createdAt }: IndexManifest, now: number): number {
  return isAhead(createdAt, now) ? Number.NEGATIVE_INFINITY : createdAt;
}
