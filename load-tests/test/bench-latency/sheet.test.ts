import { expect, test } from "vitest";

import { newSheet } from "../../src/bench-latency/sheet.ts";

test("events fall due evenly, the first at once, and never more than there are", () => {
  const sheet = newSheet(1000, 5);
  expect([-1, 0, 0.5, 1, 2.9, 4, 1000].map((elapsed) => sheet.dueBy(elapsed))).toEqual([0, 1, 1, 2, 3, 5, 5]);
});

test("a decision counts from when its event was due, and only the first of an event", () => {
  const sheet = newSheet(1000, 100);
  for (let number = 0; number < 100; number++) sheet.decided(number, number + (number === 99 ? 50 : 2));
  sheet.decided(0, 900);
  expect(sheet.complete()).toBe(true);
  expect(sheet.spread(0, 100)).toEqual({ events: 100, undecided: 0, p50: 2, p99: 2, p999: 50, max: 50 });
});

test("what was never decided is told, and makes nothing look faster", () => {
  const sheet = newSheet(1000, 4);
  sheet.decided(1, 4);
  sheet.decided(7, 9);
  expect(sheet.complete()).toBe(false);
  expect(sheet.spread(0, 4)).toMatchObject({ events: 4, undecided: 3, p50: 3, max: 3 });
  expect(sheet.spread(2, 4).p50).toBeNaN();
});
