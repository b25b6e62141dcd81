import { expect, test } from "vitest";

import { inSlices } from "../../src/batch/pace.ts";

function* steps(count: number, each: (at: number) => void): Generator<void, string, void> {
  for (let at = 0; at < count; at++) {
    each(at);
    yield;
  }
  return "done";
}

test("work taken in slices lets other work in every few milliseconds, and ends with its result", async () => {
  let now = 0;
  let turns = 0;
  const turning = setInterval(() => void turns++, 0);
  let longest = 0;
  let begun = 0;
  let seen = 0;
  const work = steps(100, () => {
    if (turns !== seen) [begun, seen] = [now, turns];
    now += 3;
    longest = Math.max(longest, now - begun);
  });
  // Each step takes three milliseconds: three of them make a slice.
  const pausing = setImmediate(function again() {
    turns++;
    if (now < 300) setImmediate(again);
  });
  expect(await inSlices(work, () => now)).toBe("done");
  clearInterval(turning);
  clearImmediate(pausing);
  expect(longest).toBeLessThanOrEqual(9);
  expect(turns).toBeGreaterThan(20);
});

test("an error of a step ends the work", async () => {
  const failing = steps(3, (at) => {
    if (at === 1) throw new RangeError("the second step");
  });
  await expect(inSlices(failing)).rejects.toThrow("the second step");
});
