import { describe, expect, test } from "vitest";

import { parseEuSanctions } from "../../src/index.ts";
import { chunksOf, errorOf, nameLines, onlyOne } from "../fixtures.ts";
import { euEntity, euParts, euXml } from "./eu-file.ts";

const parse = async (content: string): ReturnType<typeof parseEuSanctions> => await parseEuSanctions(chunksOf(content));

/** The names of an entity whose one name has these attributes. */
async function namesFor(attributes: string): Promise<readonly string[]> {
  const parts = euParts.filter((part) => !part.startsWith("<nameAlias"));
  const entity = euEntity("EU.1.1", [...parts, `<nameAlias ${attributes} strong="true" logicalId="9"/>`]);
  return onlyOne((await parse(euXml([entity]))).designations).names.map(({ text }) => text);
}

describe("an EU list", () => {
  test("becomes designations with every field", async () => {
    const list = await parse(euXml([euEntity()]));
    const designation = onlyOne(list.designations);
    expect([list.publishedAt, list.unknown, list.notKept]).toEqual(["2026-06-05", {}, {}]);
    expect(nameLines(designation)).toEqual([
      "PRIMARY STRONG Anna Example",
      "ALIAS STRONG Анна Пример",
      "ALIAS WEAK Anni Muster",
      "ALIAS WEAK Annchen",
    ]);
    expect(designation).toMatchObject({
      id: "eu:EU.1.1",
      type: "PERSON",
      regime: "TEST",
      regimeCode: "TEST",
      birthDates: [
        { date: "1975-05-06", until: null, approximate: false },
        { date: "1970", until: "1972", approximate: true },
      ],
      nationalities: ["IQ"],
      birthPlaces: ["Exampletown"],
      designatedOn: "2024-02-01",
      updatedOn: "2025-05-06",
      references: ["un:QDi.901"],
      assetFreeze: true,
      addresses: [
        { text: "1 Example Road, Exampletown, X1, IQ", city: "Exampletown", postalCode: "X1", country: "IQ" },
      ],
    });
    expect(designation.identifiers).toMatchObject([
      { kind: "PASSPORT", value: "A1234567", country: "IQ", note: "issued by the office, knownExpired" },
      { kind: "EMAIL", value: "anna@example.org" },
      { kind: "BIC", value: "TESTGB2LXXX" },
    ]);
  });

  test.each<[key: string, value: string, found: readonly string[]]>([
    ["EMAIL", "a@example.org and b@example.net", ["EMAIL a@example.org", "EMAIL b@example.net"]],
    ["EMAIL", "EMAILa@example.orgPHONE+7 495 123 45 67", ["EMAIL a@example.org", "PHONE +7 495 123 45 67"]],
    ["PHONE", "+7 495 123 45 67; a@example.org", ["EMAIL a@example.org", "PHONE +7 495 123 45 67; a@example.org"]],
    ["WEB", "www.example.org, e-mail: a@example.org", ["EMAIL a@example.org"]],
  ])("keeps every fact of a contact: %s %s", async (key, value, found) => {
    const contact = `<contactInfo key="${key}" value="${value}"/>`;
    const list = await parse(euXml([euEntity().replace(/<contactInfo[^>]*>/, contact)]));
    const kept = onlyOne(list.designations).identifiers.filter(({ kind }) => kind === "EMAIL" || kind === "PHONE");
    expect(kept.map((one) => `${one.kind} ${one.value}`).toSorted()).toEqual([...found].toSorted());
    expect(list.unknown).toEqual({});
  });

  test("has both names of a whole name that tells another, and none for a word for no name", async () => {
    expect(await namesFor('wholeName="“Glenfield &amp; Ruther” LLC (a.k.a. Wexcombe Aldous Trading)"')).toEqual([
      "“Glenfield & Ruther” LLC",
      "Wexcombe Aldous Trading",
      "“Glenfield & Ruther” LLC (a.k.a. Wexcombe Aldous Trading)",
    ]);
  });

  test("takes the logicalId where there is no reference number", async () => {
    const list = await parse(euXml([euEntity().replace('euReferenceNumber="EU.1.1"', 'euReferenceNumber=""')]));
    expect(onlyOne(list.designations).id).toBe("eu:11");
  });

  test("takes the first name that is not weak for the primary one", async () => {
    const list = await parse(euXml([euEntity().replace('strong="true"', 'strong="false"')]));
    expect(onlyOne(list.designations).names[0]).toMatchObject({ text: "Анна Пример", kind: "PRIMARY" });
  });

  test("takes the parts of a name beside the whole where they say something else", async () => {
    expect(await namesFor('firstName="Anni" lastName="MUSTER" wholeName="Anna EXAMPLE"')).toEqual([
      "Anna EXAMPLE",
      "Anni MUSTER",
    ]);
    expect(await namesFor('firstName="Anna" lastName="Example" wholeName="EXAMPLE,  Anna"')).toEqual(["EXAMPLE, Anna"]);
    expect(await namesFor('firstName="Anna" lastName="Example" wholeName=""')).toEqual(["Anna Example"]);
  });

  test("counts a birth date of another calendar and keeps it in words", async () => {
    const hijri = euEntity().replace('calendarType="GREGORIAN" city', 'calendarType="HIJRI" city');
    const list = await parse(euXml([hijri]));
    expect(list.unknown).toEqual({ "birth date": 1 });
    expect(onlyOne(list.designations).birthDates).toEqual([{ date: "1970", until: "1972", approximate: true }]);
  });

  test("counts elements and attributes that are new", async () => {
    const list = await parse(
      euXml([euEntity("EU.1.1", [...euParts, '<hobby colour="green"/>']).replace("<address ", '<address floor="3" ')]),
    );
    expect(list.unknown).toEqual({ "attribute address@floor": 1, "element sanctionEntity/hobby": 1 });
  });

  test.each([
    ["an unknown subject type", euEntity().replace('code="person"', 'code="planet"')],
    ["a strength that is neither true nor false", euEntity().replace('strong="true"', 'strong="maybe"')],
    ["a reference number twice", euEntity() + euEntity()],
    [
      "an entity without a name",
      euEntity(
        "EU.1.1",
        euParts.filter((part) => !part.startsWith("<nameAlias")),
      ),
    ],
  ])("is refused with %s", async (_, entities) => {
    expect((await errorOf(parse(euXml([entities])))).code).toBe("LIST_MALFORMED");
  });
});
