import type { Designation, ListedName } from "@cordon/matching";
import { describe, expect, test } from "vitest";

import type { FieldMatch } from "../src/field-match.ts";
import { linkMatches } from "../src/link-matches.ts";
import { listed } from "./fake-index.ts";

const born = (date: string): Pick<Designation, "birthDates"> => ({
  birthDates: [{ date, until: null, approximate: false }],
});
const matchOf = (designation: Designation): FieldMatch => ({ designation, reasons: [] }) as unknown as FieldMatch;

/** What each match is told to be linked with. */
function links(...designations: readonly Designation[]): readonly (readonly string[])[] {
  return linkMatches(designations.map(matchOf)).map(({ reasons }) => reasons.map(({ detail }) => detail));
}

/** Two people of one name, and of one birth date unless something else is said. */
function twoOf(more: Partial<Designation>): readonly Designation[] {
  return ["uk:1", "un:2"].map((id) => listed(id, "Ann Baker", { ...born("1980"), ...more }));
}

function linksOfFirst(count: number): readonly string[] {
  const all = Array.from({ length: count }, (_, at) => listed(`uk:${String(9 - at)}`, "Ann", born("1980")));
  return links(...all)[0] ?? [];
}

const cited = "the lists cite each other or a common entry";
const alike = "same name and birth date";

describe("two entries of one alert are told to be one party", () => {
  test("where one cites the other, or both cite a third", () => {
    const first = listed("uk:1", "Ann", { references: ["un:9"] });
    expect(links(first, listed("un:9", "Bob"))).toEqual([[`also un:9: ${cited}`], [`also uk:1: ${cited}`]]);
    expect(links(first, listed("eu:2", "Bob", { references: ["un:9"] }))).toEqual([
      [`also eu:2: ${cited}`],
      [`also uk:1: ${cited}`],
    ]);
  });

  test("where they are people of one name, in whatever order and case, and one birth date", () => {
    const [one, other] = [listed("uk:1", "Ann Mary BAKER", born("1980-05-17")), born("1980-05-17")];
    const expected = [[`also un:2: ${alike}`], [`also uk:1: ${alike}`]];
    expect(links(one, listed("un:2", "Baker, Ann Mary", other))).toEqual(expected);
    expect(links(one, listed("un:2", "Baker, Ann Mary", born("1980-05-18")))).toEqual([[], []]);
    expect(links(one, listed("un:2", "Baker, Ann", other))).toEqual([[], []]);
  });

  test("but not by a weak alias, a ship's name, or a date that is not certain", () => {
    const weak: readonly ListedName[] = [{ text: "Ann Baker", kind: "ALIAS", strength: "WEAK" }];
    expect(links(...twoOf({}))).toEqual([[`also un:2: ${alike}`], [`also uk:1: ${alike}`]]);
    expect(links(...twoOf({ names: weak }))).toEqual([[], []]);
    expect(links(...twoOf({ type: "VESSEL" }))).toEqual([[], []]);
    expect(links(...twoOf({ birthDates: [{ date: "1980", until: "1982", approximate: false }] }))).toEqual([[], []]);
    expect(links(...twoOf({ birthDates: [{ date: "1980", until: null, approximate: true }] }))).toEqual([[], []]);
  });
});

test("of many linked entries five are named, in order, and the rest are counted", () => {
  expect(linksOfFirst(6)).toEqual([`also uk:4, uk:5, uk:6, uk:7, uk:8: ${alike}`]);
  expect(linksOfFirst(7)).toEqual([`also uk:3, uk:4, uk:5, uk:6, uk:7 and 1 more: ${alike}`]);
});

test("what is linked with nothing stays as it is", () => {
  const matches = [listed("uk:1", "Ann"), listed("uk:2", "Bob")].map(matchOf);
  expect(linkMatches(matches)[0]).toBe(matches[0]);
  const alone = matchOf(listed("uk:1", "Ann", born("1980")));
  expect(linkMatches([alone, alone])).toEqual([alone, alone]);
});
