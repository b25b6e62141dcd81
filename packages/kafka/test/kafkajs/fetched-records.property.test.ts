import { createRequire } from "node:module";
import { gunzipSync, gzipSync } from "node:zlib";

import fc from "fast-check";
import { expect, test } from "vitest";

import { crc32c } from "../../src/crc32c.ts";
import { kafkaError } from "../../src/kafka-errors.ts";
import { decodeFetched, type FetchedRecord } from "../../src/kafkajs/fetched-records.ts";
import { unreadable } from "../../src/read-batches.ts";

const load = createRequire(import.meta.url);

/** A record as kafkajs's own decoder reads it. */
interface Theirs {
  readonly offset: string;
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer | readonly Buffer[]>>;
  readonly isControlRecord: boolean;
  readonly batchContext: { readonly producerId: string; readonly inTransaction: boolean };
}

interface Encoded {
  readonly buffer: Buffer;
}

const Decoder = load("kafkajs/src/protocol/decoder.js") as new (bytes: Buffer) => never;
const Encoder = load("kafkajs/src/protocol/encoder.js") as new () => {
  writeInt32(value: number): { writeBuffer(bytes: Buffer): Encoded };
};
const theirs = load("kafkajs/src/protocol/requests/fetch/v4/decodeMessages.js") as (
  decoder: never,
) => Promise<readonly Theirs[]>;
const Record = load("kafkajs/src/protocol/recordBatch/record/v0/index.js") as (fields: object) => unknown;
const { RecordBatch } = load("kafkajs/src/protocol/recordBatch/v0/index.js") as {
  RecordBatch: (fields: object) => Promise<Encoded>;
};
const Long = load("kafkajs/src/utils/long.js") as { fromValue(value: bigint): unknown };
const { Codecs } = load("kafkajs/src/protocol/message/compression/index.js") as { Codecs: Record<number, unknown> };
Codecs[1] = () => ({
  compress: ({ buffer }: Encoded) => Promise.resolve(gzipSync(buffer)),
  decompress: (bytes: Buffer) => Promise.resolve(gunzipSync(bytes)),
});

const bytes = fc.uint8Array({ maxLength: 200 }).map((run) => Buffer.from(run));
const record = fc.record({
  key: fc.option(bytes, { nil: null }),
  value: fc.option(bytes, { nil: null }),
  headers: fc.dictionary(fc.constantFrom("a", "traceparent"), bytes, { noNullPrototype: true }),
  timestampDelta: fc.nat({ max: 100_000 }),
});
const batch = fc.record({
  records: fc.array(record, { minLength: 1, maxLength: 20 }),
  firstOffset: fc.bigInt({ min: 0n, max: 2n ** 60n }),
  producerId: fc.bigInt({ min: -1n, max: 2n ** 50n }),
  transactional: fc.boolean(),
  compression: fc.constantFrom(0, 1),
});

async function encoded({
  records,
  firstOffset,
  producerId,
  ...more
}: typeof batch extends fc.Arbitrary<infer B> ? B : never): Promise<Buffer> {
  const { buffer } = await RecordBatch({
    ...more,
    firstOffset: Long.fromValue(firstOffset),
    producerId: Long.fromValue(producerId),
    lastOffsetDelta: records.length - 1,
    firstTimestamp: 1_790_000_000_000,
    maxTimestamp: 1_790_000_100_000,
    records: records.map((one, at) => Record({ ...one, offsetDelta: at })),
  });
  return buffer;
}

const ours = async (decoder: never): Promise<readonly FetchedRecord[]> => Promise.resolve(decodeFetched(decoder));

function framed(body: Buffer): never {
  return new Decoder(new Encoder().writeInt32(body.length).writeBuffer(body).buffer);
}

