import { type Designation, designationId, newDesignation } from "@cordon/matching";
import { expect, test } from "vitest";

import { knownBadAt, knownBadNames } from "../src/known-bad.ts";

function listed(id: string, names: readonly string[], change: Partial<Designation> = {}): Designation {
  const [list = "", key = ""] = id.split(":");
  return newDesignation({
    id: designationId(list, key),
    list,
    type: "PERSON",
    names: names.map((text, at) => ({ text, kind: at === 0 ? "PRIMARY" : "ALIAS", strength: "UNKNOWN" })),
    regime: "test",
    ...change,
  });
}

test("a name is taken as it stands, with everybody of its list who bears its words", () => {
  const names = knownBadNames([
    listed("uk:1", ["Alexandra Testova"]),
    listed("uk:2", ["Other Person", "TESTOVA Alexandra"]),
    listed("un:2", ["Alexandra Testova"]),
  ]);
  expect(names.get("uk")?.[0]).toEqual({
    list: "uk",
    text: "Alexandra Testova",
    type: "PERSON",
    designationIds: ["uk:1", "uk:2"],
  });
  expect(names.get("un")?.[0]?.designationIds).toEqual(["un:2"]);
});

test.each([
  ["of one word", "Testovaalexandra", {}],
  ["too short", "Al Bo", {}],
  ["not in Latin letters", "Александра Тестова", {}],
  ["of a vessel", "Evening Star Carrier", { type: "VESSEL" }],
] as const)("a name %s is left out where its list has better ones, and tried where it has not", (_, name, change) => {
  const better = listed("uk:2", ["Alexandra Testova"]);
  const poor = listed("uk:1", [name], change);
  expect(knownBadNames([poor, better]).get("uk")).toMatchObject([{ text: "Alexandra Testova" }]);
  expect(knownBadNames([poor, { ...better, list: "un" }]).get("uk")).toMatchObject([{ text: name }]);
});

test("each turn tries a name of each list, and each list goes through all of its names", () => {
  const uk = Array.from({ length: 5 }, (_, at) =>
    listed(`uk:${String(at)}`, [`Alexandra Testova ${"abcde"[at] ?? ""}bcd`]),
  );
  const names = knownBadNames([...uk, listed("un:1", ["Evening Star Trading"], { type: "ORGANISATION" })]);
  const turns = Array.from({ length: 5 }, (_, turn) => knownBadAt(turn, names));
  for (const turn of turns) expect(turn.map(({ list }) => list)).toEqual(["uk", "un"]);
  expect(new Set(turns.flat().map(({ text }) => text)).size).toBe(6);
});

test("the same index gives the same names in each turn", () => {
  const all = [listed("uk:1", ["Alexandra Testova"]), listed("uk:2", ["Evening Star Person"])];
  expect(knownBadAt(3, knownBadNames(all))).toEqual(knownBadAt(3, knownBadNames(all)));
});

test("without a list there is no name", () => {
  expect(knownBadAt(3, new Map())).toEqual([]);
});

test("a place is tried as a name only if it hits there", () => {
  const place = {
    kind: "TOWN",
    codes: [],
    elsewhere: [],
    rule: "hit",
    ruleInText: "hit",
    ruleOfOrigin: "tell",
  } as const;
  const town = (id: string, ruleInText: "hit" | "hold") =>
    listed(id, ["Tirganta Oblast"], { type: "OTHER", place: { ...place, ruleInText } });
  const word = listed("words:1", ["yellow cake"], { type: "OTHER", place: { ...place, kind: "WORD", rule: "tell" } });
  const names = knownBadNames([town("places:1", "hold"), town("places:2", "hit"), word]);
  expect([...names.keys()]).toEqual(["places"]);
  expect(names.get("places")?.map(({ designationIds }) => designationIds)).toEqual([["places:2"]]);
});
