import { compilePolicy } from "@cordon/messages";
import type { ScreeningIndex } from "@cordon/screening";
import { describe, expect, test } from "vitest";

import { screenBatch } from "../../src/batch/screen-batch.ts";
import { rememberingIndex } from "../../src/index/remembering-index.ts";
import { batchContext, createBench, generation, paymentBatch } from "../support/bench.ts";
import { fakeIndex, listed } from "../support/fake-index.ts";

const { any, person } = compilePolicy().search;

function watched(index: ScreeningIndex) {
  const asked: string[] = [];
  const search: ScreeningIndex["search"] = (name, options) => {
    asked.push(name);
    return index.search(name, options);
  };
  return { asked, index: { ...index, search } };
}

describe("an index that remembers", () => {
  test("searches a name once, and answers the second time the same", () => {
    const { asked, index } = watched(fakeIndex([listed("GIM0001", "Goran Jalal")]));
    const remembering = rememberingIndex(index);
    const first = remembering.search("Goran Jalal", any);
    expect(remembering.search("Goran Jalal", any)).toEqual(first);
    expect(first).toMatchObject({ kind: "matches", matches: [{ score: 10_000 }] });
    expect(asked).toEqual(["Goran Jalal"]);
  });

  test("keeps apart what is compared with different designations", () => {
    const { asked, index } = watched(fakeIndex([]));
    const remembering = rememberingIndex(index);
    remembering.search("Goran Jalal", any);
    remembering.search("Goran Jalal", person);
    expect(asked).toHaveLength(2);
  });

  test("keeps apart a name and a line of text", () => {
    const line = { kind: "unreadable" } as const;
    const remembering = rememberingIndex({ ...fakeIndex([]), searchText: () => line });
    expect(remembering.search("Goran Jalal", any).kind).toBe("matches");
    expect(remembering.searchText("Goran Jalal", any)).toBe(line);
  });

  test("never keeps that a name was too broad", () => {
    const { asked, index } = watched(fakeIndex([]));
    const remembering = rememberingIndex(index);
    remembering.search("BROAD", any);
    remembering.search("BROAD", any);
    expect(asked).toEqual(["BROAD", "BROAD"]);
  });
});

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