function seen(one: FetchedRecord): object {
  const { key, value, timestamp, offset, isControlRecord, batch: of } = one;
  const batchContext = { producerId: String(of.producerId), inTransaction: of.inTransaction };
  const headers = ["a", "traceparent", "toString", "absent"].map((name) => one.header(name)?.toString("hex"));
  return { key, value, timestamp, offset, isControlRecord, batchContext, headers };
}

function expected({ key, value, timestamp, offset, isControlRecord, headers, batchContext }: Theirs): object {
  const { producerId, inTransaction } = batchContext;
  const own = ["a", "traceparent", "toString", "absent"].map((name) =>
    Object.hasOwn(headers, name) ? (headers[name] as Buffer).toString("hex") : undefined,
  );
  const context = { producerId, inTransaction };
  return {
    key,
    value,
    timestamp: Number(timestamp),
    offset: BigInt(offset),
    isControlRecord,
    batchContext: context,
    headers: own,
  };
}

test("what a fetch brought is read as kafkajs reads it, whole batches only, wherever the fetch ends", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 4 }), fc.nat({ max: 400 }), async (batches, cut) => {
      const whole = Buffer.concat(await Promise.all(batches.map(encoded)));
      const fetched = whole.subarray(0, Math.max(17, whole.length - cut));
      const response = new Encoder().writeInt32(fetched.length).writeBuffer(fetched).buffer;
      const mine = await ours(new Decoder(response));
      const other = await theirs(new Decoder(response));
      expect(mine.map(seen)).toEqual(other.map(expected));
      compared += mine.length;
    }),
    { numRuns: 200 },
  );
  expect(compared).toBeGreaterThan(500);
});

test("a control batch is told apart, and an old format is refused", async () => {
  const one = await encoded({
    records: [{ key: Buffer.from([0, 0, 0, 1]), value: null, headers: {}, timestampDelta: 0 }],
    firstOffset: 7n,
    producerId: 5n,
    transactional: true,
    compression: 0,
  });
  one.writeInt16BE(one.readInt16BE(21) | 0b10_0000, 21);
  one.writeUInt32BE(crc32c(one, 21, one.length), 17);
  const [marker] = await ours(framed(one));
  expect(marker).toMatchObject({
    isControlRecord: true,
    offset: 7n,
    batch: { producerId: 5n, inTransaction: true },
  });
  const old = Buffer.from(one);
  old.writeInt8(1, 16);
  await expect(ours(framed(old))).rejects.toThrow("its format is 1, only 2 is known");
  await expect(ours(framed(Buffer.concat([one, old])))).rejects.toThrow("its format is 1, only 2 is known");
});

test("two hundred thousand records of one batch are read", async () => {
  const records = Array.from({ length: 200_000 }, () => ({ key: null, value: null, headers: {}, timestampDelta: 0 }));
  const one = await encoded({ records, firstOffset: 0n, producerId: -1n, transactional: false, compression: 0 });
  const read = await ours(new Decoder(new Encoder().writeInt32(one.length).writeBuffer(one).buffer));
  expect(read).toHaveLength(200_000);
});

test("a batch with any byte changed that its checksum covers is refused, with a code and for good", async () => {
  await fc.assert(
    fc.asyncProperty(batch, fc.nat(), fc.integer({ min: 1, max: 255 }), async (one, place, change) => {
      const damaged = await encoded(one);
      const at = 21 + (place % (damaged.length - 21));
      damaged[at] = (damaged[at] ?? 0) ^ change;
      await expect(ours(framed(damaged))).rejects.toMatchObject({ code: "CONTRACT_VIOLATED", retriable: false });
    }),
    { numRuns: 60 },
  );
});

test("what a damaged batch is refused with comes through kafkajs as it is", () => {
  const refusal = unreadable("its checksum is wrong", 7n);
  const wrapped = Object.assign(new Error("wrapped"), { name: "KafkaJSNonRetriableError", cause: refusal });
  expect(kafkaError(wrapped, "consuming", { brokers: ["a:1"] })).toBe(refusal);
});
