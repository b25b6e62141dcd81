import { holdReasons } from "@cordon/errors";
import fc from "fast-check";
import { expect, test } from "vitest";

import { createPositions, hashOf, type Waiting } from "../../src/rescreen/positions.ts";

const waiting: fc.Arbitrary<Waiting> = fc.record({
  reason: fc.constantFrom(...holdReasons, null),
  idHash: fc.string({ unit: "grapheme" }).map(hashOf),
});
const entries = fc.array(fc.tuple(fc.nat(2), fc.oneof(fc.nat(30), fc.integer({ min: 0, max: 2 ** 52 })), waiting));
const place = (partition: number) => ({ topic: "payments.v1", partition });

test("places come back as they were set, and as ranges that hold each of them once, in order", () => {
  fc.assert(
    fc.property(entries, fc.integer({ min: 1, max: 5 }), (all, most) => {
      const positions = createPositions();
      const expected = new Map<string, Waiting>();
      for (const [partition, offset, what] of all) {
        positions.set(place(partition), offset, what);
        expected.set(`${String(partition)} ${String(offset)}`, what);
      }
      expect(positions.size).toBe(expected.size);
      const read: string[] = [];
      for (const ranges of positions.pieces(most)) {
        let size = 0n;
        for (const { partition, from, to } of ranges) {
          size += to - from;
          for (let at = from; at < to; at++) read.push(`${String(partition)} ${String(at)}`);
        }
        expect(Number(size)).toBeLessThanOrEqual(most);
      }
      expect(read.toSorted()).toEqual([...expected.keys()].toSorted());
      for (const [key, what] of expected) {
        const [partition, offset] = key.split(" ").map(Number);
        expect(positions.get(place(partition ?? 0), offset ?? 0)).toEqual(what);
      }
      positions.retain(({ reason }) => reason === null);
      expect(positions.size).toBe([...expected.values()].filter(({ reason }) => reason === null).length);
    }),
  );
});
