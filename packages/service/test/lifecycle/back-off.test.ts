import { backOffMs } from "@cordon/service";
import { expect, test } from "vitest";

const pauses = { firstMs: 100, mostMs: 1_000 };

test("a pause is doubled with each failure, up to the longest", () => {
  const asked = [0, 1, 2, 3, 4, 5, 1_000_000].map((failures) => backOffMs(failures, pauses, 1));
  expect(asked).toEqual([100, 100, 200, 400, 800, 1_000, 1_000]);
});

test("those who failed together come back at different times, none before half of the pause", () => {
  expect(backOffMs(3, pauses, 0)).toBe(200);
  const asked = Array.from({ length: 50 }, () => backOffMs(3, pauses));
  expect(Math.min(...asked)).toBeGreaterThanOrEqual(200);
  expect(Math.max(...asked)).toBeLessThanOrEqual(400);
  expect(new Set(asked).size).toBeGreaterThan(1);
});
