import { createRequire } from "node:module";
import { gzipSync, zstdCompressSync } from "node:zlib";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { packerOf, unpackerOf } from "../src/codecs.ts";
import { crc32c } from "../src/crc32c.ts";
import { decodeFetched } from "../src/kafkajs/fetched-records.ts";
import { decodeRecords } from "../src/platformatic/decode-records.ts";
import { recordBatch } from "../src/record-batch.ts";
import { lz4Bound, mostUnpackedBytes, snappySize } from "../src/unpacked-size.ts";

const load = createRequire(import.meta.url);
const Decoder = load("kafkajs/src/protocol/decoder.js") as new (bytes: Buffer) => never;
/** What either adapter makes of a fetch. */
const adapters = {
  kafkajs: async (bytes: Buffer): Promise<number> => {
    const size = Buffer.alloc(4);
    size.writeInt32BE(bytes.length);
    return Promise.resolve(decodeFetched(new Decoder(Buffer.concat([size, bytes]))).length);
  },
  platformatic: async (bytes: Buffer): Promise<number> =>
    Promise.resolve(decodeRecords(bytes, { from: 0n, aborted: [] }).records.length),
} as const;

const records = Array.from({ length: 3 }, (_, at) => ({
  topic: "t",
  key: Buffer.from(`k${String(at)}`),
  value: Buffer.from("a payment"),
}));

/** A batch whose checksum is right for what was done to it. */
function altered(change: (batch: Buffer) => Buffer | void): Buffer {
  const batch = Buffer.from(recordBatch(records, 1_790_000_000_000));
  const changed = change(batch) ?? batch;
  changed.writeInt32BE(changed.length - 12, 8);
  changed.writeUInt32BE(crc32c(changed, 21, changed.length), 17);
  return changed;
}

/** A batch whose records are these bytes, said to be in that codec. */
function packedAs(mask: number, packed: Buffer): Buffer {
  return altered((batch) => {
    const head = batch.subarray(0, 61);
    head.writeInt16BE(mask, 21);
    return Buffer.concat([head, packed]);
  });
}

/** A message of format 1 with a key and a value of one byte each, as brokers before Kafka 0.11 stored it. */
function oldMessage(): Buffer {
  const message = Buffer.alloc(36);
  message.writeInt32BE(message.length - 12, 8);
  message.writeInt8(1, 16);
  return message;
}

const refusal = {
  code: "CONTRACT_VIOLATED",
  message: expect.stringMatching(/^a record batch cannot be read: /) as string,
};

describe.each(Object.entries(adapters))("record batches through %s", (_, read) => {
  test("are read as they were written", async () => {
    expect(await read(altered(() => undefined))).toBe(3);
  });

  test.each<readonly [string, Buffer]>([
    ["a length that ends before its head", Buffer.from(altered(() => undefined)).fill(0, 8, 12)],
    ["a negative length", Buffer.from(altered(() => undefined)).fill(0xff, 8, 12)],
    ["a format nobody knows", Buffer.from(altered(() => undefined)).fill(3, 16, 17)],
    ["an old format, shorter than the head of a new one", oldMessage()],
    ["a checksum that is wrong", Buffer.from(altered(() => undefined)).fill(0, 17, 21)],
    ["a negative number of records", altered((batch) => void batch.writeInt32BE(-1, 57))],
    ["fewer records than it holds", altered((batch) => void batch.writeInt32BE(2, 57))],
    ["more records than it holds", altered((batch) => void batch.writeInt32BE(4, 57))],
    ["a last offset before its first", altered((batch) => void batch.writeInt32BE(-2, 23))],
    ["offsets beyond its last", altered((batch) => void batch.writeInt32BE(1, 23))],
    ["a record that is longer than the batch", altered((batch) => void (batch[61] = 0x7e))],
    ["a value that is longer than its record", altered((batch) => void (batch[68] = 0x7e))],
    ["a codec nobody knows", packedAs(7, Buffer.from("x"))],
    ["bytes that are not of its codec", packedAs(1, Buffer.from("no gzip at all"))],
    ["bytes that are not of snappy", packedAs(2, Buffer.from("\xff\xff\xff\xff\xff", "latin1"))],
    ["bytes that are not of lz4", packedAs(3, Buffer.from("no lz4 at all"))],
    ["bytes that are not of zstd", packedAs(4, Buffer.from("no zstd at all"))],
  ])("with %s are refused", async (_what, bytes) => {
    await expect((async () => read(bytes))()).rejects.toMatchObject(refusal);
  });

  test("that would unpack to more than a quarter of a gigabyte are refused, and not unpacked", async () => {
    const nothing = Buffer.alloc(mostUnpackedBytes + 1);
    const snappyBomb = Buffer.concat([Buffer.from([0x80, 0x80, 0x80, 0x80, 0x02]), Buffer.alloc(100)]);
    for (const [mask, packed] of [
      [1, gzipSync(nothing, { level: 1 })],
      [2, snappyBomb],
      [3, lz4Bomb(5_000)],
      [4, zstdCompressSync(nothing)],
    ] as const)
      await expect((async () => read(packedAs(mask, packed)))()).rejects.toMatchObject(refusal);
  });
});

/** A frame with so many blocks of a size, each of which says that it holds its 64 kB. */
function lz4Bomb(blocks: number): Buffer {
  const head = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]);
  const block = Buffer.alloc(4 + 300);
  block.writeUInt32LE(300, 0);
  return Buffer.concat([head, ...Array.from({ length: blocks }, () => block), Buffer.alloc(4)]);
}

test("what snappy and lz4 unpack to is known, or bounded, before it is unpacked", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 5_000 }),
    fc
      .record({ byte: fc.nat(255), times: fc.integer({ min: 1, max: 300_000 }) })
      .map(({ byte, times }) => new Uint8Array(times).fill(byte)),
  );
  fc.assert(
    fc.property(bytes, (content) => {
      const plain = Buffer.from(content);
      const snappy = packerOf("snappy").pack?.(plain) ?? plain;
      const lz4 = packerOf("lz4").pack?.(plain) ?? plain;
      expect(snappySize(snappy)).toBe(plain.length);
      expect(unpackerOf(2)?.(snappy).length).toBe(plain.length);
      expect(lz4Bound(lz4)).toBeGreaterThanOrEqual(plain.length);
      expect(lz4Bound(lz4)).toBeLessThanOrEqual(plain.length + 4_194_304);
      expect(unpackerOf(3)?.(lz4).length).toBe(plain.length);
    }),
    { numRuns: 60 },
  );
});

test("several blocks of snappy in a row are measured as one", () => {
  const pack = packerOf("snappy").pack ?? ((plain: Buffer) => plain);
  const blocks = [Buffer.alloc(1_000, 1), Buffer.alloc(70_000, 2)].map(pack).flatMap((block) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(block.length);
    return [size, block];
  });
  const head = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  expect(snappySize(Buffer.concat([head, ...blocks]))).toBe(71_000);
  const unpacked = unpackerOf(2)?.(Buffer.concat([head, ...blocks]));
  expect(unpacked?.equals(Buffer.concat([Buffer.alloc(1_000, 1), Buffer.alloc(70_000, 2)]))).toBe(true);
  expect(() => snappySize(Buffer.concat([head, ...blocks]).subarray(0, -1))).toThrow("cut off");
});
