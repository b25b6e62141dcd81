import { listed } from "@cordon/screening/testing";
import { describe, expect, test } from "vitest";

import { screenBatch } from "../../src/batch/screen-batch.ts";
import { batchContext, createBench, generation, paymentBatch } from "../support/bench.ts";

describe("no answer outlives an update of a list", () => {
  test("a name that was clear is a hit in the first batch after it was listed", async () => {
    const bench = await createBench();
    const batch = paymentBatch(bench, [{ id: "a", names: ["Nadia Fresh", "x y"] }]);
    await screenBatch(batch, batchContext(), bench.deps);
    await screenBatch(batch, batchContext(), bench.deps);
    bench.holder.swap(generation(2, [listed("GIM0009", "Nadia Fresh")]));
    await screenBatch(batch, batchContext(), bench.deps);
    expect(bench.decisions().map(({ outcome }) => outcome)).toEqual(["CLEAR", "CLEAR", "HIT"]);
  });

  test("a name that hit is clear in the first batch after it was taken off the list", async () => {
    const bench = await createBench();
    const batch = paymentBatch(bench, [{ id: "a", names: ["Goran Jalal", "x y"] }]);
    await screenBatch(batch, batchContext(), bench.deps);
    bench.holder.swap(generation(2, [listed("GIM0002", "Alen Basil")]));
    await screenBatch(batch, batchContext(), bench.deps);
    expect(bench.decisions().map(({ outcome }) => outcome)).toEqual(["HIT", "CLEAR"]);
  });
});
