/*
 * What a compressed batch may grow to is known, or bounded, before it is unpacked: a broker's limit is on the compressed size, and
 * a megabyte of gzip can hold a gigabyte. gzip and zstd stop at the limit by themselves; snappy tells its size in front, and an
 * lz4 frame the most that each of its blocks can hold.
 */

/** The most that is unpacked of one batch. */
export const mostUnpackedBytes = 256 * 1_048_576;

const xerialMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const xerialHeaderBytes = 16;
/** Of snappy's varint: the sizes it can tell have 32 bits. */
const mostPreambleBytes = 5;

/** The blocks that producers write in a row, each behind its length; null where it is one alone. Throws where one is cut off. */
export function snappyBlocks(bytes: Buffer): readonly Buffer[] | null {
  if (!bytes.subarray(0, xerialMagic.length).equals(xerialMagic)) return null;
  const blocks: Buffer[] = [];
  for (let at = xerialHeaderBytes; at < bytes.length;) {
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) throw new RangeError("a block of snappy is cut off");
    blocks.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return blocks;
}

/** What a block of snappy, or several in a row, unpack to. Infinite where it cannot be told. */
export function snappySize(bytes: Buffer): number {
  return (snappyBlocks(bytes) ?? [bytes]).reduce((sum, block) => sum + preambleOf(block), 0);
}

function preambleOf(bytes: Buffer): number {
  let size = 0;
  for (let at = 0; at < mostPreambleBytes; at++) {
    const byte = bytes[at] ?? 0x80;
    size += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return size;
  }
  return Number.POSITIVE_INFINITY;
}

const lz4Magic = 0x184d_2204;
const lz4BlockBytes: Readonly<Record<number, number>> = { 4: 65_536, 5: 262_144, 6: 1_048_576, 7: 4_194_304 };
/** The highest bit of a block's size says that it is stored as it is. */
const lz4Stored = 0x8000_0000;
/** A byte of lz4 stands for at most so many. */
const lz4MostRatio = 255;

/** An upper bound of what the frames of lz4 unpack to. Infinite for what is no frame. */
export function lz4Bound(bytes: Buffer): number {
  let bound = 0;
  let at = 0;
  while (at + 7 <= bytes.length) {
    if (bytes.readUInt32LE(at) !== lz4Magic) return Number.POSITIVE_INFINITY;
    const flags = bytes[at + 4] ?? 0;
    const most = lz4BlockBytes[((bytes[at + 5] ?? 0) >>> 4) & 0b111];
    if (most === undefined) return Number.POSITIVE_INFINITY;
    const hasBlockChecksum = (flags & 0b1_0000) !== 0;
    const hasSize = (flags & 0b1000) !== 0;
    const hasChecksum = (flags & 0b100) !== 0;
    const hasDictionary = (flags & 0b1) !== 0;
    at += 7 + (hasSize ? 8 : 0) + (hasDictionary ? 4 : 0);
    for (;;) {
      if (at + 4 > bytes.length) return Number.POSITIVE_INFINITY;
      const told = bytes.readUInt32LE(at);
      at += 4;
      if (told === 0) break;
      const isStored = told >= lz4Stored;
      const length = isStored ? told - lz4Stored : told;
      bound += isStored ? length : Math.min(most, length * lz4MostRatio);
      at += length + (hasBlockChecksum ? 4 : 0);
    }
    at += hasChecksum ? 4 : 0;
  }
  return bound;
}

/** Throws where more would come out than is unpacked. */
export function refuseBomb(size: number): void {
  if (!(size <= mostUnpackedBytes))
    throw new RangeError(`it unpacks to more than ${String(mostUnpackedBytes)} bytes, or to nobody knows how many`);
}
