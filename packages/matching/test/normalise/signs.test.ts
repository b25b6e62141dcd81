import { expect, test } from "vitest";

import { listVariants } from "../../src/normalise/list-variants.ts";
import { markOf, withoutMark } from "../../src/normalise/marked-words.ts";
import { queryVariants } from "../../src/normalise/query-variants.ts";
import { spellingsOfSign, spellingsOfSignWord } from "../../src/normalise/sign-spellings.ts";
import { weightOf } from "../../src/weights/weight.ts";
import { scoreOf } from "../score-of.ts";

const readingsOf = (text: string): readonly string[] =>
  queryVariants(text).readings.map((tokens) => tokens.map((token) => token.text).join(" "));

test("a payment's characters are marked as pinyin, and by what the south and Taiwan spell", () => {
  expect(readingsOf("黃光明")).toEqual(
    expect.arrayContaining(["02huang 02guangming", "04sfjomd 04sgfbej 04sgggao", "04wfjomd 04wgfbej 04wgggao"]),
  );
});

test("a syllable of Hangul is marked, a foreigner's name in Hangul is not", () => {
  expect(readingsOf("김광수")).toContain("05kim 05kwang 05soo");
  expect(readingsOf("마이클 스미스 존슨").every((reading) => !/(?:^| )05/.test(reading))).toBe(true);
});

test("a foreigner's name in characters with dots is read by its sounds alone", () => {
  expect(readingsOf("约翰·史密斯").every((reading) => !/(?:^| )0[2-5]/.test(reading))).toBe(true);
});

test("the pinyin of a listed southern spelling is marked, and a payment in Latin letters meets it", () => {
  const listed = listVariants("WONG, Kwong-ming", "PERSON").map((tokens) => tokens.map(({ text }) => text).join(" "));
  expect(listed).toContain("03huang 03guangming");
  expect(scoreOf("Huang Guangming", "WONG, Kwong-ming")).toBeGreaterThanOrEqual(85);
});

test.each([
  ["黃光明", "WONG, Kwong-ming"],
  ["陳明華", "CHAN Ming-wah"],
  ["李光", "LI, Kuang"],
  ["金光洙", "KIM, Kwang Su"],
  ["김광수", "KIM Kwang-su"],
  ["광수 김", "KIM, Kwang Su"],
])("%s is %s", (payment, listed) => {
  expect(scoreOf(payment, listed)).toBeGreaterThanOrEqual(90);
});

test.each([
  ["characters that only sound alike in Mandarin", "黃志明", "WONG, Chik-ming"],
  ["a table's syllables are not misspelt", "김혜진", "KIM Hyo-jin"],
  ["the syllables of a given name turned", "광수 김", "KIM, Su Kwang"],
  ["one sign more", "선광수 김", "KIM, Kwang Su"],
  ["one listed syllable more, light as a particle", "林魏", "WEI, Lin Na"],
  ["another vowel of Korean", "중수 이", "RI, Jong Su"],
])("%s: %s is not %s", (_, payment, listed) => {
  expect(scoreOf(payment, listed)).toBeLessThan(85);
});

test("a mark needs a letter behind it, so that numbers keep their places", () => {
  expect(["02", "0212", "02a", "07a", "a02", "05kim"].map((word) => [markOf(word), withoutMark(word)])).toEqual([
    ["", "02"],
    ["", "0212"],
    ["02", "a"],
    ["", "07a"],
    ["", "a02"],
    ["05", "kim"],
  ]);
});

test("a sign weighs as a syllable, though its spelling is a particle or nothing but a number", () => {
  expect(weightOf("na")).toBeLessThan(3);
  expect(["02na", "05na", "04sgfkbm"].map(weightOf)).toEqual([5, 5, 5]);
});

test("a family name has spellings that a given name has not", () => {
  expect(spellingsOfSign("王", "s", true)).toContain("heng");
  expect(spellingsOfSign("王", "s", false)).not.toContain("heng");
  expect(spellingsOfSign("李", "w", true)).toContain("lee");
});

test("what is no sign's number has no spelling", () => {
  expect(["zz", "sfzz", "sfpppppppp", "xfjomd", "sf", ""].map(spellingsOfSignWord)).toEqual([[], [], [], [], [], []]);
});
