import { constants, gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from "node:zlib";

import { lz4Compress, lz4Decompress, snappyCompress, snappyDecompress } from "@platformatic/wasm-utils";

import type { Compression } from "./options.ts";
import { type Batch, codecMask, packedRecords, unreadable } from "./read-batches.ts";
import { lz4Bound, mostUnpackedBytes, refuseBomb, snappyBlocks, snappySize } from "./unpacked-size.ts";

const maxOutputLength = mostUnpackedBytes;

interface Codec {
  readonly mask: number;
  readonly pack: (bytes: Buffer) => Buffer;
  readonly unpack: (bytes: Buffer) => Buffer;
}

type Unpack = (bytes: Buffer) => Buffer;

const measured =
  (sizeOf: (bytes: Buffer) => number, unpack: Unpack): Unpack =>
  (bytes) => {
    refuseBomb(sizeOf(bytes));
    return unpack(bytes);
  };

const codecs: Readonly<Record<Exclude<Compression, "none">, Codec>> = {
  gzip: {
    mask: 1,
    pack: (bytes) => gzipSync(bytes, { level: constants.Z_BEST_SPEED }),
    unpack: (bytes) => gunzipSync(bytes, { maxOutputLength }),
  },
  snappy: { mask: 2, pack: snappyCompress, unpack: measured(snappySize, unpackSnappy) },
  lz4: { mask: 3, pack: lz4Compress, unpack: measured(lz4Bound, lz4Decompress) },
  zstd: {
    mask: 4,
    pack: (bytes) => zstdCompressSync(bytes),
    unpack: (bytes) => zstdDecompressSync(bytes, { maxOutputLength }),
  },
};

/** How records of that compression are packed, and the bits that say so. */
export function packerOf(compression: Compression): {
  readonly mask: number;
  readonly pack: ((bytes: Buffer) => Buffer) | null;
} {
  return compression === "none" ? { mask: 0, pack: null } : codecs[compression];
}

/** Null for a codec nobody knows. */
export function unpackerOf(attributes: number): ((bytes: Buffer) => Buffer) | null {
  const mask = attributes & codecMask;
  return Object.values(codecs).find((codec) => codec.mask === mask)?.unpack ?? null;
}

/** The records of a batch, unpacked; null where they are not packed. Throws CONTRACT_VIOLATED. */
export function unpackedRecords(batch: Batch): Buffer | null {
  const { attributes, baseOffset } = batch;
  if ((attributes & codecMask) === 0) return null;
  const unpack = unpackerOf(attributes);
  if (unpack === null) throw unreadable("its codec is unknown", baseOffset);
  try {
    return unpack(packedRecords(batch));
  } catch (error) {
    throw unreadable(`it does not unpack: ${error instanceof Error ? error.message : "no reason given"}`, baseOffset);
  }
}

/** A block, or what Java's producers write as several of them. */
function unpackSnappy(bytes: Buffer): Buffer {
  return Buffer.concat((snappyBlocks(bytes) ?? [bytes]).map((block) => snappyDecompress(block)));
}
