import { describe, expect, test } from "vitest";

import { queryVariants } from "../../src/normalise/query-variants.ts";

/** Every reading as its words. */
function read(text: string): readonly string[] {
  return queryVariants(text).readings.map((reading) => reading.map((token) => token.text).join(" "));
}

describe("a searched name is read without what wraps it", () => {
  test.each([
    ["1/IVAN PETROV", "ivan petrov"],
    ["1/IVAN PET\r\n2/ROVSKY", "ivan pet rovsky"],
    ["/4411829 IVAN PETROV", "ivan petrov"],
    ["Ivan Petrov DOB 12/03/1970", "ivan petrov"],
    ["Ivan Petrov born 1970", "ivan petrov"],
    ["KOROLEV IMO 9562233", "korolev"],
    ["Ivan Petrov, Moscow", "ivan petrov"],
    ["Ivan Petrov - Dubai, UAE", "ivan petrov"],
    ["PETROV, Ivan, Moscow", "petrov ivan"],
    ["Ivan Petrov (Vanya)", "ivan petrov"],
    ["c/o Ivan Petrov", "ivan petrov"],
    ["<b>Ivan Petrov</b>", "ivan petrov"],
    ["Ivan&nbsp;Petrov%20", "ivan petrov"],
    ["Sa&#39;id Petrov", "said petrov"],
    ["Ivan Petrov Ivan Petrov", "ivan petrov"],
    ["Ivan Ivan Petrov", "ivan petrov"],
  ])("%s", (text, expected) => {
    expect(read(text)).toContain(expected);
  });
});

describe("a misspelt legal form is read as the form, where it ends or begins a name", () => {
  test.each([
    ["Wexcombe LQC", "wexcombe ltd"],
    ["Wexcombe JS", "wexcombe plc"],
    ["LGDA Wexcombe", "ltd wexcombe"],
    ["Wexcombe SALR", "wexcombe ltd"],
    ["Wexcombe OOOO", "wexcombe ltd"],
    ["Wexcombe COP", "wexcombe inc"],
    ["Joint Sotck Company Wexcombe", "plc wexcombe"],
  ])("%s", (text, expected) => {
    expect(read(text)).toContain(expected);
  });

  test.each(["Wexcombe LQC Marlowes", "Wexcombe Ali", "LQC", "Stokc Wexcombe"])("%s has no such reading", (text) => {
    expect(read(text).filter((reading) => /ltd|plc|stock/.test(reading))).toEqual([]);
  });

  test.each("Karl Luc Hood Sood Lad Saral Sari Baba Oak Gro Palo Dodo Oda Oo Pye Zaw".split(" "))(
    "a person's name is none, though one edit makes a form of it: %s",
    (name) => {
      expect(read(`Wexcombe ${name}`)).toEqual([`wexcombe ${name.toLowerCase()}`]);
      expect(read(`${name} Wexcombe`)).toEqual([`${name.toLowerCase()} wexcombe`]);
    },
  );
});

describe("what a searched name may disguise is read too", () => {
  test.each([
    ["1van P3trov", "ivan petrov"],
    ["V1ad1m1r", "vladlmlr"],
    ["Vo1kov", "volkov"],
    ["|van Petro8", "lvan petrob"],
    ["!van Petrov", "ivan petrov"],
    ["$haykh", "sheikh"],
    ["9Petrov441", "petrov"],
    // Wholly of Cyrillic, Lisu, Cherokee letters.
    ["HASSAN ВАВАЕІ", "hassan babaei"],
    ["ꓲꓦꓮꓠ Petrov", "ivan petrov"],
    // Cyrillic with Latin letters: a, p, y; P, A.
    ["Влaдимиp Пyтин", "vladimir putin"],
    ["ПЕТPОВ ИВAН", "petrov ivan"],
  ])("%s", (text, expected) => {
    expect(read(text)).toContain(expected);
  });

  test("an ordinal stays a number", () => {
    expect(read("7th Petrov")).toEqual(["7 petrov"]);
  });
});

test.each([
  ["Ivan Petrov (Vanya)", "ivan petrov vanya"],
  ["Unit 61398", "unit 61398"],
  ["Boutros Boutros-Ghali", "boutros boutros ghali"],
])("the plain reading of %s stays, as the first", (text, expected) => {
  expect(read(text)[0]).toBe(expected);
});

test("places hold in every reading", () => {
  const text = "<b>/ 1van P3trov (x), Moscow";
  const written = queryVariants(text)
    .readings.flatMap((reading) => reading.filter(({ text: word }) => word === "petrov"))
    .map(({ start, end }) => text.slice(start, end));
  expect(new Set(written)).toEqual(new Set(["P3trov"]));
});

test("nothing is left where all would be wrapping", () => {
  expect(read("(Ivan)")).toContain("ivan");
  expect(read("1970")).toEqual(["1970"]);
  expect(queryVariants("---").plain).toEqual([]);
});
