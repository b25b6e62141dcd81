import { expect, test } from "vitest";

import { isKnownName } from "../../src/names/known.ts";
import { isPatronymic } from "../../src/names/patronymics.ts";
import { weightOf } from "../../src/weights/weight.ts";
import { scoreOf } from "../score-of.ts";

test.each(["eduardovich", "albertovich", "maratovich", "ruslanovich", "robertovna", "albertivna"])(
  "%s is made of a given name that we know",
  (word) => {
    expect(isPatronymic(word, isKnownName)).toBe(true);
    expect(weightOf(word)).toBe(4);
  },
);

test.each(["abramovich", "yanukovich", "markovich", "petrovic", "slavich", "eduard"])("%s is a family name", (word) => {
  expect(isPatronymic(word, isKnownName)).toBe(false);
});

test.each([
  ["Anton Vaino", "Anton Eduardovich VAINO"],
  ["Vladimir Lebedev", "Vladimir Albertovich LEBEDEV"],
  ["Mikhail Maratovich Fridman", "Mikhail Fridman"],
  ["Михаил Маратович Фридман", "Mikhail Fridman"],
])("a patronymic that one side leaves out says little: %s, %s", (payment, listed) => {
  expect(scoreOf(payment, listed)).toBeGreaterThanOrEqual(85);
});

test.each([
  ["Vladimir Petrovich Lebedev", "Vladimir Albertovich LEBEDEV"],
  ["Ivan Abramovich", "Roman Arkadyevich ABRAMOVICH"],
])("another one is another person: %s, %s", (payment, listed) => {
  expect(scoreOf(payment, listed)).toBeLessThan(85);
});
