import fc from "fast-check";
import { expect, test } from "vitest";

import { createRecentBytes, NOTHING_KEPT } from "../../src/fast-path/recent-bytes.ts";

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const runs = fc.uint8Array({ maxLength: 9, max: 2 });

test("what is kept for a run of bytes is what was kept last, and nothing for any other run", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), runs, fc.integer({ min: -1, max: 9 })), { maxLength: 60 }), (steps) => {
      const recent = createRecentBytes(1000, 64);
      const model = new Map<string, number>();
      for (const [keeps, run, integer] of steps) {
        // In the middle of other bytes, at any alignment.
        const around = Uint8Array.from([7, ...run, 8, 8, 8, 8]);
        const known = recent.get(view(around), 1, 1 + run.length);
        expect(known).toBe(model.get(run.join()) ?? NOTHING_KEPT);
        if (!keeps || known !== NOTHING_KEPT) continue;
        recent.keep(view(around), 1, 1 + run.length, integer);
        model.set(run.join(), integer);
      }
    }),
  );
});

function number(value: number): DataView {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, value);
  return bytes;
}

test("what was not asked for in a while is forgotten, what was stays, and a run that is too long is not kept", () => {
  const recent = createRecentBytes(10, 8);
  recent.keep(number(-1), 0, 8, 1);
  for (let i = 0; i < 100; i++) {
    expect(recent.get(number(-1), 0, 8)).toBe(1);
    recent.keep(number(i), 0, 8, 2);
  }
  expect(recent.get(number(0), 0, 8)).toBe(NOTHING_KEPT);
  expect(recent.get(number(99), 0, 8)).toBe(2);
  const tooLong = new DataView(new ArrayBuffer(9));
  recent.keep(tooLong, 0, 9, 3);
  expect(recent.get(tooLong, 0, 9)).toBe(NOTHING_KEPT);
});

function long(value: number): DataView {
  const bytes = new DataView(new ArrayBuffer(2048));
  bytes.setInt32(0, value);
  return bytes;
}

test("long runs take no more memory than as many usual ones: fewer of them are kept", () => {
  const recent = createRecentBytes(100, 2048);
  for (let i = 0; i < 40; i++) recent.keep(long(i), 0, 2048, i);
  const known = Array.from({ length: 40 }, (_, i) => i).filter((i) => recent.get(long(i), 0, 2048) === i);
  expect(known.length).toBeGreaterThan(11);
  expect(known.length).toBeLessThan(26);
  expect(known.at(-1)).toBe(39);
  for (let i = 0; i < 49; i++) recent.keep(number(i), 0, 8, i);
  expect(recent.get(number(0), 0, 8)).toBe(0);
});

test("what is kept anew stands in the place of what was kept before, with its age", () => {
  const recent = createRecentBytes(10, 8);
  const kept = (value: number) => [recent.get(number(value), 0, 8), recent.keptAt()];
  recent.keep(number(1), 0, 8, 11);
  expect(kept(1)).toEqual([11, 0]);
  recent.keep(number(1), 0, 8, 12, 3);
  recent.keep(number(2), 0, 8, 21, 4);
  expect([kept(1), kept(2)]).toEqual([
    [12, 3],
    [21, 4],
  ]);
  recent.keep(number(2), 0, 8, 22, 4);
  recent.keep(number(1), 0, 8, 10, 2);
  expect([kept(1), kept(2)]).toEqual([
    [12, 3],
    [22, 4],
  ]);
  // Others make the half in which it stands the old one; from there it is found with its age, and goes into the young one.
  for (let i = 10; i < 14; i++) recent.keep(number(i), 0, 8, 0, 9);
  expect(kept(1)).toEqual([12, 3]);
  recent.keep(number(1), 0, 8, 13, 5);
  expect(kept(1)).toEqual([13, 5]);
});

test.each([8, 3])("runs of %i bytes that have one hash are told apart", (length) => {
  // Of so many there are some dozen pairs with one hash of 32 bits.
  const many = 400_000;
  const run = new DataView(new ArrayBuffer(8));
  const write = (i: number): void => {
    run.setInt32(0, Math.imul(i, 0x9e3779b1));
    run.setInt32(4, Math.imul(i ^ 0x5bd1e995, 0x85ebca6b));
    if (length === 3) run.setInt32(0, i << 8);
  };
  const recent = createRecentBytes(2 * many, 8);
  for (let i = 0; i < many; i++) {
    write(i);
    recent.keep(run, 0, length, i);
  }
  let wrong = 0;
  for (let i = 0; i < many; i++) {
    write(i);
    if (recent.get(run, 0, length) !== i) wrong++;
  }
  expect(wrong).toBe(0);
});
