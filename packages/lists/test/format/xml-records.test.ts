import { describe, expect, test } from "vitest";

import { createXmlRecordsReader, type XmlElement, type XmlLimits } from "../../src/format/xml-records.ts";
import { errorFrom } from "../fixtures.ts";

const limits: XmlLimits = {
  maxRows: 10,
  maxFieldChars: 200,
  maxRowChars: 400,
  maxColumns: 4,
  maxDepth: 6,
  maxElements: 20,
};

function read(xml: string, pieceLength = Infinity): { starts: string[]; records: [string, XmlElement][] } {
  const starts: string[] = [];
  const records: [string, XmlElement][] = [];
  const reader = createXmlRecordsReader(limits, {
    onStart: ({ name, attributes }, depth) => starts.push(`${String(depth)} ${name} ${JSON.stringify(attributes)}`),
    onRecord: (record, group) => records.push([group, record]),
  });
  for (let from = 0; from < xml.length; from += pieceLength) reader.push(xml.slice(from, from + pieceLength));
  reader.end();
  return { starts, records };
}

const document = `<?xml version="1.0" encoding="UTF-8"?>
<!-- kept out --><ROOT at="now"><GROUP>
<R><A id="1">one &amp; two</A><B/><A><![CDATA[<3>]]></A></R></GROUP><OTHER/></ROOT>`;

describe("the XML record reader", () => {
  test("tells the start tags above the records and hands on each record whole", () => {
    const { starts, records } = read(document);
    expect(starts).toEqual(['1 ROOT {"at":"now"}', "2 GROUP {}", "2 OTHER {}"]);
    expect(records).toEqual([
      [
        "GROUP",
        {
          name: "R",
          attributes: {},
          text: "",
          line: 3,
          children: [
            { name: "A", attributes: { id: "1" }, text: "one & two", children: [], line: 3 },
            { name: "B", attributes: {}, text: "", children: [], line: 3 },
            { name: "A", attributes: {}, text: "<3>", children: [], line: 3 },
          ],
        },
      ],
    ]);
  });

  test("says of a web page and of what is no XML at all what it is", async () => {
    const page = await errorFrom(() => void read("\n<!DOCTYPE HTML><html></html>", 3));
    expect(page.message).toContain("a web page came instead of the list");
    const csv = await errorFrom(() => void read("\uFEFF Unique ID,Name\nUN1,x\n<A/>"));
    expect(csv.message).toBe('no XML: something other than "<" begins it at line 1');
  });

  test("reads the same wherever the text is cut", () => {
    for (let length = 1; length <= document.length; length += 1) expect(read(document, length)).toEqual(read(document));
  });

  test.each([
    ["a DOCTYPE", "<!DOCTYPE html><html></html>"],
    [
      "a billion laughs",
      '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><ROOT><GROUP><R><A>&b;</A></R></GROUP></ROOT>',
    ],
    ["an entity nobody declared", "<ROOT><GROUP><R><A>&b;</A></R></GROUP></ROOT>"],
    ["tags that do not match", "<ROOT><GROUP><R><A>Secret</B></R></GROUP></ROOT>"],
    ["an end in the middle", "<ROOT><GROUP><R><A>Secret</A></R>"],
    ["text outside a record", "<ROOT>Secret<GROUP/></ROOT>"],
    ["plain text", "Secret, this is no XML"],
    ["another encoding", '<?xml version="1.0" encoding="ISO-8859-1"?><ROOT/>'],
  ])("refuses %s, with the line and without quoting", async (_what, xml) => {
    const error = await errorFrom(() => void read(xml));
    expect(error.code).toBe("LIST_MALFORMED");
    expect(error.details["line"]).toBeGreaterThan(0);
    expect(error.message).not.toContain("Secret");
    expect(error.cause).toBeUndefined();
  });

  test.each([
    ["maxDepth", `<ROOT><GROUP><R>${"<A>".repeat(4)}`],
    ["maxElements", `<ROOT><GROUP><R>${"<A/>".repeat(20)}`],
    ["maxRows", `<ROOT><GROUP>${"<R/>".repeat(11)}`],
    ["maxColumns", '<ROOT a="" b="" c="" d="" e="">'],
    ["maxFieldChars", `<ROOT><GROUP><R><A>${"x".repeat(201)}</A>`],
    ["maxFieldChars", `<ROOT><!--${"x".repeat(500)}`],
    ["maxFieldChars", `<ROOT><GROUP><R><A>${"x".repeat(500)}`],
    ["maxFieldChars", `<ROOT a="${"x".repeat(500)}`],
    ["maxFieldChars", `<!DOCTYPE ${"x".repeat(500)}`],
    ["maxRowChars", `<ROOT><GROUP><R>${`<A>${"x".repeat(150)}</A>`.repeat(3)}`],
  ])("refuses what goes over %s as soon as it does", async (limit, xml) => {
    const reader = createXmlRecordsReader(limits, { onStart: () => undefined, onRecord: () => undefined });
    const error = await errorFrom(() => {
      for (const char of xml) reader.push(char);
    });
    expect(error.code).toBe("LIST_TOO_LARGE");
    expect(error.details).toMatchObject({ limit });
  });

  test("starts each record with fresh limits", () => {
    const record = `<R>${"<A>xxxxxxxxxx</A>".repeat(18)}</R>`;
    expect(read(`<ROOT><GROUP>${record.repeat(10)}</GROUP></ROOT>`).records).toHaveLength(10);
  });
});
