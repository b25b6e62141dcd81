/** Where a reader or writer stands in its bytes. */
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

const zigzag = (value: number): number => (value >= 0 ? value * 2 : -value * 2 - 1);

/** Bytes that `writeVarint` takes for an integer of up to 31 bits. */
export function sizeOfVarint(value: number): number {
  const coded = zigzag(value);
  if (coded < 0x80) return 1;
  if (coded < 0x40_00) return 2;
  if (coded < 0x20_00_00) return 3;
  return coded < 0x10_00_00_00 ? 4 : 5;
}

/** Writes an integer of up to 31 bits. */
export function writeVarint(bytes: Uint8Array, cursor: Cursor, value: number): void {
  let coded = zigzag(value);
  while (coded >= 0x80) {
    bytes[cursor.at] = (coded % 0x80) | 0x80;
    cursor.at += 1;
    coded = Math.floor(coded / 0x80);
  }
  bytes[cursor.at] = coded;
  cursor.at += 1;
}
