import { describe, expect, test } from "vitest";

import { parseOfacSdn } from "../../src/ofac/parse.ts";
import { errorOf, nameLines, onlyOne } from "../fixtures.ts";
import { addRow, altRow, commentRow, none, ofacFiles, type OfacTexts, sdnRow } from "./ofac-files.ts";

const parse = (texts: OfacTexts = {}) => parseOfacSdn(ofacFiles(texts));

const person = sdnRow({
  key: "1",
  name: "DOE-EXAMPLE, John Example",
  type: "individual",
  programmes: "SDGT] [IRGC] [IFSR",
  remarks:
    "DOB 10 Dec 1948; alt. DOB circa 1951; POB Giza, Egypt; nationality Korea, North; citizen Iran; a.k.a. 'DOE, Johnny'; Passport A10840 (Egypt) issued 1999; Gender Ma",
});

describe("an OFAC entry", () => {
  test("is a person with published and natural names, its remarks joined without a space", async () => {
    const list = await parse({
      sdn: [person],
      alt: [altRow("1", "aka", "ROE, Jack"), altRow("1", "fka", "BLOGGS, Joe"), altRow("1", "nka", "MADONNA")],
      comments: [commentRow("1", "le; a.k.a. 'THE DOE'; Digital Currency Address - XBT 12QtD5BF.")],
    });
    const entry = onlyOne(list.designations);
    expect(nameLines(entry)).toEqual([
      "PRIMARY STRONG DOE-EXAMPLE, John Example",
      "VARIATION STRONG John Example DOE-EXAMPLE",
      "ALIAS STRONG ROE, Jack",
      "ALIAS STRONG Jack ROE",
      "FORMER STRONG BLOGGS, Joe",
      "FORMER STRONG Joe BLOGGS",
      "ALIAS STRONG MADONNA",
      "ALIAS WEAK DOE, Johnny",
      "ALIAS WEAK Johnny DOE",
      "ALIAS WEAK THE DOE",
    ]);
    expect(entry).toMatchObject({
      id: "ofac:1",
      list: "ofac",
      type: "PERSON",
      regime: "SDGT, IRGC, IFSR",
      regimeCode: null,
      birthDates: [
        { date: "1948-12-10", until: null, approximate: false },
        { date: "1951", until: null, approximate: true },
      ],
      nationalities: ["KP", "IR"],
      identifiers: [
        { kind: "PASSPORT", value: "A10840", note: "(Egypt) issued 1999", country: "EG" },
        { kind: "WALLET", value: "12QtD5BF", note: null, currency: "XBT" },
      ],
      assetFreeze: true,
      addresses: [{ text: "1 Example Road, Nowhere", city: null, postalCode: null, country: "Nowhere" }],
      birthPlaces: ["Giza, Egypt"],
      remarks: [{ label: "Gender", text: "Male" }],
    });
    expect(list).toMatchObject({ unknown: {}, notKept: {}, publishedAt: null });
  });

  test("without a type is an organisation, and a comma in its name is its own", async () => {
    const list = await parse({ sdn: [sdnRow({ name: "EXAMPLE, S.A." })], alt: [], comments: [] });
    expect(onlyOne(list.designations)).toMatchObject({
      type: "ORGANISATION",
      names: [{ text: "EXAMPLE, S.A.", kind: "PRIMARY", strength: "STRONG" }],
      regime: "TEST",
      regimeCode: "TEST",
    });
  });

  test("is a ship with its numbers, or an aircraft", async () => {
    const list = await parse({
      sdn: [
        sdnRow({
          type: "vessel",
          callSign: "ABCD1",
          remarks: "Vessel Registration Identification IMO 9074729; MMSI 572469210.",
        }),
        sdnRow({ key: "2", name: "XX-ABC", type: "aircraft", remarks: "Aircraft Tail Number XX-ABC" }),
      ],
    });
    expect(list.designations).toMatchObject([
      {
        type: "VESSEL",
        identifiers: [
          { kind: "OTHER", value: "ABCD1", note: "Call Sign" },
          { kind: "IMO", value: "9074729", note: null },
          { kind: "MMSI", value: "572469210", note: null },
        ],
      },
      { type: "AIRCRAFT", identifiers: [{ kind: "OTHER", value: "XX-ABC", note: "Aircraft Tail Number" }] },
    ]);
  });

  test("is the same wherever the files are cut", async () => {
    const texts = { sdn: [person, sdnRow({ key: "2" })], alt: [altRow("2", "aka", "Ünïted")], end: "\u001a" };
    const whole = await parse(texts);
    for (const size of [1, 2, 3, 7, 64]) expect(await parse({ ...texts, size })).toEqual(whole);
  });
});

