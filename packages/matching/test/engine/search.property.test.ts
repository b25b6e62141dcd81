import fc from "fast-check";
import { expect, test } from "vitest";

import type { Designation } from "../../src/designation.ts";
import { openSnapshot, openWithSettings } from "../../src/engine/open-index.ts";
import { exhaustiveScan } from "../../src/engine/scan-everything.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { designation } from "../example-designations.ts";
import { idsOf, list, matchesOf, options, queriesOf, type Situation, situation } from "../situations.ts";

/** Longer lists with fewer words: many rows share tokens, so that every bound is close to what it bounds. */
const crowded = fc
  .array(list, { minLength: 3, maxLength: 6 })
  .map((lists) => lists.flatMap((entries, at) => entries.map((each, k) => renamed(each, `${String(at)}-${String(k)}`))))
  .chain((entries) =>
    fc.record({
      entries: fc.constant(entries),
      queries: fc.array(queriesOf(entries), { minLength: 4, maxLength: 16 }),
      options,
    }),
  );

function renamed(each: Designation, key: string): Designation {
  return designation(key, each.names, each.type);
}

/** Listed names of two to five words, and queries that give words of them in full, misspelt, and by their initials. */
const initialled = fc
  .array(
    fc.array(fc.constantFrom(..."ali abu omar bank group amir das kumar".split(" ")), { minLength: 2, maxLength: 5 }),
    {
      minLength: 2,
      maxLength: 12,
    },
  )
  .chain((names) =>
    fc.record({
      entries: fc.constant(names.map((words, at) => designation(String(at), [words.join(" ")]))),
      queries: fc.array(
        fc
          .tuple(fc.constantFrom(...names), fc.nat(31))
          .map(([words, mask]) => words.map((each, at) => ((mask >> at) & 1 ? each : each.charAt(0))).join(" ")),
        { minLength: 4, maxLength: 12 },
      ),
      options,
    }),
  );

/** Signs, and what they are spelt in Hong Kong, Taiwan or Korea. */
const families = ["黃 WONG", "陳 CHAN", "李 LI", "李 LEE", "金 KIM", "김 KIM", "이 RI", "陳 CHEN"];
const givens = [
  "光 Kwong",
  "光 Kwang",
  "明 Ming",
  "華 Wah",
  "華 Hua",
  "광 Kwang",
  "수 Su",
  "민 Min",
  "종 Jong",
  "娜 Na",
];

/** Listed names of a family name and one to three syllables, and payments of their signs: whole, in runs, turned, one more or fewer. */
const signs = fc
  .array(
    fc.tuple(
      fc.constantFrom(...families),
      fc.array(fc.constantFrom(...givens), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
    ),
    { minLength: 2, maxLength: 10 },
  )
  .chain((names) =>
    fc.record({
      entries: fc.constant(
        names.map(([family, given, comma], at) => {
          const [first, rest] = [family.slice(2), given.map((each) => each.slice(2))];
          return designation(String(at), [comma ? `${first}, ${rest.join("-")}` : `${rest.join(" ")} ${first}`]);
        }),
      ),
      queries: fc.array(
        fc
          .tuple(fc.constantFrom(...names), fc.nat(6), fc.constantFrom(...givens))
          .map(([[family, given], how, extra]) => {
            const [first, rest] = [family.charAt(0), given.map((each) => each.charAt(0))];
            if (how === 0) return `${rest.toReversed().join("")} ${first}`;
            if (how === 1) return `${first}${rest.join("")}${extra.charAt(0)}`;
            if (how === 2) return `${first}${rest.slice(1).join("")}`;
            if (how === 3) return `${rest.join(" ")} ${first}`;
            return first + rest.join("");
          }),
        { minLength: 6, maxLength: 12 },
      ),
      options,
    }),
  );

test.each([
  ["small lists", situation, 250],
  ["crowded lists", crowded, 80],
  ["initials", initialled, 150],
  ["signs", signs, 120],
])(
  "the search finds exactly what the exhaustive scan finds, scores, reasons and order included: %s",
  (_, situations, runs) => {
    let matched = 0;
    fc.assert(
      fc.property(situations, ({ entries, queries, options: how }) => {
        const index = openSnapshot(compileSnapshot(entries));
        const oracle = exhaustiveScan(entries);
        for (const query of queries) {
          const expected = oracle.scan(query, how);
          matched += matchesOf(expected).length;
          expect(index.search(query, how)).toEqual(expected);
        }
      }),
      { numRuns: runs },
    );
    expect(matched).toBeGreaterThan(200);
  },
);

/** As small as they go: nearly every query begins with all memory forgotten, and every array grows within queries. */
const tiny = { records: 1, neighbours: 1, keyBytes: 1 };

test.each([
  ["a memory too small for one query", { memory: tiny }],
  ["epochs that wrap", { firstEpoch: 0x7fffffff - 2 }],
  ["every text read the slow way", { fastReading: false }],
])("%s changes no result, and neither does what is remembered between queries", (_, settings) => {
  fc.assert(
    fc.property(situation, ({ entries, queries, options: how }) => {
      const bytes = compileSnapshot(entries);
      const warm = openSnapshot(bytes);
      const other = openWithSettings(bytes, settings);
      for (const query of queries) warm.search(query, how);
      for (const query of queries) {
        const expected = openSnapshot(bytes).search(query, how);
        expect(warm.search(query, how)).toEqual(expected);
        expect(other.search(query, how)).toEqual(expected);
        expect(other.search(query, { ...how, threshold: 75 })).toEqual(warm.search(query, { ...how, threshold: 75 }));
      }
    }),
    { numRuns: 40 },
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
  ["choice of essential slots", { essential: 90 }],
  ["posting bound", { posting: 90 }],
  ["bound of initials", { initials: 90 }],
  ["bound before the assignment", { verify: 90 }],
])("the %s, weakened by 10 %%, lose hits that the comparison with the scan notices", (_, boundScale) => {
  const samples: readonly Situation[] = [
    ...fc.sample(situation, { numRuns: 150, seed: 7 }),
    ...fc.sample(crowded, { numRuns: 25, seed: 8 }),
    ...fc.sample(initialled, { numRuns: 200, seed: 9 }),
  ];
  let lost = 0;
  for (const { entries, queries, options: how } of samples) {
    const bytes = compileSnapshot(entries);
    const exact = openSnapshot(bytes);
    const weakened = openWithSettings(bytes, { boundScale });
    for (const query of queries) {
      lost += matchesOf(exact.search(query, how)).length - matchesOf(weakened.search(query, how)).length;
    }
  }
  expect(lost).toBeGreaterThan(0);
});
