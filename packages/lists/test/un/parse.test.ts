import { describe, expect, test } from "vitest";

import type { ParseOptions } from "../../src/parse-options.ts";
import type { ParsedList } from "../../src/parsed-list.ts";
import { parseUnConsolidated } from "../../src/un/parse.ts";
import { chunksOf, cutAt, errorOf, nameLines, onlyOne } from "../fixtures.ts";

const parse = async (content: string, options?: ParseOptions): Promise<ParsedList> =>
  await parseUnConsolidated(chunksOf(content), options);

function unFile(individuals: string, entities = ""): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<CONSOLIDATED_LIST xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" dateGenerated="2026-02-27T00:00:09.554Z">
<INDIVIDUALS>${individuals}</INDIVIDUALS><ENTITIES>${entities}</ENTITIES></CONSOLIDATED_LIST>
`;
}

const individual = (inside: string, key = "QDi.901"): string =>
  `<INDIVIDUAL><FIRST_NAME>ANA</FIRST_NAME><SECOND_NAME>EXAMPLE</SECOND_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>
  <REFERENCE_NUMBER>${key} </REFERENCE_NUMBER>${inside}</INDIVIDUAL>`;
const entity = (name: string, inside: string, key = "KPe.902"): string =>
  `<ENTITY><FIRST_NAME>${name}</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>${key}</REFERENCE_NUMBER>${inside}</ENTITY>`;
const alias = (quality: string, name: string, kind = "INDIVIDUAL"): string =>
  `<${kind}_ALIAS><QUALITY>${quality}</QUALITY><ALIAS_NAME>${name}</ALIAS_NAME></${kind}_ALIAS>`;
const born = (inside: string): string => `<INDIVIDUAL_DATE_OF_BIRTH>${inside}</INDIVIDUAL_DATE_OF_BIRTH>`;

describe("a UN list", () => {
  test("becomes designations with every field that is kept", async () => {
    const list = await parse(
      unFile(
        individual(`<DATAID>1</DATAID><THIRD_NAME> MARIA </THIRD_NAME><FOURTH_NAME/>
          <NAME_ORIGINAL_SCRIPT>آنا
             مثال</NAME_ORIGINAL_SCRIPT>
          <LISTED_ON>2014-09-23-04:00</LISTED_ON>
          <NATIONALITY><VALUE>Syrian Arab Republic</VALUE><VALUE>Iraq</VALUE><VALUE/></NATIONALITY>
          <LAST_DAY_UPDATED><VALUE>2016-10-13</VALUE><VALUE>2020-01-31</VALUE><VALUE>2011-01-01</VALUE></LAST_DAY_UPDATED>
          <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER> P1 </NUMBER>
            <ISSUING_COUNTRY>Oman</ISSUING_COUNTRY><COUNTRY_OF_ISSUE>Oman</COUNTRY_OF_ISSUE><NOTE>expired</NOTE></INDIVIDUAL_DOCUMENT>
          <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>National Identification
             Number</TYPE_OF_DOCUMENT><TYPE_OF_DOCUMENT2>ration card</TYPE_OF_DOCUMENT2><NUMBER>77</NUMBER></INDIVIDUAL_DOCUMENT>
          <INDIVIDUAL_DOCUMENT/>`),
      ),
    );
    expect(list.designations).toEqual([
      {
        id: "un:QDi.901",
        list: "un",
        type: "PERSON",
        names: [
          { text: "ANA EXAMPLE MARIA", kind: "PRIMARY", strength: "UNKNOWN" },
          { text: "آنا مثال", kind: "VARIATION", strength: "UNKNOWN" },
        ],
        regime: "UN ISIL (Da'esh) and Al-Qaida sanctions",
        regimeCode: "QD",
        measures: [],
        birthDates: [],
        nationalities: ["SY", "IQ"],
        identifiers: [
          { kind: "PASSPORT", value: "P1", note: "Oman, expired", country: "OM" },
          { kind: "NATIONAL_ID", value: "77", note: "ration card" },
        ],
        designatedOn: "2014-09-23",
        updatedOn: "2020-01-31",
        references: [],
      },
    ]);
    expect(list).toMatchObject({
      list: "un",
      publishedAt: "2026-02-27",
      counts: { rows: 1, designations: 1, names: 2 },
      unknown: {},
      notKept: {},
    });
  });

  test("keeps alias quality as strength, and an entity's f.k.a. as a former name", async () => {
    const list = await parse(
      unFile(
        individual(
          [
            alias("Good", "Anna Example"),
            alias("Low", "Annie"),
            alias("", "A. Example"),
            "<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>",
          ].join(""),
        ),
        entity(
          "FIRST CO (FC) ; SECOND CO (SC)",
          [
            alias("a.k.a.", "Third &amp;amp; Co", "ENTITY"),
            alias("f.k.a.", "Fourth Co", "ENTITY"),
            alias("", "Fifth Co", "ENTITY"),
          ].join(""),
        ),
      ),
    );
    expect(list.designations.map(nameLines)).toEqual([
      ["PRIMARY UNKNOWN ANA EXAMPLE", "ALIAS STRONG Anna Example", "ALIAS WEAK Annie", "ALIAS UNKNOWN A. Example"],
      [
        "PRIMARY UNKNOWN FIRST CO (FC)",
        "PRIMARY UNKNOWN SECOND CO (SC)",
        "ALIAS UNKNOWN Third & Co",
        "FORMER UNKNOWN Fourth Co",
        "ALIAS UNKNOWN Fifth Co",
      ],
    ]);
    expect(list.counts.byType).toMatchObject({ PERSON: 1, ORGANISATION: 1 });
  });

  test("splits aliases joined by semicolons", async () => {
    const list = await parse(unFile(individual(alias("Good", "Ana Exampel; Ann Example"))));
    expect(nameLines(onlyOne(list.designations)).slice(1)).toEqual([
      "ALIAS STRONG Ana Exampel",
      "ALIAS STRONG Ann Example",
    ]);
  });

  test("counts what it does not understand, and what has no place, by element", async () => {
    const list = await parse(
      unFile(
        individual(`${born("<TYPE_OF_DATE>PERHAPS</TYPE_OF_DATE><NOTE>30-35 years old</NOTE>")}
          <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Annie</ALIAS_NAME><NOTE>from school</NOTE></INDIVIDUAL_ALIAS>
          <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Voucher</TYPE_OF_DOCUMENT><NUMBER>1</NUMBER></INDIVIDUAL_DOCUMENT>
          <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NOTE>no number</NOTE></INDIVIDUAL_DOCUMENT>
          <NATIONALITY><VALUE>na</VALUE></NATIONALITY><LISTED_ON>soon</LISTED_ON>
          <GENDER>Female</GENDER><COMMENTS1/><NOVELTY>x</NOVELTY>`).replace("Al-Qaida", "Atlantis"),
      ).replace("2026-02-27T", "T"),
    );
    expect(list.unknown).toEqual({
      TYPE_OF_DATE: 1,
      TYPE_OF_DOCUMENT: 1,
      UN_LIST_TYPE: 1,
      "birth date": 1,
      "date in LISTED_ON": 1,
      dateGenerated: 1,
      "document without a number": 1,
      "element INDIVIDUAL/NOVELTY": 1,
      "nationality placeholder": 1,
    });
    expect(list.notKept).toEqual({});
    expect(onlyOne(list.designations)).toMatchObject({
      regime: "Atlantis",
      identifiers: [{ kind: "OTHER", value: "1", note: "Voucher" }],
    });
  });

  test("reads the same with its bytes cut at any place, and one by one", async () => {
    const content = unFile(
      individual(`<NAME_ORIGINAL_SCRIPT>金 ع 🚢</NAME_ORIGINAL_SCRIPT>${alias("Good", "Ana &#233; &lt;")}`),
      entity("EXAMPLE <![CDATA[& CO]]>", ""),
    );
    const whole = await parse(content);
    expect(whole.counts).toMatchObject({ designations: 2, names: 4 });
    for (let at = 0; at <= new TextEncoder().encode(content).length; at += 1)
      expect(await parseUnConsolidated(cutAt(content, at))).toEqual(whole);
    expect(await parseUnConsolidated(chunksOf(content, 1))).toEqual(whole);
  });
});

test("each name in the original script is a name, however many there are", async () => {
  const scripts = "<NAME_ORIGINAL_SCRIPT>Ана</NAME_ORIGINAL_SCRIPT><NAME_ORIGINAL_SCRIPT>Анна</NAME_ORIGINAL_SCRIPT>";
  const list = await parse(unFile(individual(scripts)));
  expect(nameLines(onlyOne(list.designations)).slice(1)).toEqual(["VARIATION UNKNOWN Ана", "VARIATION UNKNOWN Анна"]);
});

test("an alias of the other kind of entry is a name all the same", async () => {
  const list = await parse(unFile(individual(alias("f.k.a.", "Anni MUSTER", "ENTITY"))));
  expect(nameLines(onlyOne(list.designations))).toContain("FORMER UNKNOWN Anni MUSTER");
});

test("a name is read whole around comments, references and CDATA", async () => {
  const list = await parse(unFile(individual("").replace("ANA", "A<!-- x -->N<![CDATA[A &]]> M&#65;&amp;ouml;")));
  expect(nameLines(onlyOne(list.designations))).toEqual(["PRIMARY UNKNOWN ANA & MAö EXAMPLE"]);
});

describe("UN birth dates", () => {
  test.each([
    ["<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1971-05-03</DATE>", "1971-05-03", null, false],
    ["<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1971</YEAR>", "1971", null, false],
    ["<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1958</YEAR><NOTE>Sep.</NOTE>", "1958-09", null, false],
    ["<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1971</YEAR>", "1971", null, true],
    ["<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1965</FROM_YEAR><TO_YEAR>1970</TO_YEAR>", "1965", "1970", false],
    [
      "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1965</FROM_YEAR><TO_YEAR>1970</TO_YEAR><NOTE>Approximately </NOTE>",
      "1965",
      "1970",
      true,
    ],
    ["<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Nov. 1973 </NOTE>", "1973-11", null, false],
    ["<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Between Aug. and Sep. 1977</NOTE>", "1977-08", "1977-09", false],
  ])("%s", async (inside, date, until, approximate) => {
    const list = await parse(unFile(individual(born(inside))));
    expect(onlyOne(list.designations).birthDates).toEqual([{ date, until, approximate }]);
    expect(list.unknown).toEqual({});
  });

  test("that are empty say nothing, and those of an alias count too", async () => {
    const list = await parse(
      unFile(
        individual(`${born("<TYPE_OF_DATE/>")}<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Annie B</ALIAS_NAME>
          <DATE_OF_BIRTH>1979-12-31</DATE_OF_BIRTH></INDIVIDUAL_ALIAS>`),
      ),
    );
    expect(onlyOne(list.designations).birthDates).toEqual([{ date: "1979-12-31", until: null, approximate: false }]);
    expect(list.unknown).toEqual({});
  });

  test.each(["30-35 years old", "24/06/1402 (Hijri Calendar)", "Foo. 1973"])(
    "with the note %j are counted",
    async (note) => {
      const list = await parse(unFile(individual(born(`<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>${note}</NOTE>`))));
      expect(onlyOne(list.designations).birthDates).toEqual([]);
      expect(list.unknown).toEqual({ "birth date": 1 });
    },
  );
});

describe("a UN list is refused", () => {
  const good = unFile(individual(""), entity("EXAMPLE CO", ""));

  test.each([
    ["an alias quality is new", unFile(individual(alias("Middling", "Anna")))],
    ["an element about names is new", unFile(individual("<FIFTH_NAME>X</FIFTH_NAME>"))],
    ["a name is marked up", unFile(individual("").replace("ANA", "<b>ANA</b>"))],
    ["a part of a name stands twice", unFile(individual("<SECOND_NAME>OTHER</SECOND_NAME>"))],
    ["a name stands in an attribute", unFile(individual('<THIRD_NAME value="OTHER"/>'))],
    ["an alias has two names", unFile(individual(alias("Good", "A</ALIAS_NAME><ALIAS_NAME>B")))],
    ["an alias is wrapped", unFile(individual(alias("Good", "A").replace(/<QUALITY>.*NAME>/, "<VALUE>$&</VALUE>")))],
    ["an alias is text alone", unFile(individual("<INDIVIDUAL_ALIAS>Anni MUSTER</INDIVIDUAL_ALIAS>"))],
    ["an entry has no reference number", unFile(individual("", " "))],
    ["a reference number occurs twice", unFile(individual("") + individual(""))],
    ["an entry has no name", unFile("", entity(" ", ""))],
    ["an entry is of another kind", unFile(entity("EXAMPLE CO", ""))],
    ["its root is another", "<sdnList><sdnEntry/></sdnList>"],
    ["it has a namespace", good.replace("<CONSOLIDATED_LIST", '<CONSOLIDATED_LIST xmlns="urn:new"')],
    ["it has another group", good.replace("<ENTITIES>", "<VESSELS/><ENTITIES>")],
    ["it is an HTML page", "<!DOCTYPE html><html><body>Service unavailable</body></html>"],
    ["it is an XHTML page", "<html><body><p>Service unavailable</p></body></html>"],
    ["it is a CSV", "Report Date: 29-Apr-2026\r\n"],
  ])("when %s", async (_what, content) => {
    const error = await errorOf(parse(content));
    expect(error.code).toBe("LIST_MALFORMED");
    expect(error.details["line"]).toBeGreaterThan(0);
  });

  test("when it is cut off, wherever that is", async () => {
    const content = good.trimEnd();
    for (let length = 1; length < content.length; length += 1)
      expect((await errorOf(parse(content.slice(0, length)))).code).toBe("LIST_MALFORMED");
  });

  test("when it is empty", async () => {
    expect((await errorOf(parse("\n"))).code).toBe("LIST_EMPTY");
  });

  test("when entities would grow without bound", async () => {
    const laughs = `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, n) => `<!ENTITY a${String(n)} "&a;&a;">`).join("")}]>`;
    const error = await errorOf(parse(good.replace("<CONSOLIDATED_LIST", `${laughs}<CONSOLIDATED_LIST`)));
    expect(error.code).toBe("LIST_MALFORMED");
    expect(error.message).toContain("DOCTYPE");
  });

  test("when an element or a text has no end, long before the file does", async () => {
    for (const start of ["<INDIVIDUALS><INDIVIDUAL><COMMENTS1>", "<INDIVIDUALS><INDIVIDUAL><A b='", "<!--"]) {
      let sent = 0;
      const endless = async function* (): AsyncGenerator<Uint8Array> {
        yield* chunksOf(`<CONSOLIDATED_LIST>${start}`);
        for (;;) {
          sent += 65_536;
          yield new Uint8Array(65_536).fill(0x61);
        }
      };
      expect((await errorOf(parseUnConsolidated(endless()))).code).toBe("LIST_TOO_LARGE");
      expect(sent).toBeLessThan(1_000_000);
    }
  });

  test("when it goes over a limit", async () => {
    expect((await errorOf(parse(good, { maxBytes: 100 }))).code).toBe("LIST_TOO_LARGE");
    expect((await errorOf(parse(good, { maxRows: 1 }))).code).toBe("LIST_TOO_LARGE");
    expect((await errorOf(parse(good, { maxDepth: 3 }))).code).toBe("LIST_TOO_LARGE");
  });
});
