import type { KeptVersion } from "./port.ts";

const fewestDigits = 6;

/**
 * The version that a person means: `live`, the number of its generation, or the beginning of its hash, at least six
 * digits. Where several generations have the same hash the newest is meant. `null` for none, or for several hashes.
 */
export function findVersion(versions: readonly KeptVersion[], wanted: string): KeptVersion | null {
  const newestFirst = versions.toSorted((a, b) => b.manifest.generation - a.manifest.generation);
  if (wanted === "live") return newestFirst[0] ?? null;
  const byNumber = newestFirst.find(({ manifest }) => String(manifest.generation) === wanted);
  if (byNumber !== undefined) return byNumber;
  if (wanted.length < fewestDigits) return null;
  const found = newestFirst.filter(({ manifest }) => manifest.version.startsWith(wanted.toLowerCase()));
  return new Set(found.map(({ manifest }) => manifest.version)).size === 1 ? (found[0] ?? null) : null;
}
