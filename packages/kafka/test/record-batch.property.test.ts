import { createRequire } from "node:module";

import fc from "fast-check";
import { expect, test } from "vitest";

import { crc32c } from "../src/crc32c.ts";
import type { OutRecord } from "../src/port.ts";
import { recordBatch } from "../src/record-batch.ts";

const load = createRequire(import.meta.url);

interface Decoded {
  readonly records: readonly {
    readonly key: Buffer | null;
    readonly value: Buffer | null;
    readonly offset: string;
    readonly timestamp: string;
    readonly headers: Readonly<Record<string, Buffer | Buffer[]>>;
  }[];
}

const Decoder = load("kafkajs/src/protocol/decoder.js") as new (bytes: Buffer) => unknown;
const decodeBatch = load("kafkajs/src/protocol/recordBatch/v0/decoder.js") as (decoder: unknown) => Promise<Decoded>;
const theirCrc = load("kafkajs/src/protocol/recordBatch/crc32C/index.js") as (bytes: Buffer) => number;

const bytes = fc.uint8Array({ maxLength: 300 }).map((run) => Buffer.from(run));
const nullable = fc.option(bytes, { nil: null });
const headers = fc.option(
  fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), fc.oneof(bytes, fc.string({ maxLength: 5 })), {
    noNullPrototype: true,
    maxKeys: 3,
  }),
  { nil: undefined },
);
const record: fc.Arbitrary<OutRecord> = fc
  .record({ key: nullable, value: nullable, headers })
  .map(({ headers: some, ...rest }) => ({ topic: "t", ...rest, ...(some === undefined ? {} : { headers: some }) }));

test("kafkajs reads from a batch what was written into it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 200 }), async (records) => {
      const { records: read } = await decodeBatch(new Decoder(recordBatch(records, 1_790_000_000_123)));
      expect(read).toHaveLength(records.length);
      for (const [at, { key, value, headers: sent = {} }] of records.entries()) {
        const one = read[at];
        expect({ key: one?.key, value: one?.value }).toEqual({ key, value });
        expect([one?.offset, one?.timestamp]).toEqual([String(at), "1790000000123"]);
        const expected = Object.entries(sent).map(([name, some]) => [name, Buffer.from(some as string)]);
        expect(Object.entries(one?.headers ?? {})).toEqual(expected);
      }
    }),
    { numRuns: 100 },
  );
});

test("the checksum is CRC-32C", () => {
  // RFC 3720, B.4.
  expect(crc32c(new Uint8Array(32), 0, 32)).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff), 0, 32)).toBe(0x62a8ab43);
  expect(
    crc32c(
      Uint8Array.from({ length: 32 }, (_, at) => at),
      0,
      32,
    ),
  ).toBe(0x46dd794e);
  fc.assert(
    fc.property(bytes, fc.nat({ max: 20 }), (run, from) => {
      const start = Math.min(from, run.length);
      expect(crc32c(run, start, run.length)).toBe(theirCrc(run.subarray(start)) >>> 0);
    }),
  );
});
