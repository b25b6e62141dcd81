import { describe, expect, test } from "vitest";

import { parseUkSanctionsList } from "../../src/index.ts";
import { chunksOf, errorOf, nameLines, onlyOne } from "../fixtures.ts";
import { ukDesignation, ukXml, ukXmlParts } from "./uk-xml-file.ts";

const parse = async (content: string): ReturnType<typeof parseUkSanctionsList> =>
  await parseUkSanctionsList(chunksOf(content));

describe("a UK list as XML", () => {
  test("becomes designations with every field", async () => {
    const list = await parse(ukXml([ukDesignation()]));
    const designation = onlyOne(list.designations);
    expect([list.publishedAt, list.unknown, list.notKept]).toEqual(["2026-04-29", {}, {}]);
    expect(nameLines(designation)).toEqual([
      "PRIMARY UNKNOWN Anna EXAMPLE",
      "ALIAS WEAK Anni MUSTER",
      "VARIATION UNKNOWN Анна ПРИМЕР",
    ]);
    expect(designation).toMatchObject({
      id: "uk:TST0001",
      type: "PERSON",
      regime: "The Test Regulations 2025",
      regimeCode: "TST",
      measures: ["Asset freeze", "Travel Ban"],
      assetFreeze: true,
      birthDates: [{ date: "1975" }, { date: "1976-05-06" }],
      nationalities: ["IQ"],
      identifiers: [
        { kind: "BIC", value: "TESTGB2L", note: "in Other Information" },
        { kind: "PASSPORT", value: "A1234567", note: "Issued in Iraq" },
        { kind: "PASSPORT", value: "B7654321", note: null },
      ],
      designatedOn: "2024-02-01",
      updatedOn: "2025-03-03",
      references: ["un:QDi.901", "ofsi:90001"],
      birthPlaces: ["Exampletown, Iraq"],
    });
  });

  test("takes the measures from the indicators where they stand nowhere else", async () => {
    const content = ukXml([ukDesignation()]).replace(/<SanctionsImposed>[^<]*<\/SanctionsImposed>/, "");
    expect(onlyOne((await parse(content)).designations).measures).toEqual(["Asset freeze", "Travel ban"]);
  });

  test("counts an element that is new, and reads what is inside", async () => {
    const wrapped = ukXmlParts.map((part) => part.replaceAll("BirthDetails", "Origins"));
    const list = await parse(ukXml([ukDesignation("TST0001", wrapped)]));
    expect(list.unknown).toEqual({ "element Origins": 1 });
    expect(onlyOne(list.designations).birthPlaces).toEqual(["Exampletown, Iraq"]);
  });

  test.each([
    ["a Unique ID twice", ukDesignation() + ukDesignation()],
    ["an unknown type of designation", ukDesignation().replace("Individual<", "Planet<")],
    ["an unknown type of name", ukDesignation().replace("Primary Name", "Middling Name")],
    ["a name as text of its group", ukDesignation().replace("<Names>", "<Names>Anni MUSTER")],
    ["a name in an attribute", ukDesignation().replace("<Name6>", '<Name6 also="MUSTER">')],
    ["a name that is marked up", ukDesignation().replace("<Name6>", "<Name6><b>X</b>")],
    ["an unknown strength", ukDesignation().replace("Low quality", "Middling quality")],
  ])("is refused with %s", async (_, designations) => {
    expect((await errorOf(parse(ukXml([designations])))).code).toBe("LIST_MALFORMED");
  });
});
