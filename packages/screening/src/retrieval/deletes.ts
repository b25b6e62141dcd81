import { editsAllowed } from "../relations/similarity.ts";
import { mix } from "./hash.ts";

/** Only this many leading bytes of a token take part; any value keeps the retrieval complete. */
export const DELETE_PREFIX = 8;

/** The most strings one prefix can give: itself, 8 with one deletion, 28 with two. */
export const MOST_DELETES = 37;

/**
 * Writes to `out` the hashes of the strings reached from the first 8 bytes of `token` by at most `editsAllowed(its
 * length)` deletions, and returns how many. Both sides of a comparison do the same.
 * Complete: if OSA(a, b) <= editsAllowed(shorter) then a and b share one of these strings, since each edit inside the
 * prefixes, and each byte by which an edit moves the prefix's end, is one deletion on each side (design, L5).
 */
export function deleteHashes(token: string, out: Uint32Array): number {
  const length = Math.min(token.length, DELETE_PREFIX);
  const edits = editsAllowed(token.length);
  let count = 0;
  out[count++] = hashWithout(token, length, -1, -1);
  if (edits === 0) return count;
  for (let i = 0; i < length; i++) {
    // Deleting a byte equal to the one before it gives a string already seen.
    if (i > 0 && token.charCodeAt(i) === token.charCodeAt(i - 1)) continue;
    out[count++] = hashWithout(token, length, i, -1);
  }
  if (edits === 1) return count;
  for (let i = 0; i < length; i++) {
    for (let j = i + 1; j < length; j++) out[count++] = hashWithout(token, length, i, j);
  }
  return count;
}

function hashWithout(token: string, length: number, skipped: number, skippedToo: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i++) {
    if (i !== skipped && i !== skippedToo) hash = Math.imul(hash ^ token.charCodeAt(i), 0x01000193);
  }
  return mix(hash);
}
