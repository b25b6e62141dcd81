import { constants, gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from "node:zlib";

import { compressionsAlgorithms } from "@platformatic/kafka";

import type { Compression } from "../kafka/options.ts";

/** The bits of a batch's attributes that name its codec. */
export const codecMask = 0b111;

/** What a batch may grow to: a broker's limit is on the compressed size, and a megabyte of gzip can hold a gigabyte. */
const maxOutputLength = 256 * 1_048_576;

interface Codec {
  readonly mask: number;
  readonly pack: (bytes: Buffer) => Buffer;
  readonly unpack: (bytes: Buffer) => Buffer;
}

const { snappy, lz4 } = compressionsAlgorithms;

const codecs: Readonly<Record<Exclude<Compression, "none">, Codec>> = {
  gzip: {
    mask: 1,
    pack: (bytes) => gzipSync(bytes, { level: constants.Z_BEST_SPEED }),
    unpack: (bytes) => gunzipSync(bytes, { maxOutputLength }),
  },
  snappy: { mask: 2, pack: snappy.compressSync, unpack: snappy.decompressSync },
  lz4: { mask: 3, pack: lz4.compressSync, unpack: lz4.decompressSync },
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
