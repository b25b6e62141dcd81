import { describe, expect, test } from "vitest";

import type { ParsedList } from "../../src/parsed-list.ts";
import { parseUkSanctionsList } from "../../src/uk/parse.ts";
import { chunksOf, cutAt, nameLines, onlyOne } from "../fixtures.ts";
import { ukFile, ukHeader, ukRow } from "./uk-file.ts";

const parse = async (content: string): Promise<ParsedList> => await parseUkSanctionsList(chunksOf(content));

describe("a UK list", () => {
  test("becomes designations with every field that is kept", async () => {
    const list = await parse(
      ukFile([
        ukRow({
          "OFSI Group ID": "17016",
          "UN Reference Number": "QDi.999",
          "Name 2": "Maria",
          "Name non-latin script": "Анна ПРИМЕР",
          "Non-latin script type": "Cyrillic",
          "Sanctions Imposed": "Asset freeze|Travel Ban|Asset freeze",
          "D.O.B": "dd/05/1975",
          "Nationality(/ies)": "Kosovo",
          "National Identifier number": "'000737",
          "National Identifier additional information": "Counterfeit  licence",
          "Passport number": "P1\u00A0",
          "Passport additional information": "Issued in Town &amp; Country",
        }),
      ]),
    );
    expect(list.designations).toEqual([
      {
        id: "uk:TST0001",
        list: "uk",
        type: "PERSON",
        names: [
          { text: "Anna Maria EXAMPLE", kind: "PRIMARY", strength: "UNKNOWN" },
          { text: "Анна ПРИМЕР", kind: "VARIATION", strength: "UNKNOWN", script: "Cyrillic" },
        ],
        regime: "The Test (Sanctions) Regulations 2020",
        regimeCode: "TST",
        measures: ["Asset freeze", "Travel Ban"],
        birthDates: [{ date: "1975-05", until: null, approximate: false }],
        nationalities: ["XK"],
        identifiers: [
          { kind: "PASSPORT", value: "P1", note: "Issued in Town & Country" },
          { kind: "NATIONAL_ID", value: "000737", note: "Counterfeit licence" },
        ],
        designatedOn: "2025-02-01",
        updatedOn: "2026-03-02",
        references: ["un:QDi.999", "ofsi:17016"],
        assetFreeze: true,
      },
    ]);
    expect(list).toMatchObject({
      list: "uk",
      publishedAt: "2026-04-29",
      counts: { rows: 1, designations: 1, names: 2, byType: { PERSON: 1, ORGANISATION: 0 } },
      unknown: {},
      notKept: {},
    });
  });

  test("is grouped by Unique ID: a cross product of rows becomes one set a column", async () => {
    const rows = ["EXAMPLE", "EJEMPLO"].flatMap((family) =>
      ["01/02/1980", "dd/mm/1981"].flatMap((birth) =>
        ["Iraq", "Iran"].flatMap((country) =>
          ["P1", "P2"].map((passport) =>
            ukRow({
              "Name 6": family,
              "Name type": family === "EXAMPLE" ? "Primary name" : "PRIMARY NAME VARIATION",
              "D.O.B": birth,
              "Nationality(/ies)": country,
              "Passport number": passport,
            }),
          ),
        ),
      ),
    );
    const other = ukRow({ "Unique ID": "TST0002", "Name 1": "Other" });
    const list = await parse(ukFile([...rows.slice(0, 7), other, ...rows.slice(7)]));
    const [first] = list.designations;
    expect(list.designations.map(({ id }) => id)).toEqual(["uk:TST0001", "uk:TST0002"]);
    expect(first).toMatchObject({
      names: [
        { text: "Anna EXAMPLE", kind: "PRIMARY" },
        { text: "Anna EJEMPLO", kind: "VARIATION" },
      ],
      birthDates: [{ date: "1980-02-01" }, { date: "1981" }],
      nationalities: ["IQ", "IR"],
      identifiers: [{ value: "P1" }, { value: "P2" }],
    });
    expect(list.counts).toMatchObject({ rows: 17, designations: 2, names: 3 });
  });

  test("keeps kind and strength of every name, the primary ones first", async () => {
    const list = await parse(
      ukFile([
        ukRow({ "Name 1": "", "Name 6": "Low", "Name type": "Alias", "Alias strength": "Low quality a.k.a" }),
        ukRow({ "Name 1": "", "Name 6": "Good", "Name type": "alias", "Alias strength": "Good quality a.k.a" }),
        ukRow({ "Name 1": "", "Name 6": "Blank", "Name type": "Alias" }),
        ukRow(),
        ukRow({ "Name 1": "Ana", "Name type": "Primary Name Variation" }),
        ukRow({ "Name 1": "Second" }),
        ukRow({ "Name 1": "", "Name 6": "Typeless", "Name type": "" }),
      ]),
    );
    expect(nameLines(onlyOne(list.designations))).toEqual([
      "PRIMARY UNKNOWN Anna EXAMPLE",
      "PRIMARY UNKNOWN Second EXAMPLE",
      "ALIAS WEAK Low",
      "ALIAS STRONG Good",
      "ALIAS UNKNOWN Blank",
      "VARIATION UNKNOWN Ana EXAMPLE",
      "ALIAS UNKNOWN Typeless",
    ]);
    expect(list.unknown).toEqual({ "name without a type": 1 });
  });

  test("joins Name 1 to 5 before Name 6, and takes an entity's repeated name once", async () => {
    const entity = {
      "Unique ID": "TST0002",
      "Designation Type": "Entity",
      "Name 1": "Example Works",
      "Name 6": "Example Works",
    };
    const list = await parse(
      ukFile([
        ukRow({ "Name 1": "A", "Name 2": "B", "Name 3": "C", "Name 4": "D ", "Name 5": "E", "Name 6": "F" }),
        ukRow(entity),
        ukRow({ "Unique ID": "TST0003", "Name 1": "Ali", "Name 6": "Ali" }),
      ]),
    );
    expect(list.designations.map(nameLines)).toEqual([
      ["PRIMARY UNKNOWN A B C D E F"],
      ["PRIMARY UNKNOWN Example Works"],
      ["PRIMARY UNKNOWN Ali Ali"],
    ]);
  });

  test("makes two names of two in one cell, each with the given names beside it", async () => {
    const list = await parse(
      ukFile([
        ukRow({ "Name 6": "EXAMPLE BAKER ; EJEMPLO BAKER" }),
        ukRow({ "Unique ID": "TST0002", "Designation Type": "Ship", "Name 1": "", "Name 6": "MV First ; MV Second" }),
      ]),
    );
    expect(list.designations.map(nameLines)).toEqual([
      ["PRIMARY UNKNOWN Anna EXAMPLE BAKER", "PRIMARY UNKNOWN Anna EJEMPLO BAKER"],
      ["PRIMARY UNKNOWN MV First", "PRIMARY UNKNOWN MV Second"],
    ]);
  });

  test("has persons, organisations and vessels; IMO numbers lose their prefix", async () => {
    const list = await parse(
      ukFile([
        ukRow({ "Unique ID": "TST0001", "Designation Type": "individual" }),
        ukRow({
          "Unique ID": "TST0002",
          "Designation Type": "Entity",
          "Business registration number (s)": "'OGRN: 12'",
        }),
        ukRow({ "Unique ID": "TST0003", "Designation Type": "Ship", "IMO number": "IMO9562233" }),
        ukRow({ "Unique ID": "TST0004", "Designation Type": "Ship", "IMO number": "8628597" }),
        ukRow({ "Unique ID": "TST0005", "Designation Type": "Ship", "IMO number": "pending" }),
      ]),
    );
    expect(list.counts.byType).toEqual({ PERSON: 1, ORGANISATION: 1, VESSEL: 3, AIRCRAFT: 0, OTHER: 0 });
    expect(list.designations.flatMap(({ identifiers }) => identifiers)).toEqual([
      { kind: "REGISTRATION", value: "OGRN: 12", note: null },
      { kind: "IMO", value: "9562233", note: null },
      { kind: "IMO", value: "8628597", note: null },
      { kind: "IMO", value: "pending", note: null },
    ]);
    expect(list.unknown).toEqual({
      "IMO that fails its check": 1,
      "REGISTRATION too short to tell anybody apart": 1,
    });
  });

  test("counts what it does not understand and keeps the rest of the entry", async () => {
    const list = await parse(
      ukFile(
        [
          ukRow({
            "Unique ID": "ODD-KEY",
            "Name type": "Alias",
            "D.O.B": "in spring",
            "Nationality(/ies)": "Atlantis",
            "Passport additional information": "a note alone",
            "Date Designated": "yesterday",
            "Last Updated": "31/02/2026",
            "New column": "x",
            Gender: "Female",
          }),
          ukRow({ "Unique ID": "ODD-KEY", "Regime Name": "Another", "D.O.B": "31/06/1980" }),
        ],
        { header: [...ukHeader, "New column"], title: "Some other title" },
      ),
    );
    expect(list.unknown).toEqual({
      "PASSPORT note without a number": 1,
      "Unique ID without a regime code": 1,
      "birth date": 2,
      "column New column": 1,
      "date in Date Designated": 1,
      "date in Last Updated": 1,
      "designation without one regime": 1,
      "nationality not in the country table": 1,
      "report date": 1,
    });
    expect(list.notKept).toEqual({ "New column": 1 });
    expect(list.publishedAt).toBeNull();
    expect(onlyOne(list.designations)).toMatchObject({
      names: [{ text: "Anna EXAMPLE", kind: "PRIMARY" }],
      regime: "The Test (Sanctions) Regulations 2020",
      regimeCode: null,
      birthDates: [{ date: "1980-06" }],
      nationalities: ["Atlantis"],
      designatedOn: "2025-02-01",
      updatedOn: "2026-03-02",
    });
  });

  test("reads the same with its bytes cut at any place, and one by one", async () => {
    const content = ukFile(
      [
        ukRow({
          "Name 6": 'Quote "Q", comma',
          "Other Information": "two\r\nlines",
          "Name non-latin script": "Ана 金 ع 🚢",
        }),
        ukRow({ "Unique ID": "TST0002" }),
      ],
      { bom: true },
    );
    const whole = await parse(content);
    expect(whole.counts.designations).toBe(2);
    for (let at = 0; at <= new TextEncoder().encode(content).length; at += 1)
      expect(await parseUkSanctionsList(cutAt(content, at))).toEqual(whole);
    expect(await parseUkSanctionsList(chunksOf(content, 1))).toEqual(whole);
  });

  test("reads the same with new columns anywhere and no title", async () => {
    const rows = [ukRow({ "D.O.B": "1980", "Passport number": "P1" }), ukRow({ "Unique ID": "TST0002" })];
    const header = [
      "New 1",
      ...ukHeader.flatMap((column) => (column === "Name 6" ? ["New 2", column] : [column])),
      "New 3",
    ];
    const wider = await parse(ukFile(rows, { header, title: "" }));
    expect(wider.designations).toEqual((await parse(ukFile(rows))).designations);
    expect(wider.unknown).toMatchObject({ "column New 1": 1, "column New 2": 1, "column New 3": 1 });
  });

  test("of no rows is read as such; the guard refuses it", async () => {
    expect((await parse(ukFile([]))).counts).toMatchObject({ rows: 0, designations: 0 });
  });
});
