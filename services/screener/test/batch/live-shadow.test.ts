import { compilePolicy } from "@cordon/decisions";
import { expect, test } from "vitest";

import { createLiveShadow, type Shadowed } from "../../src/batch/live-shadow.ts";
import { screenBatch } from "../../src/batch/screen-batch.ts";
import { batchContext, createBench, paymentBatch } from "../support/bench.ts";

const events = [{ id: "a" }, { id: "b", names: ["Goran Jalal", "x y"] }, { id: "c", names: ["Amelia Whitfield", ""] }];

async function shadowed(
  share: number,
  events_ = events,
  hours = 48,
): Promise<{ readonly told: readonly Shadowed[]; readonly outcomes: readonly string[] }> {
  const bench = await createBench();
  bench.setAge(3_600_000);
  const told: Shadowed[] = [];
  const policy = compilePolicy({ indexMaxAgeHours: hours });
  const shadow = createLiveShadow({ policy, share, onShadowed: (one) => void told.push(one) });
  await screenBatch(paymentBatch(bench, events_), batchContext(), { ...bench.deps, shadow });
  return { told, outcomes: bench.decisions().map(({ outcome }) => outcome) };
}

test("a policy that is tried tells what it would decide, and changes no outcome", async () => {
  const { told, outcomes } = await shadowed(1, events, 0.5);
  expect(outcomes).toEqual(["CLEAR", "HIT", "HOLD"]);
  expect(told).toEqual([
    { decided: "CLEAR", shadow: "HOLD" },
    { decided: "HIT", shadow: "HIT" },
    { decided: "HOLD", shadow: "HOLD" },
  ]);
});

test("the same policy decides the same", async () => {
  const { told } = await shadowed(1);
  expect(told.every(({ decided, shadow }) => decided === shadow)).toBe(true);
});

test("it is tried on its share of the events, the same ones each time", async () => {
  const many = Array.from({ length: 2000 }, (_, at) => ({ id: `p-${String(at)}` }));
  const first = await shadowed(0.1, many);
  expect(first.told.length).toBeGreaterThan(150);
  expect(first.told.length).toBeLessThan(250);
  expect((await shadowed(0.1, many)).told.length).toBe(first.told.length);
  expect((await shadowed(0, many)).told).toEqual([]);
});
