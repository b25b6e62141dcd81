import { createRequire } from "node:module";
import { promisify } from "node:util";
import { constants, gunzip, gzip, zstdCompress, zstdDecompress } from "node:zlib";

import kafkajs, { type CompressionTypes } from "kafkajs";
import { compressFrame, decompressFrame } from "lz4-napi";

import type { Compression } from "../options.ts";
import { lz4Bound, mostUnpackedBytes, refuseBomb, snappySize } from "../unpacked-size.ts";

interface Codec {
  compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>;
  decompress(compressed: Buffer): Promise<Buffer>;
}

const maxOutputLength = mostUnpackedBytes;

const zip = promisify(gzip);
const unzip = promisify(gunzip);
const zstd = promisify(zstdCompress);
const unzstd = promisify(zstdDecompress);

const gzipCodec: Codec = {
  compress: ({ buffer }) => zip(buffer, { level: constants.Z_BEST_SPEED }),
  decompress: (compressed) => unzip(compressed, { maxOutputLength }),
};

const lz4Codec: Codec = {
  compress: ({ buffer }) => compressFrame(buffer),
  decompress: async (compressed) => {
    refuseBomb(lz4Bound(compressed));
    return decompressFrame(compressed);
  },
};

const zstdCodec: Codec = {
  compress: ({ buffer }) => zstd(buffer),
  decompress: (compressed) => unzstd(compressed, { maxOutputLength }),
};

/**
 * Teaches kafkajs every codec of the protocol. Producers choose theirs without asking us, and one batch in a codec
 * that kafkajs lacks ends the consumer.
 */
export function registerCodecs(): void {
  const { CompressionCodecs, CompressionTypes } = kafkajs;
  const snappy = (createRequire(import.meta.url)("kafkajs-snappy") as () => Codec)();
  const snappyCodec: Codec = {
    compress: (encoder) => snappy.compress(encoder),
    decompress: async (compressed) => {
      refuseBomb(snappySize(compressed));
      return snappy.decompress(compressed);
    },
  };
  CompressionCodecs[CompressionTypes.GZIP] = () => gzipCodec;
  CompressionCodecs[CompressionTypes.Snappy] = () => snappyCodec;
  CompressionCodecs[CompressionTypes.LZ4] = () => lz4Codec;
  CompressionCodecs[CompressionTypes.ZSTD] = () => zstdCodec;
}

export function compressionType(compression: Compression): CompressionTypes {
  const types = {
    none: kafkajs.CompressionTypes.None,
    gzip: kafkajs.CompressionTypes.GZIP,
    snappy: kafkajs.CompressionTypes.Snappy,
    lz4: kafkajs.CompressionTypes.LZ4,
    zstd: kafkajs.CompressionTypes.ZSTD,
  } as const satisfies Record<Compression, CompressionTypes>;
  return types[compression];
}
