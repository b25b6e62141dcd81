import { describe, expect, test } from "vitest";

import { parseOfsiConList } from "../../src/ofsi/parse.ts";
import type { ParseOptions } from "../../src/parse-options.ts";
import type { ParsedList } from "../../src/parsed-list.ts";
import { chunksOf, cutAt, errorOf, nameLines, onlyOne } from "../fixtures.ts";
import { ofsiFile, ofsiHeader, ofsiRow, ofsiTarget, ofsiXml } from "./ofsi-file.ts";

const parse = async (content: string, options?: ParseOptions): Promise<ParsedList> =>
  await parseOfsiConList(chunksOf(content), options);

describe("an OFSI list as CSV", () => {
  test("becomes designations with every field that is kept", async () => {
    const list = await parse(
      ofsiFile([
        ofsiRow({
          "Name Non-Latin Script": "Анна ПРИМЕР",
          "Non-Latin Script Type": "Cyrillic",
          DOB: "00/05/1975",
          "Town of Birth": "Exampletown",
          "Country of Birth": "Iraq",
          Nationality: "(1) Iraq (2) Kosovo",
          "Passport Number": "(1) A123 (2) B456",
          "Passport Details": "(1) Issued in Iraq (2) Issued in Kosovo",
          "National Identification Details": "Lost",
          Position: "Clerk",
          "Address 1": "1 Test Street",
          "Address 6": "Exampletown",
          "Post/Zip Code": "X1",
          Country: "Iraq",
          "Other Information":
            "Sister of nobody. (UK Sanctions List Ref):TST0306 (UN Ref):QDi.901 (UK Statement of Reasons):Invented. (Phone number):(1) +000 1 (2) +000 2",
        }),
      ]),
    );
    expect(list.designations).toEqual([
      {
        id: "ofsi:90001",
        list: "ofsi",
        type: "PERSON",
        names: [
          { text: "Anna EXAMPLE", kind: "PRIMARY", strength: "UNKNOWN" },
          { text: "Анна ПРИМЕР", kind: "VARIATION", strength: "UNKNOWN" },
        ],
        regime: "Test regime",
        regimeCode: "TST",
        measures: [],
        birthDates: [{ date: "1975-05", until: null, approximate: false }],
        nationalities: ["IQ", "XK"],
        identifiers: [
          { kind: "PASSPORT", value: "A123", note: "Issued in Iraq" },
          { kind: "PASSPORT", value: "B456", note: "Issued in Kosovo" },
          { kind: "PHONE", value: "+000 1", note: null },
          { kind: "PHONE", value: "+000 2", note: null },
        ],
        designatedOn: "2024-02-01",
        updatedOn: "2025-03-03",
        references: ["uk:TST0306", "un:QDi.901"],
        addresses: [{ text: "1 Test Street, Exampletown, X1, Iraq", city: null, postalCode: "X1", country: "IQ" }],
        birthPlaces: ["Exampletown, Iraq"],
        remarks: [
          { label: "National id", text: "Lost" },
          { label: "Other Information", text: "Sister of nobody." },
          { label: "UK Statement of Reasons", text: "Invented." },
          { label: "Position", text: "Clerk" },
        ],
      },
    ]);
    expect(list).toMatchObject({
      list: "ofsi",
      publishedAt: "2025-11-27",
      counts: { rows: 1, designations: 1 },
      unknown: {},
      notKept: { "Non-Latin Script Type": 1 },
    });
  });

  test("is grouped by Group ID, its names by type and quality", async () => {
    const list = await parse(
      ofsiFile([
        ofsiRow({ "Name 1": "Ann", "Alias Type": "AKA", "Alias Quality": "Low quality" }),
        ofsiRow({ "Group ID": "90002", "Group Type": "Ship", "Name 1": "", "Name 6": "MV TEST" }),
        ofsiRow(),
        ofsiRow({ "Name 1": "Ana", "Alias Type": "Primary name variation" }),
        ofsiRow({ "Name 1": "Anja", "Alias Type": "FKA", "Alias Quality": "Good quality" }),
        ofsiRow({ "Name 1": "Anne", "Alias Type": "" }),
      ]),
    );
    expect(list.designations.map(({ id }) => id)).toEqual(["ofsi:90001", "ofsi:90002"]);
    expect(nameLines(list.designations[0] ?? onlyOne([]))).toEqual([
      "PRIMARY UNKNOWN Anna EXAMPLE",
      "ALIAS WEAK Ann EXAMPLE",
      "VARIATION UNKNOWN Ana EXAMPLE",
      "FORMER STRONG Anja EXAMPLE",
      "ALIAS UNKNOWN Anne EXAMPLE",
    ]);
    expect(list.counts.byType).toMatchObject({ PERSON: 1, VESSEL: 1 });
    expect(list.unknown).toEqual({ "name without a type": 1 });
  });

  test("is refused when a column stands elsewhere, with its data or without", async () => {
    const swapped = ofsiHeader.map((column) =>
      column === "Name 6" ? "Name 1" : column === "Name 1" ? "Name 6" : column,
    );
    const content = ofsiFile([ofsiRow()]);
    for (const other of [content.replace(ofsiHeader.join(","), swapped.join(",")), ofsiFile([ofsiRow()], swapped)])
      expect((await errorOf(parse(other))).details).toEqual({ column: "Name 1", line: 2 });
  });

  test("reads the same with its bytes cut anywhere", async () => {
    const rows = [ofsiRow({ "Name Non-Latin Script": "Ана 金" }), ofsiRow({ "Group ID": "90002" })];
    const content = ofsiFile(rows);
    const whole = await parse(content);
    for (let at = 0; at <= new TextEncoder().encode(content).length; at += 3)
      expect(await parseOfsiConList(cutAt(content, at))).toEqual(whole);
  });
});

