import { expect, test } from "vitest";

import { hangulWords } from "../../src/normalise/hangul.ts";
import { koreanClasses, koreanSpellings } from "../../src/normalise/korean-spellings.ts";
import { scoreOf } from "../score-of.ts";

test("what ends a syllable is not voiced, and one that begins with l is written with r", () => {
  expect(hangulWords("엽격률")).toEqual(["yeop", "gyeok", "ryul"]);
});

test("a syllable is spelt as the south, the north and passports have it", () => {
  expect(koreanSpellings("gyeok")).toEqual(expect.arrayContaining(["gyeok", "kyok", "gyuk", "kyuk"]));
  expect(koreanSpellings("gye")).toContain("kye");
  expect(koreanSpellings("smith")).toEqual([]);
});

test.each([
  ["김계관", "Kim Kye Gwan"],
  ["金桂寬", "Kim Kye Gwan"],
  ["김격식", "Kim Kyok Sik"],
  ["장성택", "Jang Song Thaek"],
  ["리병철", "Ri Pyong Chol"],
  ["황장엽", "Hwang Jang-yop"],
])("%s is %s", (payment, listed) => {
  expect(scoreOf(payment, listed)).toBeGreaterThanOrEqual(85);
});

test.each([
  ["김계관", "Kim Kyu Gwan"],
  ["김격식", "Kim Kang Sik"],
  ["장성택", "Jang Song Jin"],
  ["리병철", "Ri Pyong Su"],
])("%s is not %s", (payment, listed) => {
  expect(scoreOf(payment, listed)).toBeLessThan(85);
});

test("Latin letters on both sides are joined for syllables alone that no other language has", () => {
  expect(scoreOf("Kim Gyeok-sik", "Kim Kyok Sik")).toBeGreaterThanOrEqual(85);
  const words = koreanClasses().flatMap((line) => line.split(" "));
  expect(words).toContain("kyok");
  for (const other of ["ben", "pen", "kim", "tan", "dan", "jo", "yu", "ye"]) expect(words).not.toContain(other);
});
