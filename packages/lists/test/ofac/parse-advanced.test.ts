import { describe, expect, test } from "vitest";

import { parseOfacAdvanced } from "../../src/index.ts";
import { chunksOf, errorOf, nameLines, onlyOne } from "../fixtures.ts";
import { advancedXml, datePeriod, detail, documentText, feature, party, sanctionsEntry } from "./advanced-file.ts";

const parse = async (content: string): ReturnType<typeof parseOfacAdvanced> =>
  await parseOfacAdvanced("ofac", chunksOf(content));

const place = '<VersionLocation LocationID="25"/>';

describe("an OFAC list in the ADVANCED edition", () => {
  test("becomes designations whose parts are joined from all over the file", async () => {
    const list = await parse(
      advancedXml({
        parties: [
          party({
            features: [
              feature("8", datePeriod("1975-01-01", "1975-12-31")),
              feature("9", place),
              feature("10", place),
              feature("25", place),
              feature("224", '<VersionDetail DetailTypeID="1431" DetailReferenceID="91526"/>'),
              feature("345", detail(`0x${"ab".repeat(20)}`)),
            ],
          }),
        ],
        documents: [documentText("901", "1571", "A1234567"), documentText("901", "1626", "IMO 9074729")],
      }),
    );
    const designation = onlyOne(list.designations);
    expect(list.publishedAt).toBe("2026-07-04");
    expect(nameLines(designation)).toEqual([
      "PRIMARY STRONG EXAMPLE 901, Anna",
      "VARIATION STRONG Anna EXAMPLE 901",
      "VARIATION STRONG ПРИМЕР, Анна",
      "VARIATION STRONG Анна ПРИМЕР",
      "FORMER WEAK MUSTER, Anni",
      "FORMER WEAK Anni MUSTER",
    ]);
    expect(designation.names[2]?.script).toBe("Cyrillic");
    expect(designation).toMatchObject({
      id: "ofac:901",
      type: "PERSON",
      regime: "TEST",
      regimeCode: "TEST",
      measures: ["Block"],
      assetFreeze: true,
      designatedOn: "2024-02-01",
      birthDates: [{ date: "1975", until: null, approximate: false }],
      nationalities: ["IQ"],
      addresses: [{ text: "1 Example Road, Exampletown, Iraq", city: "Exampletown", country: "IQ" }],
      birthPlaces: ["1 Example Road, Exampletown, Iraq"],
      remarks: [{ label: "Gender", text: "Female" }],
    });
    expect(designation.identifiers).toMatchObject([
      { kind: "PASSPORT", value: "A1234567", country: "IQ" },
      { kind: "IMO", value: "9074729" },
      { kind: "WALLET", value: `0x${"ab".repeat(20)}`, currency: "ETH" },
    ]);
    expect(list.unknown).toEqual({});
    expect(list.notKept).toEqual({ "relation Associate Of": 1 });
  });

  test.each([
    ["1975-05-01", "1975-05-31", { date: "1975-05", until: null }],
    ["1975-05-06", "1975-05-06", { date: "1975-05-06", until: null }],
    ["1970-01-01", "1975-12-31", { date: "1970", until: "1975" }],
    ["1970-02-01", "1970-04-05", { date: "1970-02-01", until: "1970-04-05" }],
  ])("reads a birth date from %s to %s", async (from, to, expected) => {
    const list = await parse(advancedXml({ parties: [party({ features: [feature("8", datePeriod(from, to))] })] }));
    expect(onlyOne(list.designations).birthDates).toEqual([{ ...expected, approximate: false }]);
  });

  test("tells approximate dates", async () => {
    const period = datePeriod("1975-01-01", "1975-12-31", true);
    const list = await parse(advancedXml({ parties: [party({ features: [feature("8", period)] })] }));
    expect(onlyOne(list.designations).birthDates).toEqual([{ date: "1975", until: null, approximate: true }]);
  });

  test("counts a feature of an unknown type by its name, and keeps it as a remark", async () => {
    const list = await parse(advancedXml({ parties: [party({ features: [feature("999", detail("green"))] })] }));
    expect(list.unknown).toEqual({ "feature Favourite Colour": 1 });
    expect(onlyOne(list.designations).remarks).toEqual([{ label: "Favourite Colour", text: "green" }]);
  });

  test("joins several programmes of one party", async () => {
    const entries = [sanctionsEntry("901", "A"), sanctionsEntry("901", "B")];
    expect(onlyOne((await parse(advancedXml({ entries }))).designations)).toMatchObject({
      regime: "A, B",
      regimeCode: null,
    });
  });

  test("tells types by text, of the subtype before the type", async () => {
    const types = await Promise.all(
      ["1", "3", "4"].map(
        async (subType) => onlyOne((await parse(advancedXml({ parties: [party({ subType })] }))).designations).type,
      ),
    );
    expect(types).toEqual(["VESSEL", "ORGANISATION", "PERSON"]);
  });

  test("counts what is new beside a name and holds none", async () => {
    const beside = '<DocumentedNameCountry CountryID="1"/><DocumentedNameLanguage LanguageID="1"/>';
    const content = advancedXml()
      .replace("<DocumentedNamePart>", `${beside}${beside}<DocumentedNamePart>`)
      .replace("<NamePartValue ", '<NamePartValue Certain="true" ');
    expect((await parse(content)).unknown).toEqual({
      "attribute DocumentedNameCountry@CountryID": 2,
      "attribute DocumentedNameLanguage@LanguageID": 2,
      "attribute NamePartValue@Certain": 1,
    });
  });

  test.each([
    ["a part of a name that is marked up", advancedXml().replace(">Anna<", "><b>Anna</b><")],
    ["an unknown party type", advancedXml({ parties: [party({ subType: "77" })] })],
    ["an unknown alias type", advancedXml().replace('AliasTypeID="1401"', 'AliasTypeID="1"')],
    ["no LowQuality", advancedXml().replaceAll(/ LowQuality="[a-z]+"/g, "")],
    ["a FixedRef twice", advancedXml({ parties: [party(), party()] })],
    ["an entry of no party", advancedXml({ entries: [sanctionsEntry("1")] })],
    ["no part with the programmes", advancedXml().replace(/<SanctionsEntries>[^]*<\/SanctionsEntries>/, "")],
    ["parts out of order", advancedXml().replace("<Locations>", "<SanctionsEntries></SanctionsEntries><Locations>")],
    ["another namespace", advancedXml().replace("ADVANCED_XML", "OTHER_XML")],
  ])("is refused with %s", async (_, content) => {
    expect((await errorOf(parse(content))).code).toBe("LIST_MALFORMED");
  });

  test("is refused without parties", async () => {
    expect((await errorOf(parse(advancedXml({ parties: [], entries: [] })))).code).toBe("LIST_EMPTY");
  });
});
