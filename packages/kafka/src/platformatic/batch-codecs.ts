import { constants, gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from "node:zlib";

import { compressionsAlgorithms } from "@platformatic/kafka";

import type { Compression } from "../options.ts";
import { codecMask } from "../read-batches.ts";
import { lz4Bound, mostUnpackedBytes, refuseBomb, snappySize } from "../unpacked-size.ts";

const maxOutputLength = mostUnpackedBytes;

interface Codec {
  readonly mask: number;
  readonly pack: (bytes: Buffer) => Buffer;
  readonly unpack: (bytes: Buffer) => Buffer;
}

const { snappy, lz4 } = compressionsAlgorithms;

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
  snappy: { mask: 2, pack: snappy.compressSync, unpack: measured(snappySize, snappy.decompressSync) },
  lz4: { mask: 3, pack: lz4.compressSync, unpack: measured(lz4Bound, lz4.decompressSync) },
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
