import { expect, test } from "vitest";

import { masterKey } from "../src/sealing/keys.ts";
import { isDrawn } from "../src/work/draw.ts";

const keys = Array.from({ length: 20_000 }, (_, n) => `release ${String(n)}`);

function drawn(fill: number, percent: number): readonly string[] {
  const master = masterKey(new Uint8Array(32).fill(fill));
  return keys.filter((one) => isDrawn(master, one, percent));
}

test.each([
  [0, 0, 0],
  [2, 340, 460],
  [50, 9700, 10_300],
  [100, 20_000, 20_000],
])("of %s percent about so many are drawn", (percent, least, most) => {
  const { length } = drawn(7, percent);
  expect(length).toBeGreaterThanOrEqual(least);
  expect(length).toBeLessThanOrEqual(most);
});

test("the same are drawn again with the same key, and others with another", () => {
  const [one, again, other] = [7, 7, 8].map((fill) => drawn(fill, 2));
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
});
