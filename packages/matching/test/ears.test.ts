import { expect, test } from "vitest";

import { earsOf } from "../src/relations/ears.ts";
import { lettersOf, pairsOf } from "../src/relations/letters.ts";
import { skeleton } from "../src/relations/skeleton.ts";
import { scoreOf } from "./score-of.ts";

test.each([
  ["French", "Ouassim Ali", "WASSIM ALI"],
  ["French", "Okacha Djamel", "UKASHA Jamel"],
  ["Dutch", "Tjahjono Soerjo", "Cahyono SURYO"],
  ["German", "Michail Chodorkowski", "Mikhail KHODORKOVSKY"],
  ["older Japanese", "Syuumei Ookawa", "Shumei OKAWA"],
  ["Kazakh", "Zhumabek Alibek", "Jumabek ALIBEK"],
])("a %s spelling sounds like the listed one: %s, %s", (_, payment, listed) => {
  expect(scoreOf(payment, listed)).toBeGreaterThanOrEqual(85);
  expect(scoreOf(listed, payment)).toBeGreaterThanOrEqual(85);
});

test("two known names are not joined by an ear", () => {
  expect(scoreOf("Chan Peter", "Shan Peter")).toBeLessThan(85);
  expect(scoreOf("Joan Walker", "Yoan Valker")).toBeLessThan(100);
});

test("only a word with a spelling of the ear's own has what the ear hears", () => {
  for (const word of ["ali", "petrov", "mahmud", "an"])
    expect(earsOf(word, skeleton(word), lettersOf(word), pairsOf(word))).toEqual([]);
  expect(earsOf("okacha", skeleton("okacha"), lettersOf("okacha"), pairsOf("okacha"))).toContain(skeleton("ukasha"));
});