describe("the OFAC files are refused", () => {
  test.each<[string, OfacTexts, string]>([
    ["a type of entry", { sdn: [sdnRow({ type: "building" })] }, "sdn.csv"],
    ["a type of alias", { alt: [altRow("1", "weak", "SECRET NAME")] }, "alt.csv"],
    ["aliases and their numbers in each other's columns", { alt: ['1,"SECRET NAME","aka",7,-0- \r\n'] }, "alt.csv"],
    [
      "addresses and their numbers in each other's columns",
      { add: ['1,"SECRET NAME",9,"Town","Iraq",-0- \r\n'] },
      "add.csv",
    ],
    ["an alias without a name", { alt: [altRow("1", "aka", none)] }, "alt.csv"],
    ["an entry without a name", { sdn: [sdnRow({ name: none })] }, "sdn.csv"],
    ["an entry twice", { sdn: [sdnRow(), sdnRow()], alt: [] }, "sdn.csv"],
    ["a key that is no number", { sdn: [sdnRow({ key: "uid" })] }, "sdn.csv"],
    ["a header", { add: ["ent_num,add_num,address,city,country,remarks\r\n"] }, "add.csv"],
    ["a row of another width", { add: ["1,2,3\r\n"] }, "add.csv"],
    ["rows after the end", { sdn: [sdnRow(), "\u001a\r\n", sdnRow({ key: "2" })] }, "sdn.csv"],
    ["an alias of no entry", { alt: [altRow("2", "aka", "SECRET NAME")] }, "alt.csv"],
    ["a comment of no entry", { comments: [commentRow("2", "SECRET NAME")] }, "sdn_comments.csv"],
  ])("for %s, with file and line and without the text", async (_what, texts, file) => {
    const error = await errorOf(parse(texts));
    expect(error).toMatchObject({ code: "LIST_MALFORMED", details: { file } });
    expect(error.details["line"]).toBeGreaterThan(0);
    expect(error.message).not.toMatch(/SECRET|building/);
  });

  test("when cut off inside a row, wherever that is", async () => {
    const row = sdnRow({ key: "2", name: "SECOND, Entry", type: "individual", remarks: "DOB 1950; a.k.a. 'X'." });
    for (let length = 1; length < row.length; length += 1)
      expect((await errorOf(parse({ sdn: [sdnRow(), row.slice(0, length)], end: "" }))).code).toBe("LIST_MALFORMED");
  });

  test("when one is empty, or over a limit", async () => {
    expect((await errorOf(parse({ sdn: [], end: "" }))).code).toBe("LIST_EMPTY");
    expect((await errorOf(parse({ sdn: [], alt: [], comments: [], end: "\u001a" }))).code).toBe("LIST_EMPTY");
    expect((await errorOf(parseOfacSdn(ofacFiles(), { maxBytes: 20 }))).code).toBe("LIST_TOO_LARGE");
  });

  test("not for a missing mark of the end, an address of no entry, or no comments worth the name, which count", async () => {
    const list = await parse({ add: [addRow("1"), addRow("99")], end: "", comments: ["1,\r\n"] });
    expect(list.unknown).toEqual({
      "address of no entry": 1,
      "country not in the country table": 2,
      "no mark of the end in add.csv": 1,
      "no mark of the end in alt.csv": 1,
      "no mark of the end in sdn.csv": 1,
    });
  });
});
