import { describe, expect, test } from "vitest";

import { createRangeCursor } from "../src/range-cursor.ts";

const cursor = (...ranges: readonly (readonly [number, number])[]) =>
  createRangeCursor(ranges.map(([from, to]) => ({ from: BigInt(from), to: BigInt(to) })));

describe("how far ranges have been read", () => {
  test("begins with the first range, whatever their order, and leaves empty ones out", () => {
    expect(cursor([7, 9], [2, 4], [1, 1]).next()).toBe(2n);
    expect(cursor([5, 5]).next()).toBeNull();
    expect(cursor().next()).toBeNull();
  });

  test("wants what lies in a range, whether ranges touch or overlap", () => {
    const ranges = cursor([2, 4], [4, 5], [7, 9], [8, 10]);
    const wanted = Array.from({ length: 12 }, (_, offset) => offset).filter((offset) => ranges.wants(BigInt(offset)));
    expect(wanted).toEqual([2, 3, 4, 7, 8, 9]);
  });

  test("does not want again what it has passed", () => {
    const ranges = cursor([2, 4], [7, 9]);
    ranges.advance(8n);
    expect(ranges.next()).toBe(8n);
    expect([2n, 3n, 7n, 8n].map((offset) => ranges.wants(offset))).toEqual([false, false, false, true]);
    ranges.advance(3n);
    expect(ranges.next()).toBe(8n);
    ranges.advance(9n);
    expect(ranges.next()).toBeNull();
  });
});
