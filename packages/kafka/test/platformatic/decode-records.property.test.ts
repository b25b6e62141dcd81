import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { packerOf } from "../../src/codecs.ts";
import type { Compression } from "../../src/options.ts";
import { decodeRecords } from "../../src/platformatic/decode-records.ts";
import { recordBatch } from "../../src/record-batch.ts";

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const record = fc.record({
  topic: fc.constant("t"),
  key: fc.option(bytes),
  value: fc.option(bytes),
  headers: fc.dictionary(fc.string({ maxLength: 8 }), bytes, { maxKeys: 3 }),
});
const compression = fc.constantFrom<Compression>("none", "gzip", "snappy", "lz4", "zstd");
const now = 1_790_000_000_000;

function batchOf(records: Parameters<typeof recordBatch>[0], codec: Compression, baseOffset = 0n): Buffer {
  const { mask, pack } = packerOf(codec);
  const batch = recordBatch(records, now, { attributes: mask, stamp: null, pack });
  batch.writeBigInt64BE(baseOffset, 0);
  return batch;
}

const everything = { from: 0n, aborted: [] };

describe("decoding record batches", () => {
  test("gives back what was encoded, in every codec", () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 200 }), compression, (records, codec) => {
        const decoded = decodeRecords(batchOf(records, codec, 7n), everything);
        expect(decoded.nextOffset).toBe(7n + BigInt(records.length));
        expect(decoded.records).toHaveLength(records.length);
        for (const [at, { key, value, headers }] of records.entries()) {
          const one = decoded.records[at];
          expect([one?.offset, one?.timestamp, one?.key, one?.value]).toEqual([7n + BigInt(at), now, key, value]);
          for (const [name, content] of Object.entries(headers)) expect(one?.header(name)).toEqual(content);
          expect(one?.header("no such header")).toBeUndefined();
        }
      }),
      { numRuns: 60 },
    );
  });

  test("leaves out what lies before the offset that was asked for, and goes on behind the last whole batch", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(record, { minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 5 }),
        fc.nat(60),
        fc.nat(80),
        (batches, from, cut) => {
          let offset = 0n;
          const encoded = batches.map((records) => {
            const batch = batchOf(records, "none", offset);
            offset += BigInt(records.length);
            return batch;
          });
          const whole = Buffer.concat(encoded);
          const cutOff = whole.subarray(0, Math.max(0, whole.length - cut));
          const decoded = decodeRecords(cutOff, { ...everything, from: BigInt(from) });
          const kept = cut === 0 ? offset : wholeBefore(encoded, cutOff.length);
          expect(decoded.nextOffset).toBe(kept > BigInt(from) ? kept : BigInt(from));
          const offsets = decoded.records.map((one) => Number(one.offset));
          const expected = Array.from({ length: Number(kept) }, (_, at) => at).filter((at) => at >= from);
          expect(offsets).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a changed byte behind the checksum is noticed", () => {
    const records = [{ topic: "t", key: Buffer.from("k"), value: Buffer.from("a payment") }];
    fc.assert(
      fc.property(fc.nat(1_000), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const batch = batchOf(records, "none");
        const at = 21 + (place % (batch.length - 21));
        batch[at] = (batch[at] ?? 0) ^ change;
        expect(() => decodeRecords(batch, everything)).toThrow(
          expect.objectContaining({ code: "CONTRACT_VIOLATED" }) as Error,
        );
      }),
      { numRuns: 60 },
    );
  });
});

/** The offset behind the last batch that lies within so many bytes. */
function wholeBefore(batches: readonly Buffer[], length: number): bigint {
  let end = 0;
  let offset = 0n;
  for (const batch of batches) {
    end += batch.length;
    if (end > length) break;
    offset = batch.readBigInt64BE(0) + BigInt(batch.readInt32BE(57));
  }
  return offset;
}
