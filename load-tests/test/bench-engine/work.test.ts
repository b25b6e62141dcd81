import { compileSearchOptions, compileSnapshot, openSnapshot, sectionSizes } from "@cordon/matching";
import { describe, expect, it } from "vitest";

import { generatedDesignations, namePools } from "../../src/bench-engine/generated-names.ts";
import { textLines } from "../../src/bench-engine/lines.ts";
import { queryStream } from "../../src/bench-engine/stream.ts";

/** No folder of names: made up of syllables, the same on every machine. */
const pools = namePools("no/such/folder");
const queries = 5000;

function workOf(names: number) {
  const listed = [...generatedDesignations(pools, names)];
  const { names: stream, planted } = queryStream(listed, pools, queries);
  const bytes = compileSnapshot(listed);
  const index = openSnapshot(bytes);
  const options = compileSearchOptions({ threshold: 85 });
  const found = stream.map((name) => {
    const result = index.search(name, options);
    return result.kind === "matches" && result.matches.length > 0;
  });
  const work = { ...index.work };
  const looked = index.lookedUp();
  const lines = textLines(stream, LINES);
  const ofLines = openSnapshot(bytes);
  for (const line of lines) ofLines.searchText(line, options);
  return {
    work,
    found: planted.filter((at) => found[at]).length,
    planted: planted.length,
    wordsPerQuery: looked / queries,
    postingsPerLine: ofLines.work.postings / LINES,
    wordsPerLine: ofLines.lookedUp() / LINES,
    bytesPerName: bytes.length / names,
    partsAddUp: Object.values(sectionSizes(bytes)).reduce((sum, size) => sum + size, 0) / bytes.length,
  };
}

const LINES = 500;

describe("the work of a search, counted without a clock", () => {
  const { work, found, planted, ...figures } = workOf(20_000);

  // Counted on 2026-11-30: 41,482 postings, and 37,250 before words of five to seven letters might have two edits; 170 candidates. A change
  // that needs a tenth more must say why.
  it("reads at most 45,600 postings for 5,000 names on a list of 20,000", () => {
    expect(work.postings).toBeLessThan(45_600);
  });

  it("scores at most 187 candidates pair by pair, of which most are hits", () => {
    expect(work.candidates).toBeLessThan(187);
    expect(work.candidates).toBeGreaterThanOrEqual(found);
  });

  it("is not saved by finding less", () => {
    expect(found).toBeGreaterThan(planted * 0.95);
  });

  // Counted on 2026-11-29: a change that needs a tenth more must say why.
  it.each([
    ["looks up words for a name", "wordsPerQuery", 1.34],
    ["reads postings for a line", "postingsPerLine", 14.4],
    ["looks up words for a line", "wordsPerLine", 4.3],
    ["keeps bytes for a listed name", "bytesPerName", 445],
  ] as const)("%s: %s, at most", (_, figure, most) => {
    expect(figures[figure]).toBeLessThan(most);
    expect(figures[figure]).toBeGreaterThan(most / 2);
  });

  it("has each byte of a snapshot in some section of it", () => {
    expect(figures.partsAddUp).toBeGreaterThan(0.999);
    expect(figures.partsAddUp).toBeLessThanOrEqual(1);
  });
});
