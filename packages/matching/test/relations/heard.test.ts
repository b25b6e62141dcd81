import { expect, test } from "vitest";

import { heardWord } from "../../src/normalise/heard/read-heard.ts";
import { similarity, termOf } from "../../src/relations/similarity.ts";

const percent = (word: string, latin: string): number =>
  similarity(termOf(heardWord(word) ?? ""), termOf(latin)).percent;

test.each([
  ["a breath that begins a word is written in Arabic", "معيد", "hamid", "mueed"],
  ["and in India", "जेतल", "hojatal", "jetal"],
  ["a half-vowel that begins a word is heard", "यादव", "adib", "yadav"],
  ["a consonant's own vowel at the end is no i", "जैन", "zaini", "jain"],
  ["a Persian p is no f", "پور", "faour", "pour"],
  ["an emphatic z is no s", "ظفار", "safar", "zafar"],
  ["a t is no d", "لاهوتی", "laode", "lahuti"],
  ["a y between consonants is written in Arabic", "خضر", "haydar", "khadir"],
])("%s: %s is not %s, but %s", (_, word, other, own) => {
  expect(percent(word, other)).toBeLessThan(85);
  expect(percent(word, own)).toBeGreaterThanOrEqual(85);
});

test("a name that very many bear is not met by what only nearly sounds like it", () => {
  const sounds = heardWord("कालता") ?? "";
  expect(similarity(termOf(sounds), termOf("kalet")).percent).toBeGreaterThan(0);
  expect(similarity(termOf(sounds), termOf("khaled")).percent).toBe(0);
});
