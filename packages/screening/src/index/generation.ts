import { type IndexManifest, isAhead } from "@cordon/index-store";
import { compileSnapshot, openSnapshot, type ScreeningIndex } from "@cordon/matching";
import type { IndexStamp } from "@cordon/schemas";

import { changedEntries } from "./changed-entries.ts";

/** One published index, opened. Immutable: a batch takes one and screens all its records against it. */
export interface IndexGeneration {
  readonly manifest: IndexManifest;
  readonly index: ScreeningIndex;
  /** How decisions and alerts name it. */
  readonly stamp: IndexStamp;
  /** What is new in it since another generation; null where that is not known. */
  readonly since: Since | null;
}

/** What an index lists that another does not list in just this way, as an index of its own. */
export interface Since {
  /** Of the other. */
  readonly version: string;
  readonly added: ScreeningIndex;
}

export function generationOf(
  manifest: IndexManifest,
  index: ScreeningIndex,
  since: Since | null = null,
): IndexGeneration {
  const { version, generation } = manifest;
  const lists = manifest.lists.map(({ list, entries, publishedAt }) => ({
    list,
    entries,
    publishedAt: timeOf(publishedAt),
  }));
  return Object.freeze({
    manifest,
    index,
    since,
    stamp: Object.freeze({ version, generation, lists }),
  });
}

/** More changes are not compared with: then everything is judged anew. The index of so many is made in one piece, some 20 ms long. */
const MOST_CHANGED = 100;

/** A generation that follows upon another, with what is new in it, found in steps. `before`: null for the first. */
export function* generationAfter(
  before: IndexGeneration | null,
  manifest: IndexManifest,
  index: ScreeningIndex,
): Generator<void, IndexGeneration, void> {
  if (before === null) return generationOf(manifest, index);
  const changed = yield* changedEntries(before.index, index, MOST_CHANGED);
  if (changed === null) return generationOf(manifest, index);
  yield;
  const added = openSnapshot(compileSnapshot(changed));
  return generationOf(manifest, index, { version: before.manifest.version, added });
}

/** Milliseconds since the epoch, or `null` where the publisher gives no date. */
function timeOf(date: string | null): number | null {
  const time = Date.parse(date ?? "");
  return Number.isNaN(time) ? null : time;
}

/**
 * Whether `next` was published after `live`. Generations order publications; but a store that was emptied begins to
 * count anew, and then only the time of publication tells that the lower number is the later one. A time in the future
 * tells nothing: it counts as never, so that a publisher whose clock was wrong can neither bring back an old version nor
 * keep every later one out.
 */
export function isNewer(next: IndexManifest, live: IndexManifest, now: number): boolean {
  if (next.generation > live.generation) return true;
  const isSame = next.generation === live.generation && next.version === live.version;
  return !isSame && publicationOf(next, now) > publicationOf(live, now);
}

function publicationOf({ createdAt }: IndexManifest, now: number): number {
  return isAhead(createdAt, now) ? Number.NEGATIVE_INFINITY : createdAt;
}
