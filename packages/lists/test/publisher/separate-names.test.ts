import { describe, expect, test } from "vitest";

import { separateNames } from "../../src/publisher/separate-names.ts";

describe("names in one text", () => {
  test.each<[string, readonly string[]]>([
    ["", []],
    ["Anna EXAMPLE", ["Anna EXAMPLE"]],
    ["FIRST COMPANY (FC) ; SECOND COMPANY (SC)", ["FIRST COMPANY (FC)", "SECOND COMPANY (SC)"]],
    ["Ana Example; Anna Exampel; Ann Exampl", ["Ana Example", "Anna Exampel", "Ann Exampl"]],
    ["Ana Example; A. Example b) B. Sample; B. Sampel", ["Ana Example", "A. Example", "B. Sample", "B. Sampel"]],
    ["مثال آنا (Ana Mithal; Anna Mithal)", ["مثال آنا", "Ana Mithal", "Anna Mithal"]],
    ["Ana Mithal (مثال آنا)", ["Ana Mithal", "مثال آنا"]],
    ["شيماء (Shaima; Shayma)", ["شيماء", "Shaima", "Shayma"]],
    ["Ana (original script: Ана)", ["Ana", "Ана"]],
    [
      "Mithal Front (MF) (جبهة (original script); Mithal Front; Jabhat al-Mithal)",
      ["Mithal Front (MF)", "جبهة", "Mithal Front", "Jabhat al-Mithal"],
    ],
    ["First Co / Second Co", ["First Co / Second Co", "First Co", "Second Co"]],
    ["First Co a.k.a Second Co", ["First Co a.k.a Second Co", "First Co", "Second Co"]],
    ["Ana Example, born in 1967", ["Ana Example", "Ana Example, born in 1967"]],
    ["EL EJEMPLO (COMBAT NAME)", ["EL EJEMPLO", "EL EJEMPLO (COMBAT NAME)"]],
  ])("%j", (text, names) => {
    expect(separateNames(text).toSorted()).toEqual(names.toSorted());
  });

  test.each([
    "FOUNDATION (KENYA)",
    "EXAMPLE NETWORK (EXN)",
    "Leader (Hong Kong) International",
    "ADF/NALU",
    "EXAMPLE, Ana",
    "Lom-ali Example (Exampel)",
    ") Ana Example",
    "Ana Example (",
  ])("%j stays one", (text) => {
    expect(separateNames(text)).toEqual([text]);
  });

  test("single words never replace the whole they were cut from", () => {
    expect(separateNames("Example; Ana")).toEqual(["Example", "Ana", "Example; Ana"]);
  });
});
