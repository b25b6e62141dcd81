import { compileSearchOptions, compileSnapshot, openSnapshot } from "@cordon/matching";
import { describe, expect, it } from "vitest";

import { generatedDesignations, namePools } from "../../src/bench-engine/generated-names.ts";
import { queryStream } from "../../src/bench-engine/stream.ts";

/** No folder of names: made up of syllables, the same on every machine. */
const pools = namePools("no/such/folder");
const queries = 5000;

function workOf(names: number) {
  const listed = [...generatedDesignations(pools, names)];
  const { names: stream, planted } = queryStream(listed, pools, queries);
  const index = openSnapshot(compileSnapshot(listed));
  const options = compileSearchOptions({ threshold: 85 });
  const found = stream.map((name) => {
    const result = index.search(name, options);
    return result.kind === "matches" && result.matches.length > 0;
  });
  return { work: { ...index.work }, found: planted.filter((at) => found[at]).length, planted: planted.length };
}

describe("the work of a search, counted without a clock", () => {
  const { work, found, planted } = workOf(20_000);

  // Counted on 2026-11-23: 37,250 postings and 170 candidates. A change that needs a tenth more must say why.
  it("reads at most 41,000 postings for 5,000 names on a list of 20,000", () => {
    expect(work.postings).toBeLessThan(41_000);
  });

  it("scores at most 187 candidates pair by pair, of which most are hits", () => {
    expect(work.candidates).toBeLessThan(187);
    expect(work.candidates).toBeGreaterThanOrEqual(found);
  });

  it("is not saved by finding less", () => {
    expect(found).toBeGreaterThan(planted * 0.95);
  });
});
