import { expect, test } from "vitest";

import { isShortFor } from "../../src/relations/firm-words.ts";
import { similarity, termOf } from "../../src/relations/similarity.ts";

function relation(payment: string, listed: string): string {
  return similarity(termOf(payment), termOf(listed)).relation;
}

test.each([
  ["svcs", "services"],
  ["srvces", "services"],
  ["mfg", "manufacturing"],
  ["trdg", "trading"],
  ["devt", "development"],
  ["petrochem", "petrochemical"],
  ["bnk", "bank"],
])("%s is short for %s", (short, word) => {
  expect(isShortFor(short, word)).toBe(true);
});

test.each([
  ["orion", "orbit"],
  ["mng", "manufacture"],
  ["service", "services"],
  ["tradong", "trading"],
])("%s is not short for %s", (short, word) => {
  expect(isShortFor(short, word)).toBe(false);
});

test("a short form meets the word of firms on either side, and two short forms do not meet", () => {
  expect(relation("trdg", "trading")).toBe("abbreviation");
  expect(relation("trading", "trdg")).toBe("abbreviation");
  expect(relation("kort", "kony")).toBe("none");
});

test("Med is short for medical and media, though it is Mohammed as well", () => {
  expect(relation("med", "medical")).toBe("abbreviation");
  expect(relation("medical", "med")).toBe("abbreviation");
  expect(relation("med", "media")).toBe("abbreviation");
  expect(relation("med", "mohammed")).toBe("name-class");
});

test("a word is met by what it looks like, unless both are known names", () => {
  expect(relation("ournar", "oumar")).toBe("look-alike");
  expect(relation("moharnrned", "mohammed")).toBe("look-alike");
  expect(relation("clay", "day")).toBe("none");
});

test("a listed word is met without its vowels, and never the other way round", () => {
  expect(relation("njmddn", "najmuddin")).toBe("without-vowels");
  expect(relation("najmuddin", "njmddn")).not.toBe("without-vowels");
  expect(relation("bernd", "brandi")).not.toBe("without-vowels");
});
