import { expect, test } from "vitest";

import { compareTexts } from "../../src/index.ts";
import { southernReadings } from "../../src/normalise/southern-chinese.ts";
import { scoreOf } from "../score-of.ts";

test.each([
  ["Wong Kar-wai", "Wang Jiawei"],
  ["Chow Yun-fat", "Zhou Runfa"],
  ["Lee Kuan Yew", "Li Guangyao"],
  ["Goh Keng Swee", "Wu Qingrui"],
  ["Tung Chee-hwa", "Dong Jianhua"],
])("%s is read as the southern spelling of a name in pinyin, if its syllables allow: %s", (southern, pinyin) => {
  const readings = southernReadings(southern).map((words) => words.join(" "));
  expect(readings.length).toBeGreaterThan(0);
  const reached = readings.includes(pinyin.toLowerCase());
  // Each is held to what is: a reading is either there and hits in both directions, or absent and does not hit.
  expect(scoreOf(southern, pinyin) >= 85).toBe(reached);
  expect(scoreOf(pinyin, southern) >= 85).toBe(reached);
});

test("Hong Kong's and Singapore's spellings meet pinyin and characters", () => {
  for (const [one, other] of [
    ["Lee Kuan Yew", "Li Guangyao"],
    ["Lee Kuan Yew", "李光耀"],
    ["Chow Yun-fat", "周潤發"],
    ["Wong Kar-wai", "王家衛"],
  ] as const) {
    expect(scoreOf(other, one), `${other} / ${one}`).toBeGreaterThanOrEqual(85);
    expect(scoreOf(one, other), `${one} / ${other}`).toBeGreaterThanOrEqual(85);
  }
});

test("another family name, and another given name, stay apart", () => {
  expect(scoreOf("Chan Kar-wai", "Wang Jiawei")).toBeLessThan(85);
  expect(scoreOf("Wong Kar-lok", "Wang Jiawei")).toBeLessThan(85);
  expect(scoreOf("Lee Kuan Yew", "Lin Guangyao")).toBeLessThan(85);
});

test("names that are no such spelling have no reading", () => {
  for (const name of ["John Smith", "Tran Van Anh", "Wong", "Lee Kuan Yew Memorial Fund", "Tan & Sons", "陳文"])
    expect(southernReadings(name)).toEqual([]);
});

test("what parts the words, a full stop and a title take no reading away", () => {
  const plain = southernReadings("Tan Kok Wai");
  for (const name of [
    "Tan Kok Wai.",
    "TAN, Kok-Wai",
    "Tan Kok\u2011Wai",
    "Tan Kok\u2013Wai",
    "TAN/KOK WAI",
    "Tan_Kok_Wai",
  ])
    expect([name, southernReadings(name)]).toEqual([name, plain]);
  for (const name of ["Mr Tan Kok Wai", "Mdm. Tan Kok Wai", "Tan Kok Wai, Mr", "Kok Wai Tan", "KOK-WAI TAN"])
    expect([name, southernReadings(name)]).toEqual([name, plain]);
  for (const name of ["Beng Lee", "Mr Tan", "Tan O'Kok", "Tan Kok 1", "Tan Kok W\u00e0i", "Tan Kok Wai ".repeat(5)])
    expect([name, southernReadings(name)]).toEqual([name, []]);
});

test("readings are bounded, and the likeliest stands first", () => {
  expect(southernReadings("Wong Chi Kit").length).toBeLessThanOrEqual(12);
  expect(southernReadings("Chan Man Wah")[0]).toEqual(["chen", "wenhua"]);
});

test("a family name may stand last", () => {
  expect(southernReadings("Kar Wai Wong").map((words) => words.join(" "))).toContain("wang jiawei");
});

const details = (payment: string, listed: string): string => {
  const compared = compareTexts(payment, listed, "PERSON");
  return compared.kind === "compared" ? compared.reasons.map(({ detail }) => detail).join("; ") : "";
};

test("an explanation says in which reading the words agree", () => {
  expect(details("朴槿惠", "Park Geun-hye")).toContain("as a Korean reads it");
  expect(details("Wong Kar-wai", "Wang Jiawei")).toContain("a southern spelling in pinyin");
  expect(details("Wang Jiawei", "Wong Kar-wai")).toContain("the listed name a southern spelling in pinyin");
  expect(details("ศิลปอาชา", "Silpaarcha")).toContain("spells what the word of the other script sounds like");
});
