import { type Designation, designationId } from "@cordon/screening";
import { expect, test } from "vitest";

import { knownBadAt, knownBadNames } from "../src/known-bad.ts";

function listed(id: string, names: readonly string[], change: Partial<Designation> = {}): Designation {
  const [list = "", key = ""] = id.split(":");
  return {
    id: designationId(list, key),
    list,
    type: "PERSON",
    names: names.map((text, at) => ({ text, kind: at === 0 ? "PRIMARY" : "ALIAS", strength: "UNKNOWN" })),
    regime: "test",
    regimeCode: null,
    measures: [],
    birthDates: [],
    nationalities: [],
    identifiers: [],
    designatedOn: null,
    updatedOn: null,
    references: [],
    ...change,
  };
}

test("a name is taken as it stands, with everybody who bears its words", () => {
  const names = knownBadNames([
    listed("uk:1", ["Alexandra Testova"]),
    listed("un:2", ["Other Person", "TESTOVA Alexandra"]),
  ]);
  expect(names.get("uk")).toEqual([
    { list: "uk", text: "Alexandra Testova", type: "PERSON", designationIds: ["uk:1", "un:2"] },
  ]);
});

test.each([
  ["of one word", "Testovaalexandra"],
  ["too short", "Al Bo"],
  ["not in Latin letters", "Александра Тестова"],
])("a name %s is left out", (_, name) => {
  expect(knownBadNames([listed("uk:1", [name])]).size).toBe(0);
});

test("vessels are left out: a party of an event is a person or an organisation", () => {
  expect(knownBadNames([listed("uk:1", ["Evening Star Carrier"], { type: "VESSEL" })]).size).toBe(0);
});

test("the lists take turns, and each goes through all of its names", () => {
  const uk = Array.from({ length: 5 }, (_, at) =>
    listed(`uk:${String(at)}`, [`Alexandra Testova ${"abcde"[at] ?? ""}bcd`]),
  );
  const names = knownBadNames([...uk, listed("un:1", ["Evening Star Trading"], { type: "ORGANISATION" })]);
  const turns = Array.from({ length: 10 }, (_, turn) => knownBadAt(turn, names));
  expect(turns.map((one) => one?.list)).toEqual(
    Array.from({ length: 10 }, (_, turn) => (turn % 2 === 0 ? "uk" : "un")),
  );
  expect(new Set(turns.map((one) => one?.text)).size).toBe(6);
});

test("without a list there is no name", () => {
  expect(knownBadAt(3, new Map())).toBeNull();
});
