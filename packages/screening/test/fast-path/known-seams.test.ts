import { expect, test } from "vitest";

import { knownSeams } from "../../src/fast-path/known-seams.ts";
import { packed } from "../../src/fast-path/packed-verdict.ts";
import { newPartCounts } from "../../src/fast-path/part-counts.ts";
import { createRecentBytes } from "../../src/fast-path/recent-bytes.ts";

type Seams = ReturnType<typeof knownSeams>;
type Asked = Parameters<Seams["workOf"]>;

interface Told {
  readonly key?: string | null;
  readonly age?: number;
  /** Of the one text that stands across the end of the first of two lines. */
  readonly work?: number;
  readonly verdict?: "not-clear";
  readonly hasIdentifier?: boolean;
  readonly lines?: readonly string[];
}

const oneText = { fieldsScreened: 1, namesScreened: 0, fieldsLeftOut: 0, size: 1 };
const UNIT = 8192;

/** Asks one after the other: the work of each, and how many texts were judged in all. */
function askedAbout(...asked: readonly Told[]) {
  let judged = 0;
  let told: Told = {};
  const texts = {
    verdictOn: () => {
      judged++;
      return packed(told.verdict ?? { ...oneText, work: told.work ?? UNIT });
    },
  };
  const counts = newPartCounts();
  const seams = knownSeams({ texts: texts as unknown as Parameters<typeof knownSeams>[0]["texts"], most: 100, counts });
  const of = { lines: createRecentBytes(10, 10) } as unknown as Asked[1];
  const works = asked.map((one) => {
    told = one;
    const { key = "a\nb\n", age = 0, hasIdentifier = false, lines = ["a", "b"] } = one;
    const now = { seamsKey: () => key, noIdentifierIn: () => !hasIdentifier };
    const judges = { age: { number: age }, now } as unknown as Asked[2]["judges"];
    return seams.workOf(lines, of, { judges, workLeft: 1e12 });
  });
  return { works, judged, known: counts.text.known };
}

/** What reading the two lines joined by nothing takes besides. */
const READING = 200;

test("lines of one key are judged once in each age", () => {
  const work = UNIT + READING;
  expect(askedAbout({}, {}, {})).toEqual({ works: [work, work, work], judged: 1, known: 2 });
  expect(askedAbout({}, { age: 1 }, { age: 1 }).judged).toBe(2);
  expect(askedAbout({}, { key: "a\nc\n" }).judged).toBe(2);
});

test("lines without a key are judged each time", () => {
  expect(askedAbout({ key: null }, { key: null })).toMatchObject({ judged: 2, known: 0 });
});

test("a key that is longer than is remembered stands for no other that begins so", () => {
  const longest = "x".repeat(512);
  expect(askedAbout({ key: longest }, { key: longest })).toMatchObject({ judged: 1, known: 1 });
  expect(askedAbout({ key: `${longest}a` }, { key: `${longest}b` }, { key: longest })).toMatchObject({
    judged: 3,
    known: 0,
  });
});

test("what takes more work than can be kept is judged each time", () => {
  const lines = Array.from({ length: 40 }, () => "a");
  const much = { lines, work: 4095 * UNIT };
  const { works, known } = askedAbout(much, much);
  expect(works[0]).toBeGreaterThan(2 ** 31);
  expect(works).toEqual([works[0], works[0]]);
  expect(known).toBe(0);
});

test("what is not clear is not remembered", () => {
  expect(askedAbout({ verdict: "not-clear" }, {})).toMatchObject({ works: [Infinity, UNIT + READING], judged: 2 });
  expect(askedAbout({ hasIdentifier: true }, {})).toMatchObject({ works: [Infinity, UNIT + READING], judged: 2 });
});
