import { expect, test } from "vitest";

import { metered, meterOf, workOfReading } from "../src/work-meter.ts";
import { fakeIndex } from "./fake-index.ts";

test("a meter counts characters before they are read, words, candidates, postings and steps of its own searches, and matches", () => {
  const work = { words: 5, postings: 5, candidates: 5, steps: 5 };
  const fake = { ...fakeIndex([]), work };
  const meter = meterOf(fake, 10_000);
  work.words += 1000;
  expect(meter.spent()).toBe(0);
  expect(meter.mayRead("x".repeat(20))).toBe(true);
  const afterReading = meter.spent();
  expect(afterReading).toBeGreaterThan(0);
  const spentOn = (change: Partial<typeof work>): number => {
    const one = meterOf(fake, 10_000);
    one.during("text", () => {
      for (const [name, more] of Object.entries(change)) work[name as keyof typeof work] += more;
    });
    return one.spent();
  };
  for (const name of ["words", "postings", "candidates", "steps"] as const)
    expect(spentOn({ [name]: 1 })).toBeGreaterThan(0);
  expect(meter.isOver()).toBe(false);
  meter.looksUp(1);
  const afterLookUp = meter.spent();
  expect(afterLookUp).toBeGreaterThan(afterReading);
  meter.describes(3);
  expect(meter.spent()).toBeGreaterThan(afterLookUp);
  expect(meter.mayRead("x".repeat(200))).toBe(false);
  expect(meter.isOver()).toBe(true);
});

test("what is just allowed may be read, and nothing more", () => {
  const most = workOfReading("x".repeat(20));
  const meter = meterOf(fakeIndex([]), most);
  expect([meter.mayRead("x".repeat(20)), meter.isOver()]).toEqual([true, false]);
  expect([meter.mayRead("x"), meter.isOver()]).toEqual([false, true]);
});

test("an index whose look-ups are counted finds what it finds, and counts the keys", () => {
  const asked: (readonly string[])[] = [];
  const index = { ...fakeIndex([]), findIdentifier: (keys: readonly string[]) => (asked.push(keys), []) };
  const meter = meterOf(index, 10_000);
  expect(metered(index, meter).findIdentifier(["a", "b"])).toEqual([]);
  const two = meter.spent();
  metered(index, meter).findIdentifier(["c", "d", "e", "f"]);
  expect([asked, meter.spent()]).toEqual([
    [
      ["a", "b"],
      ["c", "d", "e", "f"],
    ],
    3 * two,
  ]);
  expect(two).toBeGreaterThan(0);
});
