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

  /** Rows: the cell, the names that must be among those it holds, words that must not be names by themselves. */
  test.each<[string, readonly string[], readonly string[]]>([
    ["Abdul Example son of M. Anwar Sample", ["Abdul Example"], ["M. Anwar Sample", "Anwar"]],
    ["Ahmad son of Example Sample", [], ["Ahmad", "Example Sample"]],
    ["Ana Example d/o Sample Example", ["Ana Example"], ["Sample Example"]],
    ["Akhter Example son of Noor (اختر ولد نور ),", ["Akhter Example", "اختر ولد نور"], ["Noor"]],
    ["Ana Example Sample, born in Kandahar on 01 Jan.1967", ["Ana Example Sample"], ["Kandahar"]],
    ["Ana Example born 3.4.1961", ["Ana Example"], []],
    ["Ana Example, DOB: 1967; Anna Exampel (d.o.b. 1 May 1968)", ["Ana Example", "Anna Exampel"], []],
    [
      "Ana Example Al-Sample, born 1 Jan. 1953 (Oman passport no.03825239, expiry 3 May 2024.)",
      ["Ana Example Al-Sample"],
      [],
    ],
    ["Ana Example passport no A1234567", ["Ana Example"], []],
    ["Ana Example (Oman passport no.03825239)", ["Ana Example"], []],
    ["Ana Example, Ruritanian passport number A1234567", ["Ana Example"], []],
    ["Ana Example (previously listed as)", ["Ana Example"], []],
    ["Ana Example (birth name)", ["Ana Example"], []],
    ["Ana Example (birth name: Anna Sample)", ["Ana Example", "Anna Sample"], []],
    ["Marlowe Quentin (previously listed as Ashdown Peverel)", ["Marlowe Quentin", "Ashdown Peverel"], []],
    ["Marlowe Quentin, previously listed as Ashdown Peverel", ["Marlowe Quentin", "Ashdown Peverel"], []],
    ["Marlowe Quentin [formerly Ashdown Peverel]", ["Marlowe Quentin", "Ashdown Peverel"], []],
    ["Marlowe Quentin formerly known as Ashdown Peverel", ["Marlowe Quentin", "Ashdown Peverel"], []],
    ["Marlowe Quentin (alias “Ashdown Peverel”", ["Marlowe Quentin", "“Ashdown Peverel”"], []],
    [
      "Marlowe Quentin (f/k/a Ashdown Peverel, now known as Quill Marrow)",
      ["Marlowe Quentin", "Ashdown Peverel", "Quill Marrow"],
      [],
    ],
    ["a) Marrowby Felton b) Glenfield Ruther", ["Marrowby Felton", "Glenfield Ruther"], []],
    [
      "(1) Marrowby Felton (2) Glenfield Ruther (a.k.a. Wexcombe Aldous)",
      ["Marrowby Felton", "Glenfield Ruther", "Wexcombe Aldous"],
      [],
    ],
    ["1. Marrowby Felton 2. Glenfield Ruther", ["Marrowby Felton", "Glenfield Ruther"], []],
    ["i) Marrowby Felton; ii) Glenfield Ruther", ["Marrowby Felton", "Glenfield Ruther"], []],
    [
      "“Glenfield & Ruther” LLC (a.k.a. Wexcombe Aldous Trading)",
      ["“Glenfield & Ruther” LLC", "Wexcombe Aldous Trading"],
      [],
    ],
    ["Glenfield (formerly Ruther Works) Trading LLC", ["Glenfield Trading LLC", "Ruther Works"], []],
    [
      "Glenfield Works (a.k.a. Ruther Works, Wexcombe Trading and Aldous House)",
      ["Glenfield Works", "Ruther Works", "Wexcombe Trading", "Aldous House"],
      [],
    ],
    ["Glenfield Works (a.k.a. Ruther Co., Ltd.)", ["Glenfield Works", "Ruther Co., Ltd."], ["Ltd."]],
    ["Glenfield Works | Ruther House", ["Glenfield Works", "Ruther House"], []],
    ["ООО Пример (ранее Образец Плюс)", ["ООО Пример", "Образец Плюс"], []],
    ["Ana Example (née Sample)", ["Ana Example", "Ana Sample"], ["Sample", "Ana"]],
    ["Marlowe Quentin (now: Ashdown Peverel)", ["Marlowe Quentin", "Ashdown Peverel"], []],
    ["Marlowe Quentin (listed as Ashdown Peverel)", ["Marlowe Quentin", "Ashdown Peverel"], []],
    [
      "Marlowe Quentin (previously listed under the name of Ashdown Peverel)",
      ["Marlowe Quentin", "Ashdown Peverel"],
      [],
    ],
    ["Marlowe Quentin - formerly Ashdown Peverel", ["Marlowe Quentin", "Ashdown Peverel"], ["Marlowe Quentin -"]],
    [
      "Marlowe Quentin (FKA: Ashdown Peverel; AKA: Quill Marrow)",
      ["Marlowe Quentin", "Ashdown Peverel", "Quill Marrow"],
      [],
    ],
    ["Glenfield Ltd (formerly Ruther Ltd and Aldous Ltd)", ["Glenfield Ltd", "Ruther Ltd", "Aldous Ltd"], []],
    ["Kouame AKA Jean", ["Kouame AKA Jean"], ["Kouame", "Jean"]],
  ])("%j", (text, names, never) => {
    const found = separateNames(text);
    expect(names.filter((name) => !found.includes(name))).toEqual([]);
    expect(never.filter((name) => found.includes(name))).toEqual([]);
  });

  test.each([
    "SON OF THE SEA",
    "Born Example",
    "New Born Trading",
    "FORMER OFFICE",
    "Office or Headquarters of Examples",
    "YK-AKA",
    "M/V Example 1",
    "EXAMPLE (MARTYRS)",
    "Example Unit 731",
    "Example Santos III (third)",
    "EXAMPLE COMPANY NUMBER 7 LTD",
    "Passport Trading LLC",
  ])("%j is one name, for the words in it are its own", (text) => {
    expect(separateNames(text)).toEqual([text]);
  });

  test("a text of nothing but brackets and turns is read in little time", () => {
    const before = performance.now();
    for (const text of [
      "(a.k.a. A B, C D ".repeat(230),
      "a) ".repeat(1300),
      "X formerly ".repeat(360),
      "(".repeat(4000),
    ])
      expect(separateNames(text).length).toBeLessThan(3000);
    expect(performance.now() - before).toBeLessThan(5000);
  });

  test("single words never replace the whole they were cut from", () => {
    expect(separateNames("Example; Ana")).toEqual(["Example", "Ana", "Example; Ana"]);
  });
});
