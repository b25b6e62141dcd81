import { describe, expect, test } from "vitest";

import { listSources, parseOfacXml } from "../../src/index.ts";
import { chunksOf, errorOf, nameLines, onlyOne } from "../fixtures.ts";
import { sdnEntry, sdnXml } from "./sdn-xml-file.ts";

const parse = async (content: string): ReturnType<typeof parseOfacXml> => await parseOfacXml("ofac", chunksOf(content));

describe("an OFAC list as SDN.XML", () => {
  test("becomes designations with every field", async () => {
    const list = await parse(sdnXml([sdnEntry()]));
    const designation = onlyOne(list.designations);
    expect(list.publishedAt).toBe("2025-03-28");
    expect(nameLines(designation)).toEqual([
      "PRIMARY STRONG EXAMPLE, Anna Test",
      "VARIATION STRONG Anna Test EXAMPLE",
      "ALIAS STRONG SAMPLE, Ann",
      "ALIAS STRONG Ann SAMPLE",
      "FORMER WEAK MUSTER, Anni",
      "FORMER WEAK Anni MUSTER",
    ]);
    expect(designation).toMatchObject({
      id: "ofac:901",
      type: "PERSON",
      regime: "TEST-A, TEST-B",
      birthDates: [{ date: "1975", until: null, approximate: true }],
      nationalities: ["IQ"],
      birthPlaces: ["Exampletown, Iraq"],
      addresses: [{ text: "1 Example Road, Exampletown, Iraq", city: "Exampletown", country: "IQ" }],
    });
    expect(designation.identifiers).toMatchObject([
      { kind: "PASSPORT", value: "A1234567", country: "IQ" },
      { kind: "WALLET", value: `0x${"ab".repeat(20)}`, currency: "ETH" },
    ]);
    expect(designation.remarks).toContainEqual({ label: "Secondary sanctions risk", text: "Invented" });
  });

  test("counts a type of number that is not known, and keeps the number as a remark", async () => {
    const list = await parse(sdnXml([sdnEntry()]));
    expect(list.unknown).toEqual({ "document Moon Permit": 1 });
    expect(onlyOne(list.designations).remarks).toContainEqual({ label: "Moon Permit", text: "7" });
  });

  test("claims no asset freeze for the consolidated list, whose designations have its own prefix", async () => {
    const list = await listSources["ofac-consolidated"].parse(chunksOf(sdnXml([sdnEntry()])));
    expect(onlyOne(list.designations).id).toBe("ofac-consolidated:901");
    expect(onlyOne(list.designations).assetFreeze).toBeUndefined();
  });

  test.each([
    ["another count than it states", sdnXml([sdnEntry()], 2)],
    ["a uid twice", sdnXml([sdnEntry(), sdnEntry()])],
    ["an unknown sdnType", sdnXml([sdnEntry()]).replace("Individual", "Planet")],
    ["an unknown category of alias", sdnXml([sdnEntry()]).replace("strong", "middling")],
    ["an unknown type of alias", sdnXml([sdnEntry()]).replace("f.k.a.", "z.k.a.")],
    ["a name twice in one place", sdnXml([sdnEntry()]).replace("<lastName>", "<lastName>OTHER</lastName><lastName>")],
    ["a name that is marked up", sdnXml([sdnEntry()]).replace("<lastName>", "<lastName><b>OTHER</b> ")],
    ["another namespace", sdnXml([sdnEntry()]).replace("exports/XML", "exports/YML")],
  ])("is refused with %s", async (_, content) => {
    expect((await errorOf(parse(content))).code).toBe("LIST_MALFORMED");
  });

  test("is refused as a single CSV file, with the way out", async () => {
    const error = await errorOf(listSources.ofac.parse(chunksOf('306,"EXAMPLE"\r\n')));
    expect([error.code, error.message.includes("folder")]).toEqual(["LIST_MALFORMED", true]);
  });
});

describe("another of OFAC's files", () => {
  const enhanced = `<?xml version="1.0" encoding="utf-8"?><sanctionsData xmlns="https://example.org/ENHANCED_XML"><entities/></sanctionsData>`;

  test.each([
    ["ofac", enhanced, "SDN_ADVANCED.XML or SDN.XML"],
    ["ofac-consolidated", enhanced, "CONS_ADVANCED.XML or CONSOLIDATED.XML"],
    ["ofac", "<html><body>moved</body></html>", "SDN_ADVANCED.XML or SDN.XML"],
    ["ofac", "<x:nothing xmlns:x='urn:x'/>", "SDN_ADVANCED.XML or SDN.XML"],
    ["ofac", "901,ANNA,individual\n", "the folder that holds them"],
  ] as const)("is refused for %s with the name of the file to take instead: %s", async (list, content, instead) => {
    const error = await errorOf(listSources[list].parse(chunksOf(content)));
    expect([error.code, error.message]).toEqual(["LIST_MALFORMED", expect.stringContaining(instead)]);
  });

  test("is told from one that is read by its own name, whatever prefix it has", async () => {
    const list = await listSources.ofac.parse(chunksOf(sdnXml([sdnEntry()])));
    expect(list.counts.designations).toBe(1);
  });
});
