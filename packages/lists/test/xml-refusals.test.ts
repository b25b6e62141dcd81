import { describe, expect, test } from "vitest";

import { guardList, type ListName, listSources } from "../src/index.ts";
import { euEntity, euParts, euXml } from "./eu/eu-file.ts";
import { chunksOf, errorFrom, errorOf } from "./fixtures.ts";
import { advancedXml, party, sanctionsEntry } from "./ofac/advanced-file.ts";
import { personParts, sdnEntry, sdnXml } from "./ofac/sdn-xml-file.ts";
import { ukDesignation, ukXml, ukXmlParts } from "./uk/uk-xml-file.ts";

interface Edition {
  readonly list: ListName;
  /** A file with that many entries. */
  readonly file: (entries: number) => string;
  readonly renamed: readonly [from: string, to: string];
  readonly reordered: string;
}

const numbers = (entries: number): readonly string[] => Array.from({ length: entries }, (_, at) => String(901 + at));

const editions: readonly (readonly [name: string, edition: Edition])[] = [
  [
    "UK XML",
    {
      list: "uk",
      file: (entries) => ukXml(numbers(entries).map((number) => ukDesignation(`TST0${number}`))),
      renamed: ["Name6", "FamilyName"],
      reordered: ukXml([ukDesignation("TST0901", ukXmlParts.toReversed())]),
    },
  ],
  [
    "SDN.XML",
    {
      list: "ofac",
      file: (entries) => sdnXml(numbers(entries).map((number) => sdnEntry(number))),
      renamed: ["lastName", "familyName"],
      reordered: sdnXml([sdnEntry("901", personParts.toReversed())]),
    },
  ],
  [
    "SDN_ADVANCED.XML",
    {
      list: "ofac",
      file: (entries) =>
        advancedXml({
          parties: numbers(entries).map((id) => party({ id })),
          entries: numbers(entries).map((id) => sanctionsEntry(id)),
        }),
      renamed: ["DocumentedName>", "PublishedName>"],
      reordered: advancedXml({ parties: [party({ reordered: true })] }),
    },
  ],
  [
    "EU XML",
    {
      list: "eu",
      file: (entries) => euXml(numbers(entries).map((number) => euEntity(`EU.1.${number}`))),
      renamed: ["wholeName", "fullName"],
      reordered: euXml([euEntity("EU.1.901", euParts.toReversed())]),
    },
  ],
];

async function* endless(): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunksOf('<?xml version="1.0"?><!--')) yield chunk;
  const text = new TextEncoder().encode("A".repeat(65_536));
  for (let at = 0; at < 32_768; at += 1) yield text;
}

const laughs = (root: string): string =>
  `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><${root}>&b;</${root}>`;

describe.each(editions)("%s", (_, { list, file, renamed: [from, to], reordered }) => {
  const parse = async (content: string): Promise<Awaited<ReturnType<(typeof listSources)[ListName]["parse"]>>> =>
    await listSources[list].parse(chunksOf(content));
  const codeOf = async (content: string): Promise<string> => (await errorOf(parse(content))).code;

  test("is read", async () => {
    expect((await parse(file(3))).counts.designations).toBe(3);
  });

  test.each([0.2, 0.5, 0.9, 0.99])("is refused when %s of it is there", async (share) => {
    const whole = file(3);
    expect(await codeOf(whole.slice(0, Math.floor(whole.length * share)))).toBe("LIST_MALFORMED");
  });

  test("is refused when empty", async () => {
    expect(await codeOf("")).toBe("LIST_EMPTY");
  });

  test("is refused when it is an error page", async () => {
    expect(await codeOf("<!DOCTYPE html><html><body>Service unavailable</body></html>")).toBe("LIST_MALFORMED");
    expect(await codeOf("<html><body>Service unavailable</body></html>")).toBe("LIST_MALFORMED");
  });

  test("is refused when the part with the names has another name", async () => {
    expect(await codeOf(file(3).replaceAll(from, to))).toBe("LIST_MALFORMED");
  });

  test("is read the same in another order", async () => {
    const [before] = (await parse(file(1))).designations;
    const [after] = (await parse(reordered)).designations;
    expect(after?.names).toEqual(before?.names);
    expect(new Set(after?.identifiers.map(({ value }) => value))).toEqual(
      new Set(before?.identifiers.map(({ value }) => value)),
    );
  });

  test("is refused with entities of its own", async () => {
    expect(await codeOf(laughs("Sanctions"))).toBe("LIST_MALFORMED");
  });

  test("is refused at a token of 2 GB, before it is read", async () => {
    expect((await errorOf(listSources[list].parse(endless()))).code).toBe("LIST_TOO_LARGE");
  });

  test("is refused by the guard when more than half its entries are gone", async () => {
    const parsed = await parse(file(9));
    const error = await errorFrom(() => {
      guardList({ parsed, previousEntries: 20, maxShrinkPercent: 50 });
    });
    expect(error.code).toBe("LIST_SHRUNK");
  });
});
