import type { IndexManifest } from "./port.ts";

/** The generation under which the bytes of a version lie: its own, unless it was brought back. */
export function bytesGeneration({ generation, rolledBack }: IndexManifest): number {
  return rolledBack?.to ?? generation;
}

export interface Retention {
  /** Generations that are kept no longer. */
  readonly forgotten: readonly number[];
  /** Whose bytes no version kept needs any more: they may expire. */
  readonly expiring: readonly IndexManifest[];
}

/**
 * What is let go of when `next` becomes the live version, so that `versionsKept` remain, it among them, the newest
 * first. A number that is not below the next one is from the life of a store that was emptied since: it is let go of,
 * too.
 */
export function retain(
  next: IndexManifest,
  replaced: readonly IndexManifest[],
  { versionsKept }: { readonly versionsKept: number },
): Retention {
  const earlier = replaced
    .filter(({ generation }) => generation < next.generation)
    .toSorted((a, b) => b.generation - a.generation);
  const kept = [next, ...earlier.slice(0, versionsKept - 1)];
  const needed = new Set(kept.map(bytesGeneration));
  const dropped = replaced.filter((manifest) => !kept.includes(manifest));
  // The bytes of a number that is taken anew are overwritten by those of the new one.
  const expiring = dropped.filter((manifest) => !needed.has(bytesGeneration(manifest)));
  return { forgotten: dropped.map(({ generation }) => generation), expiring };
}
