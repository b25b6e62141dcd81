import { expect, test } from "vitest";

import { tokenise } from "../../src/normalise/tokenise.ts";
import { weightOf } from "../../src/weights/weight.ts";

function wordsOf(text: string): readonly string[] {
  return tokenise(text).tokens.map((token) => token.text);
}

test.each([
  ["Open Joint Stock Company Mezon", ["plc", "mezon"]],
  ["Mezon Company Stock Joint Open", ["mezon", "plc"]],
  ["Proton Obshchestvo Aktsionernoe", ["proton", "plc"]],
  ["Vektor Otvetstvennostyu Ogranichennoi S Obshchestvo", ["vektor", "ltd"]],
])("a legal form written out in any order is one word: %s", (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test("two forms side by side stay two in either order", () => {
  expect(wordsOf("Mezon Company Limited")).toEqual(["mezon", "co", "ltd"]);
});

test("a word of a legal form whose other words are far away tells next to nothing", () => {
  expect(weightOf("aktsionernoe")).toBe(1);
});
