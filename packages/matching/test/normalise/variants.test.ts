import { expect, test } from "vitest";

import { listedSpacelessKeys, spacelessKeys, variants } from "../../src/normalise/variants.ts";

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

test("words that only their capitals tell apart are also read apart", () => {
  expect(read("PutinVladimir")).toEqual(["putinvladimir", "putin vladimir"]);
  expect(read("Ronald McDonald GmbH")).toEqual(["ronald mcdonald ltd"]);
});

test("a sign between letters is also read as the letter it looks like", () => {
  expect(read("Vl@dimir Putin")).toEqual(["vladimir putin", "vl dimir putin"]);
  expect(read("Ru$$ia @ 5 $ 7")).toEqual(["russia 5 7", "ru ia 5 7"]);
});

test("what stands beside an apostrophe is no legal form", () => {
  expect(read("Sa'd Hasan")).toEqual(["sad hasan", "sa d hasan", "sa dhasan"]);
  expect(read("Hasan SA")).toEqual(["hasan plc"]);
});

test("a listed name without spaces is also known with its first word last and its last word first", () => {
  expect(listedSpacelessKeys(variants("Putin Vladimir")[0] ?? [])).toEqual(["putinvladimir", "vladimirputin"]);
  expect(listedSpacelessKeys(variants("A1 B2 C3")[0] ?? [])).toEqual(["a1b2c3", "b2c3a1", "c3a1b2"]);
});

function wordsOf(text: string): readonly string[] {
  return variants(text).map((reading) => reading.map((token) => token.text).join(" "));
}

test("letters make a word of a firm's initials, not of care of, nor across what nobody writes between them", () => {
  expect(wordsOf("E. S. Marlowe")).toContain("es marlowe");
  expect(wordsOf("c/o Marlowe")).not.toContain("co marlowe");
  expect(wordsOf("e \u0000S Marlowe")).not.toContain("es marlowe");
});
