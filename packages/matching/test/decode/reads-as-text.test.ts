import { describe, expect, test } from "vitest";

import { hasUsualCases, readsAsBytes, readsAsText, scriptsIn } from "../../src/decode/reads-as-text.ts";

test.each([
  ["", 0],
  ["2026-11-29", 0],
  ["Zoran", 1],
  ["ᚠᚢᚦ", 1],
  ["Zoran Велик", 2],
  ["Zoran Велик Ελένη", 3],
])("%j has letters of %i scripts", (text, count) => {
  expect(scriptsIn(text)).toBe(count);
});

describe("what a guess decoded is a text", () => {
  test.each([
    ["letters after a space that is no blank", "\tZora"],
    ["twelve printable signs, whatever they are", "123456789012"],
    ["a long one with numbers in it", "Зоран 12 Велик"],
    ["nine units with a number", "Зора Вел1"],
    ["six letters of ten signs", "Зорана1234"],
    ["six letters of ten signs, spaces not counted", "Зорана 12 34"],
    ["three letters", "Зор"],
    ["two ideographs", "金正"],
    ["another script beside Latin words", "Zoran Велик"],
  ])("%s", (_, text) => {
    expect(readsAsText(text)).toBe(true);
  });
});

describe("what a guess decoded is no text", () => {
  test.each([
    ["a letter that hardly a name has", "Zoranƀ Velik"],
    ["a control character", "Zoran\u0081 Velik"],
    ["a symbol among letters", "Зоран€Велик"],
    ["a short one with a number", "Зора1"],
    ["a short one of printable signs", "a1 b2"],
    ["eleven printable signs that are no letters", "12345678901"],
    ["numbers, most of it", "Зора 1234567890"],
    ["two letters", "Зо"],
    ["one ideograph", "金"],
    ["two scripts and no Latin word", "Зоран Ελένη"],
    ["two scripts, one of them a single Latin letter", "Z Велик"],
    ["three scripts", "Zoran Велик Ελένη"],
    ["capitals where no language has them", "зОРан"],
    ["one word of several with such capitals", "Зоран вЕЛик"],
  ])("%s", (_, text) => {
    expect(readsAsText(text)).toBe(false);
  });
});

test.each([
  ["letters of another set alone", "Ñîçäàíèÿ", true],
  ["the same with any capitals, which that set has elsewhere", "ÑîÑîÑîÑî", true],
  ["Latin words with accents", "Müller Bäcker", true],
  ["Latin words with capitals where no language has them", "mÜLLer kÄSEr", false],
  ["one Latin word of several with such capitals", "Müller kÄSEr", false],
  ["too few letters", "Müller", false],
  ["numbers", "Müller 1234", false],
])("bytes of a set of one byte a character: %s", (_, text, expected) => {
  expect(readsAsBytes(text)).toBe(expected);
});

test("one word with capitals where no language has them is enough to tell", () => {
  expect(hasUsualCases("Zoran VELIK McDonald")).toBe(true);
  expect(hasUsualCases("Zoran vELik")).toBe(false);
});
