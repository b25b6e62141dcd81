import { expect, test } from "vitest";

import { listVariants } from "../../src/normalise/list-variants.ts";

function read(text: string, type: "PERSON" | "ORGANISATION" = "PERSON"): readonly string[] {
  return listVariants(text, type).map((variant) => variant.map((token) => token.text).join(" "));
}

test("neighbours that make a known name are also read as one", () => {
  expect(read("Khair Ullah Barakzai")).toContain("khairullah barakzai");
});

test("a word made of two names is also read as two", () => {
  expect(read("Mahmoud Ahmadinejad")).toContain("mahmoud ahmadi nejad");
  expect(read("Abdulrahman Yasin")).toContain("abdul rahman yasin");
});

test("Chinese syllables stay apart; those of a Korean given name are read apart and in one", () => {
  expect(read("Deng Wei Ming")).toEqual(["deng wei ming"]);
  expect(read("Kim Jong Un")).toEqual(["kim jong un", "kim jongun"]);
  expect(read("Gwangsu KIM")).toContain("kim gwang su");
});

test("an organisation of four words that count is also known by its initials, a person is not", () => {
  expect(read("Islamic Republic of Iran Shipping Lines", "ORGANISATION")).toContain("06irisl");
  expect(read("National Oil Company", "ORGANISATION")).toEqual(["national oil co"]);
  expect(read("Juan Carlos Perez Gomez")).toEqual(["juan carlos perez gomez"]);
});

test("a name with al-Din is also read as one word", () => {
  expect(read("Nur al-Din Jabir")).toContain("nureddin jabir");
  expect(read("Shams ud-Din")).toContain("shamseddin");
});

test("the word company may have its letter among the initials", () => {
  expect(read("National Iranian Oil Company", "ORGANISATION")).toContain("06nioc");
});