describe("an OFSI list as XML", () => {
  test("becomes the same designations, with what only the XML tells", async () => {
    const list = await parse(
      ofsiXml([
        ofsiTarget({
          UKSanctionsListRef: "TST0306",
          Individual_DateOfBirth: "00/00/1958",
          LastUpdated: "2025-03-03T00:00:00",
        }),
        ofsiTarget({ name1: "Ann", AliasType: "AKA", AliasQuality: "Low quality" }),
        ofsiTarget({
          GroupID: "90002",
          GroupTypeDescription: "Ship",
          name1: "",
          Name6: "MV TEST",
          GrpStatus: "I",
          Ship_IMONumber: "IMO9000001",
          Ship_Flag: "Gabon",
          FullName: "MV TEST",
        }),
      ]),
    );
    expect(list.designations).toMatchObject([
      {
        id: "ofsi:90001",
        names: [
          { text: "Anna EXAMPLE", kind: "PRIMARY" },
          { text: "Ann EXAMPLE", strength: "WEAK" },
        ],
        regimeCode: "TST",
        measures: ["Asset freeze"],
        assetFreeze: true,
        birthDates: [{ date: "1958" }],
        designatedOn: "2024-02-02",
        updatedOn: "2025-03-03",
        references: ["uk:TST0306"],
      },
      {
        id: "ofsi:90002",
        type: "VESSEL",
        measures: ["Investment ban"],
        assetFreeze: false,
        identifiers: [{ kind: "IMO", value: "9000001" }],
        vesselFacts: [{ kind: "FLAG", value: "Gabon" }],
      },
    ]);
    expect(list).toMatchObject({ publishedAt: null, counts: { rows: 3 }, unknown: {}, notKept: { FullName: 1 } });
  });

  test("counts an element that nobody knows, and refuses one about names", async () => {
    const list = await parse(ofsiXml([ofsiTarget({ Shoe_Size: "38" })]));
    expect(list.unknown).toEqual({ "element Shoe_Size": 1 });
    expect((await errorOf(parse(ofsiXml([ofsiTarget({ StageName: "Anna" })])))).code).toBe("LIST_MALFORMED");
  });

  test.each([
    ["another root", "<Designations></Designations>"],
    ["another record", "<ArrayOfFinancialSanctionsTarget><Target></Target></ArrayOfFinancialSanctionsTarget>"],
    ["an error page", "<!DOCTYPE html><html></html>"],
    [
      "entities that grow",
      '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><ArrayOfFinancialSanctionsTarget>&lol2;</ArrayOfFinancialSanctionsTarget>',
    ],
    ["a name that is marked up", ofsiXml([ofsiTarget({ Name6: "<b>EXAMPLE</b>" })])],
    ["an end that is missing", ofsiXml([ofsiTarget()]).slice(0, -40)],
  ])("is refused for %s", async (_what, content) => {
    expect((await errorOf(parse(content))).code).toBe("LIST_MALFORMED");
  });
});

describe("an OFSI list is refused", () => {
  test.each(["Name 6", "Name 1", "Alias Type", "Alias Quality", "Group Type", "Group ID", "DOB", "Regime"])(
    "when the column %s has another name",
    async (column) => {
      const header = ofsiHeader.map((name) => (name === column ? `${name} (new)` : name));
      expect((await errorOf(parse(ofsiFile([ofsiRow()], header)))).code).toBe("LIST_MALFORMED");
    },
  );

  test("when a column stands twice", async () => {
    const error = await errorOf(parse(ofsiFile([ofsiRow()], [...ofsiHeader, "DOB"])));
    expect(error.details).toEqual({ column: "DOB", line: 2 });
  });

  test.each([
    ["Alias Type", "Nickname"],
    ["Alias Quality", "Middling"],
    ["Group Type", "Aircraft"],
    ["Group ID", "GIM0001"],
  ])("when %s is %j, with the line and without the value", async (column, value) => {
    const error = await errorOf(parse(ofsiFile([ofsiRow(), ofsiRow({ [column]: value })])));
    expect(error.code).toBe("LIST_MALFORMED");
    expect(error.details).toEqual({ line: 4 });
    expect(error.message).not.toContain(value);
  });

  test("when one Group ID has two types, or no name", async () => {
    const twoTypes = ofsiFile([ofsiRow(), ofsiRow({ "Group Type": "Ship" })]);
    expect((await errorOf(parse(twoTypes))).details).toEqual({ line: 4 });
    const nameless = ofsiFile([ofsiRow({ "Name 1": "", "Name 6": " " })]);
    expect((await errorOf(parse(nameless))).details).toEqual({ line: 3 });
  });

  test("when it is cut off inside a row, empty, or something else", async () => {
    const content = ofsiFile([ofsiRow(), ofsiRow({ "Group ID": "90002" })]);
    expect((await errorOf(parse(content.slice(0, -30)))).code).toBe("LIST_MALFORMED");
    expect((await errorOf(parse(""))).code).toBe("LIST_EMPTY");
    expect((await errorOf(parse("Not found"))).code).toBe("LIST_MALFORMED");
    expect((await errorOf(parse("a,b\r\n".repeat(50)))).code).toBe("LIST_MALFORMED");
    expect((await errorOf(parse(content, { maxFieldChars: 4 }))).code).toBe("LIST_TOO_LARGE");
  });
});
