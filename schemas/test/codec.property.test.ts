import { CordonError } from "@cordon/errors";
import {
  createDecoder,
  createEncoder,
  createScreeningDecoder,
  frame,
  schemaIdOf,
  schemaText,
  type Subject,
  subjects,
} from "@cordon/schemas";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { arbitraryRecord } from "./arbitrary-record.ts";

/** `null` for bytes that are a record, the code for bytes that are none. Anything else that is thrown fails the test. */
function fault(decode: () => unknown): string | null {
  try {
    decode();
    return null;
  } catch (error) {
    if (error instanceof CordonError) return error.code;
    throw error;
  }
}

function decoders(subject: Subject): readonly ((value: Buffer) => unknown)[] {
  const text = schemaText(subject);
  const full = createDecoder(subject, text);
  if (subject !== "payments.v1-value" && subject !== "remittances.v1-value") return [(value) => full.decode(value)];
  const projection = createScreeningDecoder(subject, text);
  return [(value) => full.decode(value), (value) => projection.decode(value)];
}

describe.each(subjects)("%s", (subject) => {
  const encoder = createEncoder(subject);
  const decode = decoders(subject);
  const records = arbitraryRecord(subject);

  test("a record comes back as it was written, under the id it was written with", () => {
    const decoder = createDecoder(subject, schemaText(subject));
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 2 ** 31 - 1 }), (record, id) => {
        const value = encoder.encode(record, id);
        expect(schemaIdOf(value)).toBe(id);
        expect({ ...decoder.decode(value) }).toEqual(record);
      }),
      { numRuns: 300 },
    );
  });

  test("a record that ends early, at whichever byte, is undecodable", () => {
    fc.assert(
      fc.property(records, (record) => {
        const value = encoder.encode(record, 1);
        for (let end = 0; end < value.length; end++)
          for (const read of decode) expect(fault(() => read(value.subarray(0, end)))).toBe("RECORD_UNDECODABLE");
      }),
      { numRuns: 30 },
    );
  });

  test("a record with bytes after it is undecodable", () => {
    fc.assert(
      fc.property(records, fc.uint8Array({ minLength: 1, maxLength: 9 }), (record, rest) => {
        const value = Buffer.concat([encoder.encode(record, 1), rest]);
        for (const read of decode) expect(fault(() => read(value))).toBe("RECORD_UNDECODABLE");
      }),
    );
  });

  test("any bytes at all are a record or undecodable, soon", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400, size: "max" }), (bytes) => {
        const value = frame(1, bytes);
        for (const read of decode) expect([null, "RECORD_UNDECODABLE"]).toContain(fault(() => read(value)));
      }),
      { numRuns: 3000 },
    );
  });

  test("a record with some bytes changed is a record or undecodable, soon", () => {
    const change = fc.tuple(fc.nat(), fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xfe, 0xff));
    fc.assert(
      fc.property(records, fc.array(change, { minLength: 1, maxLength: 12 }), (record, changes) => {
        const value = Buffer.from(encoder.encode(record, 1));
        for (const [at, byte] of changes) value[5 + (at % (value.length - 5))] = byte;
        for (const read of decode) expect([null, "RECORD_UNDECODABLE"]).toContain(fault(() => read(value)));
      }),
      { numRuns: 1000 },
    );
  });
});
