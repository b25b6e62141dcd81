import { expect, test } from "vitest";

import { isKnownName } from "../../src/names/known.ts";
import { weightOf } from "../../src/weights/weight.ts";
import { scoreOf } from "../score-of.ts";

test("a person listed by one word that counts is not one with another family name", () => {
  expect(scoreOf("Hadi Hussein", "Abd al-Hadi")).toBeLessThan(85);
  expect(scoreOf("Abd al-Hadi", "Abd al-Hadi")).toBe(100);
});

test("behind the house of, a title is a family's name", () => {
  expect(scoreOf("عدنان آل الشيخ", "AL-SHEIKH, Adnan")).toBeGreaterThanOrEqual(85);
  expect(scoreOf("عدنان آل الشيخ", "AL-ALI, Adnan")).toBeLessThan(85);
});

test("an ending of family names that stands apart tells little of whose it is", () => {
  expect(weightOf("zadeh")).toBe(3);
  expect(scoreOf("Reza Zadeh", "EBADZADEH, Reza")).toBeLessThan(85);
  expect(scoreOf("Mohammad Naser Zadeh", "Mohammad Naserzadeh")).toBeGreaterThanOrEqual(95);
});

test("a name that has short forms is known, so that another known one is another name, and weighs as a popular one", () => {
  expect(["evan", "ivan"].every(isKnownName)).toBe(true);
  expect(scoreOf("Evan Hernandez", "HERNANDEZ, Ivan")).toBeLessThan(85);
  expect(weightOf("roberto")).toBe(8);
});

test("a short form counts where the other word tells enough", () => {
  expect(scoreOf("Bill Marlowesky", "William MARLOWESKY")).toBeGreaterThanOrEqual(85);
  expect(scoreOf("Sarah Jones", "JONES, Sally")).toBeLessThan(85);
});

test("a common name with its article tells what the two words tell", () => {
  expect(weightOf("alali")).toBe(weightOf("al") + weightOf("ali"));
  expect(weightOf("alqaeel")).toBe(12);
});
