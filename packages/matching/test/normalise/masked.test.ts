import { expect, test } from "vitest";

import { compareTexts, compileSearchOptions, compileSnapshot, openSnapshot } from "../../src/index.ts";
import { disguises } from "../../src/normalise/disguises.ts";
import { designation } from "../example-designations.ts";

test("a masked letter may be any, two are vowels, more are not guessed", () => {
  expect(disguises("N*zih")).toContain("Nazih");
  expect(disguises("P#tin")).toContain("Putin");
  expect(disguises("N*zih Z*reer")).toContain("Nazih Zureer");
  expect(disguises("N*z*h Z*reer")).not.toContain("Nazih Zureer");
  expect(disguises("Flat *12")).toEqual([]);
  expect(disguises("N*zih Z*reer").length).toBeLessThanOrEqual(37);
});

test("a masked name hits, with the offsets of the text as it stands", () => {
  const index = openSnapshot(compileSnapshot([designation("1", ["Nazih Zureer"])]));
  const found = index.search("N*zih Z*reer", compileSearchOptions({}));
  expect(found.kind === "matches" && found.matches[0]).toMatchObject({ start: 0, end: 12 });
  const other = compareTexts("N*zih Z*reer", "Bashir Nasser", "PERSON");
  expect(other.kind === "compared" ? other.score : 0).toBeLessThan(8500);
});
