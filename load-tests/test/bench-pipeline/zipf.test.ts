import { seededRandom } from "@cordon/simulator";
import { expect, it } from "vitest";

import { zipf } from "../../src/bench-pipeline/zipf.ts";

it("draws the first rank as often as Zipf's law has it, and ten times as often as the tenth", () => {
  const draw = zipf(1000);
  const random = seededRandom(5);
  const draws = 200_000;
  const drawn = Array.from({ length: draws }, () => draw(random));
  const times = (rank: number): number => drawn.filter((one) => one === rank).length;
  // The first 1,000 terms of the harmonic series sum to 7.4855.
  expect(times(0) / draws).toBeCloseTo(1 / 7.4855, 2);
  expect(times(0) / times(9)).toBeCloseTo(10, 0);
});
