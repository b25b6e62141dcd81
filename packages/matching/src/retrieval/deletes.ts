import { editsAllowed, SHORTEST_BADLY_SPELT } from "../relations/spelling.ts";
import { mix } from "./hash.ts";

/** Only this many leading bytes of a token take part; any value keeps the retrieval complete. */
const DELETE_PREFIX = 8;

/** The most strings one prefix can give: itself, 8 with one deletion, 28 with two. */
export const MOST_DELETES = 37;

const BASE = 0x01000193;
const powers = new Int32Array(DELETE_PREFIX + 1);
powers[0] = 1;
for (let i = 1; i <= DELETE_PREFIX; i++) powers[i] = Math.imul(powers[i - 1]!, BASE);

/** `prefixes[i]`: polynomial hash of the first i bytes; scratch of one call. */
const prefixes = new Int32Array(DELETE_PREFIX + 1);

/**
 * Writes to `out` the hashes of the strings reached from the first 8 bytes of `token` by at most `editsAllowed(its
 * length)` deletions, and returns how many. Both sides of a comparison do the same.
 * Complete: if OSA(a, b) <= editsAllowed(shorter) then a and b share one of these strings, since each edit inside the
 * prefixes, and each byte by which an edit moves the prefix's end, is one deletion on each side (design, L5).
 *
 * `badly`: also, from five letters on, those by two deletions behind the first byte. Two words of five to seven letters
 * that begin alike and are two edits apart share one of these: what is behind the first byte is as far apart.
 *
 * The hash of bytes c_0..c_k is sum c_i * BASE^(k - i) mod 2^32, length mixed in, so that a string with bytes deleted is
 * put together from the hashes of the pieces between them in constant time.
 */
export function deleteHashes(token: string, out: Uint32Array, badly: boolean): number {
  const length = Math.min(token.length, DELETE_PREFIX);
  const edits = editsAllowed(token.length);
  for (let i = 0; i < length; i++) prefixes[i + 1] = (Math.imul(prefixes[i]!, BASE) + token.charCodeAt(i)) | 0;
  let count = 0;
  out[count++] = finished(prefixes[length]!, length);
  if (edits === 0) return count;
  for (let i = 0; i < length; i++) {
    // Deleting a byte equal to the one before it gives a string already seen.
    if (i > 0 && token.charCodeAt(i) === token.charCodeAt(i - 1)) continue;
    out[count++] = finished(joined(prefixes[i]!, i + 1, length), length - 1);
  }
  if (edits === 1 && (!badly || length < SHORTEST_BADLY_SPELT)) return count;
  const first = edits === 1 ? 1 : 0;
  for (let i = first; i < length; i++) {
    if (i > first && token.charCodeAt(i) === token.charCodeAt(i - 1)) continue;
    for (let j = i + 1; j < length; j++) {
      if (j > i + 1 && token.charCodeAt(j) === token.charCodeAt(j - 1)) continue;
      out[count++] = finished(joined(joined(prefixes[i]!, i + 1, j), j + 1, length), length - 2);
    }
  }
  return count;
}

/** The hash of what `before` stands for, followed by the bytes [from, to) of the prefix. */
function joined(before: number, from: number, to: number): number {
  const power = powers[to - from]!;
  return (Math.imul(before, power) + prefixes[to]! - Math.imul(prefixes[from]!, power)) | 0;
}

function finished(hash: number, length: number): number {
  return mix(hash ^ (length << 28));
}
