/** Where a reader stands in its bytes. */
export interface Cursor {
  at: number;
}

/** Below this many bits an integer of JavaScript shifts as it should. */
const shiftBits = 28;

/**
 * A zigzag varint (protocol buffers' encoding, as record batches use it) of up to 53 bits: lengths, deltas of offsets
 * and of timestamps. Hot: five for each record, nearly all of one or two bytes. Past the end of `bytes` it reads zeros.
 */
export function readVarint(bytes: Uint8Array, cursor: Cursor): number {
  let byte = bytes[cursor.at] ?? 0;
  cursor.at += 1;
  if (byte < 0x80) return (byte >>> 1) ^ -(byte & 1);
  let low = byte & 0x7f;
  let shift = 7;
  do {
    byte = bytes[cursor.at] ?? 0;
    cursor.at += 1;
    // Invariant: `low` holds the bits below `shift`, as a number that may exceed 32 bits.
    low = shift < shiftBits ? low | ((byte & 0x7f) << shift) : low + (byte & 0x7f) * 2 ** shift;
    shift += 7;
  } while (byte >= 0x80);
  return low % 2 === 0 ? low / 2 : -(low + 1) / 2;
}
