import fc from "fast-check";
import { expect, test } from "vitest";

import { readVarint } from "../src/varint.ts";

/** The obvious encoder: zigzag, seven bits a byte, in arbitrary precision. */
function encode(value: bigint): number[] {
  let left = value >= 0n ? value * 2n : -value * 2n - 1n;
  const bytes: number[] = [];
  do {
    bytes.push(Number(left % 128n) + (left >= 128n ? 128 : 0));
    left /= 128n;
  } while (left > 0n);
  return bytes;
}

test("integers that a double holds exactly are read as they were written, and the cursor stands behind them", () => {
  // Zigzag doubles: one bit less than a double has.
  const limit = 2 ** 52 - 1;
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: -limit, max: limit }), fc.integer({ min: -300, max: 300 })), (value) => {
      const bytes = encode(BigInt(value));
      const cursor = { at: 1 };
      expect(readVarint(Uint8Array.from([9, ...bytes, 9]), cursor)).toBe(value);
      expect(cursor.at).toBe(1 + bytes.length);
    }),
  );
});

test("past the end it reads zeros and stops", () => {
  expect(readVarint(Uint8Array.from([0x80]), { at: 0 })).toBe(0);
});
