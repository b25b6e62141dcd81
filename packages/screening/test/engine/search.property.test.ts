import fc from "fast-check";
import { expect, test } from "vitest";

import {
  type Designation,
  designationTypes,
  type ListedName,
  nameKinds,
  nameStrengths,
} from "../../src/designation.ts";
import { openSnapshot, openWithSettings } from "../../src/engine/open-index.ts";
import { compileSearchOptions } from "../../src/engine/options.ts";
import { exhaustiveScan } from "../../src/engine/scan-everything.ts";
import type { CompiledSearchOptions, SearchResult } from "../../src/search.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { designation } from "../example-designations.ts";

/** Words that meet each other in every way: exactly, misspelt, by sound, as particles, numbers and legal forms. */
const vocabulary = (
  "mohammed muhammad mohamad gaddafi qadhafi khadafi hussein husayn hassan osama usama laden al bin abu abd rahman " +
  "tetouani tetwani jahovic jahovitch kazawi gang alpa alpha trading company limited ooo fzco 1980 1981 61398 a b c " +
  "abcabcab abcabcabc abcacbab aabbaabb babababa xxxxxxx xxxxxxxx ali aly o'brien sa'id said obrien al-qaida алина 习近平 петров"
).split(" ");
const word = fc.constantFrom(...vocabulary);
const phrase = fc.array(word, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(" "));
const listedName: fc.Arbitrary<ListedName> = fc.record({
  text: fc.oneof({ weight: 8, arbitrary: phrase }, { weight: 1, arbitrary: fc.string({ unit: "grapheme" }) }),
  kind: fc.constantFrom(...nameKinds),
  strength: fc.constantFrom(...nameStrengths),
});
const list: fc.Arbitrary<readonly Designation[]> = fc
  .array(fc.tuple(fc.array(listedName, { minLength: 1, maxLength: 4 }), fc.constantFrom(...designationTypes)), {
    minLength: 1,
    maxLength: 12,
  })
  .map((entries) => entries.map(([names, type], at) => designation(String(at), names, type)));
const options: fc.Arbitrary<CompiledSearchOptions> = fc
  .record({
    threshold: fc.integer({ min: 70, max: 100 }),
    types: fc.subarray([...designationTypes], { minLength: 1 }),
    weakAliases: fc.constantFrom("confirm" as const, "raise" as const),
  })
  .map(compileSearchOptions);

/** A name of the list, disturbed; or any other text. */
function queriesOf(entries: readonly Designation[]): fc.Arbitrary<string> {
  const listed = entries.flatMap(({ names }) => names.map(({ text }) => text));
  const disturbed = fc
    .tuple(fc.constantFrom(...listed), fc.nat(), fc.nat(5), word)
    .map(([text, place, how, extra]) => disturb(text, { place, how, extra }));
  return fc.oneof({ weight: 4, arbitrary: disturbed }, { weight: 2, arbitrary: phrase });
}

function disturb(
  text: string,
  { place, how, extra }: { readonly place: number; readonly how: number; readonly extra: string },
): string {
  const at = place % (text.length + 1);
  switch (how) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2);
    case 2:
      return text.split(" ").toReversed().join(" ").toUpperCase();
    case 3:
      return `${text} ${extra}`;
    case 4:
      return text.replaceAll(" ", "");
    default:
      return text;
  }
}

const situation = list.chain((entries) =>
  fc.record({
    entries: fc.constant(entries),
    queries: fc.array(queriesOf(entries), { minLength: 1, maxLength: 12 }),
    options,
  }),
);

test("the search finds exactly what the exhaustive scan finds, scores, reasons and order included", () => {
  let matched = 0;
  fc.assert(
    fc.property(situation, ({ entries, queries, options: how }) => {
      const index = openSnapshot(compileSnapshot(entries));
      const oracle = exhaustiveScan(entries);
      for (const query of queries) {
        const expected = oracle.scan(query, how);
        if (expected.kind === "matches") matched += expected.matches.length;
        expect(index.search(query, how)).toEqual(expected);
      }
    }),
    { numRuns: 250 },
  );
  expect(matched).toBeGreaterThan(300);
});

test("what a search remembers between queries changes no result", () => {
  fc.assert(
    fc.property(situation, ({ entries, queries, options: how }) => {
      const bytes = compileSnapshot(entries);
      const warm = openSnapshot(bytes);
      for (const query of queries) warm.search(query, how);
      for (const query of queries) expect(warm.search(query, how)).toEqual(openSnapshot(bytes).search(query, how));
    }),
    { numRuns: 30 },
  );
});

test("every match's points sum to its score and its offsets lie in the text", () => {
  fc.assert(
    fc.property(situation, ({ entries, queries, options: how }) => {
      const index = openSnapshot(compileSnapshot(entries));
      for (const query of queries) {
        for (const { reasons, score, start, end } of matchesOf(index.search(query, how))) {
          expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBe(score);
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(query.length);
          expect(score).toBeGreaterThanOrEqual(how.threshold * 100);
          expect(score).toBeLessThanOrEqual(10_000);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test("a higher threshold finds a subset; an unrelated entry changes nothing", () => {
  fc.assert(
    fc.property(situation, fc.integer({ min: 70, max: 100 }), ({ entries, queries, options: how }, other) => {
      const [low, high] = [Math.min(how.threshold, other), Math.max(how.threshold, other)];
      const index = openSnapshot(compileSnapshot(entries));
      const larger = openSnapshot(compileSnapshot([...entries, designation("unrelated", ["zzzzzzzzzz qqqqqqqqqq"])]));
      for (const query of queries) {
        const some = idsOf(index.search(query, { ...how, weakAliases: "raise", threshold: high }));
        const all = idsOf(index.search(query, { ...how, weakAliases: "raise", threshold: low }));
        expect(all).toEqual(expect.arrayContaining([...some]));
        expect(larger.search(query, how)).toEqual(index.search(query, how));
      }
    }),
    { numRuns: 100 },
  );
});

test.each([
  ["slot maxima", { slot: 90 }],
  ["posting bound", { posting: 90 }],
])("the %s, weakened by 10 %%, lose hits that the comparison with the scan notices", (_, scale) => {
  let lost = 0;
  for (const { entries, queries, options: how } of fc.sample(situation, { numRuns: 120, seed: 7 })) {
    const exact = openSnapshot(compileSnapshot(entries));
    const weakened = openWithSettings(compileSnapshot(entries), { boundScale: scale });
    for (const query of queries) {
      lost += matchesOf(exact.search(query, how)).length - matchesOf(weakened.search(query, how)).length;
    }
  }
  expect(lost).toBeGreaterThan(0);
});

function matchesOf(result: SearchResult) {
  return result.kind === "matches" ? result.matches : [];
}

function idsOf(result: SearchResult): readonly string[] {
  return matchesOf(result).map((match) => match.designation.id);
}
