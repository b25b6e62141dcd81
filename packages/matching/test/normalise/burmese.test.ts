import { expect, test } from "vitest";

import { compareTexts } from "../../src/index.ts";
import { burmeseWords, isBurmese } from "../../src/normalise/burmese.ts";

test.each([
  ["အောင်ဆန်းစုကြည်", "aung san su kyi"],
  ["ဦးသန့်", "oo thant"],
  ["သိန်းစိန်", "thein sein"],
  ["ခင်ညွန့်", "khin nyunt"],
  ["ကျော်စွာ", "kyaw swa"],
  ["စိုးထွန်း", "soe htun"],
  ["လှရွှေ", "hla shwe"],
  ["တိုက်", "tike"],
  ["ဘုန်း", "bon"],
  ["မနော", "manaw"],
  ["တေဇ", "teza"],
  ["တေဇက", "tezaka"],
  ["မြင့်သကခ", "myintthakakha"],
])("%s is read %s", (word, latin) => {
  expect(burmeseWords(word)?.join(" ")).toBe(latin);
});

test("a word with a sign that is no syllable has no reading of its own", () => {
  expect(burmeseWords("၁၂")).toBeUndefined();
  expect(isBurmese("aung")).toBe(false);
});

test("a name in Burmese letters meets the one that Myanmar writes", () => {
  const compared = compareTexts("ဝင်းမြင့်ထွန်း", "Win Myint Tun", "PERSON");
  expect(compared.kind === "compared" ? compared.score : 0).toBeGreaterThanOrEqual(9500);
});

test("one word twice is not read as one", () => {
  const compared = compareTexts("Aung Aung", "Aung San", "PERSON");
  expect(compared.kind === "compared" ? compared.score : 0).toBeLessThan(8500);
});
