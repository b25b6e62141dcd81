import { expect, test } from "vitest";

import { spacelessKeys, variants } from "../../src/normalise/variants.ts";

function read(text: string): readonly string[] {
  return variants(text).map((variant) => variant.map((token) => token.text).join(" "));
}

test("a plain name has one reading", () => {
  expect(read("Vladimir Putin")).toEqual(["vladimir putin"]);
});

test("particles are also merged into the word after them, at the end they stay", () => {
  expect(read("Osama bin Laden")).toEqual(["osama bin laden", "osama binladen"]);
  expect(read("Abd al-Rahman")).toEqual(["abd al rahman", "abdalrahman"]);
  expect(read("Hassan al")).toEqual(["hassan al"]);
});

test("apostrophes are also read as separators", () => {
  expect(read("Patrick O'Brien")).toEqual(["patrick obrien", "patrick o brien"]);
});

test("a merged word covers all its parts", () => {
  const text = "Osama bin Laden";
  const merged = variants(text)[1]?.[1];
  expect(text.slice(merged?.start, merged?.end)).toBe("bin Laden");
});

test("a text with nothing to compare has no reading", () => {
  expect(variants(" .,- ")).toEqual([]);
});

test("without spaces a name is known as written and with canonical legal forms", () => {
  expect(spacelessKeys(variants("Alpa Trading Limited")[0] ?? [])).toEqual(["alpatradinglimited", "alpatradingltd"]);
});
