import { createReadStream, existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import {
  diffDesignations,
  guardList,
  type ListName,
  listSources,
  ofacFileNames,
  type ParsedList,
  parseOfacSdn,
} from "../src/index.ts";
import { readRemarks } from "../src/ofac/remarks.ts";
import { commentsFile, type OfacFile, readOfacRows, sdnFile } from "../src/ofac/rows.ts";
import { compileParseOptions } from "../src/parse-options.ts";
import { createEntryDetails } from "../src/publisher/entry-details.ts";
import { createEntryIdentifiers } from "../src/publisher/entry-identifiers.ts";
import { createTally } from "../src/tally.ts";
import { chunksOf, errorFrom, errorOf, nameLines } from "./fixtures.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const shared = `${root}../shared/data/lists/`;
const present = existsSync(shared);
const reason = present ? "" : " (skipped: ../shared/data is absent)";
if (!present) console.warn("the tests on the published lists are skipped: ../shared/data is absent");

const read = async (list: ListName, path: string): Promise<ParsedList> =>
  await listSources[list].parse(createReadStream(path));

const un = async (date: string): Promise<ParsedList> => await read("un", `${shared}un/consolidated_${date}.xml`);

const ofacFile = (name: keyof typeof ofacFileNames) => createReadStream(`${shared}ofac/${ofacFileNames[name]}`);

const ofac = async (): Promise<ParsedList> =>
  await parseOfacSdn({
    sdn: ofacFile("sdn"),
    alt: ofacFile("alt"),
    add: ofacFile("add"),
    comments: ofacFile("comments"),
  });

function find(list: ParsedList, id: string): ParsedList["designations"][number] {
  const found = list.designations.find((designation) => designation.id === id);
  if (found === undefined) throw new Error(`${id} is not on the list`);
  return found;
}

describe("the excerpt kept in the repository", () => {
  test("has the 38 designations of the irregular-migration regime, and nothing that is not understood", async () => {
    const gim = await read("uk", `${root}data/gim/uk-gim.csv`);
    expect(gim.publishedAt).toBe("2026-04-29");
    expect(gim.counts).toEqual({
      rows: 69,
      designations: 38,
      names: 67,
      byType: { PERSON: 32, ORGANISATION: 6, VESSEL: 0, AIRCRAFT: 0, OTHER: 0 },
    });
    expect(gim.unknown).toEqual({});
    expect(gim.designations.every(({ regimeCode }) => regimeCode === "GIM")).toBe(true);
    expect(find(gim, "uk:GIM0047")).toMatchObject({
      names: [{ text: "Nusret SEFEROVIC" }],
      birthDates: [{ date: "1969" }, { date: "1970" }],
      nationalities: ["HR"],
      designatedOn: "2025-10-22",
    });
    expect(() => guardList({ parsed: gim, previousEntries: null, maxShrinkPercent: 50 })).not.toThrow();
  });
});

describe.skipIf(!present)(`the UK list of 29 April 2026${reason}`, () => {
  const path = `${shared}uk/UK-Sanctions-List.csv`;

  test("has 6,046 designations, and nothing that is not understood but numbers too short", async () => {
    const uk = await read("uk", path);
    expect(uk.publishedAt).toBe("2026-04-29");
    expect(uk.counts).toMatchObject({
      rows: 15_316,
      designations: 6_046,
      byType: { PERSON: 3_883, ORGANISATION: 1_531, VESSEL: 632 },
    });
    expect(uk.designations.filter(({ regimeCode }) => regimeCode === "GIM")).toHaveLength(38);
    expect(uk.unknown).toEqual({
      "NATIONAL_ID too short to tell anybody apart": 14,
      "PASSPORT too short to tell anybody apart": 15,
      "REGISTRATION too short to tell anybody apart": 7,
    });
    expect(nameLines(find(uk, "uk:BEL0125"))).toEqual([
      "PRIMARY UNKNOWN KB RADAR",
      "PRIMARY UNKNOWN OJSC KB RADAR-MANAGING COMPANY HOLDING RADAR SYSTEM",
    ]);
    expect(find(uk, "uk:RUS1683").birthDates).toContainEqual({ date: "1975", until: null, approximate: false });
    expect(find(uk, "uk:RUS2701").birthDates).toEqual([{ date: "1900", until: "1999", approximate: true }]);
    expect(find(uk, "uk:AFG0055")).toMatchObject({ references: ["un:TAi.071", "ofsi:7170"] });
    const imo = uk.designations.flatMap(({ identifiers }) => identifiers.filter(({ kind }) => kind === "IMO"));
    expect(imo.every(({ value }) => /^\d{7}$/.test(value))).toBe(true);
  });

  test("is refused by the reader when cut off inside a row, by the guard when half its entries are gone", async () => {
    const cutOff = await errorOf(listSources.uk.parse(createReadStream(path, { end: 1_500_000 })));
    expect(cutOff.code).toBe("LIST_MALFORMED");

    const lines = readFileSync(path, "utf8").split("\r\n");
    const half = await listSources.uk.parse(chunksOf(`${lines.slice(0, 7_000).join("\r\n")}\r\n`, 65_536));
    const error = await errorFrom(() => guardList({ parsed: half, previousEntries: 6_046, maxShrinkPercent: 50 }));
    expect(error.code).toBe("LIST_SHRUNK");
    expect(error.details).toMatchObject({ before: 6_046, now: half.counts.designations });
  });
});

describe.skipIf(!present)(`the UN lists of April and November 2025 and February 2026${reason}`, () => {
  test("have 877, 1,000 and 1,003 entries; +126 -3, then +4 -1 without a change for screening", async () => {
    const [april, november, february] = [await un("20250419"), await un("20251120"), await un("20260227")];
    expect([april, november, february].map(({ counts }) => counts.designations)).toEqual([877, 1_000, 1_003]);
    expect([april, november, february].map(({ publishedAt }) => publishedAt)).toEqual([
      "2025-04-19",
      "2025-11-20",
      "2026-02-27",
    ]);
    expect(february.counts.byType).toMatchObject({ PERSON: 730, ORGANISATION: 273 });

    const first = diffDesignations(april.designations, november.designations);
    expect([first.added.length, first.removed.length]).toEqual([126, 3]);
    expect(first.amended.map(({ after, changedFields }) => [after.id, changedFields])).toEqual([
      ["un:IQi.085", ["names"]],
      ["un:QDi.057", ["addresses"]],
      ["un:QDi.372", ["addresses"]],
      ["un:TAi.068", ["names"]],
    ]);
    const second = diffDesignations(november.designations, february.designations);
    expect([second.added.length, second.removed.length, second.amended.length]).toEqual([4, 1, 0]);
  });

  test("keep joined names apart, and count the little that is not understood", async () => {
    const february = await un("20260227");
    expect(nameLines(find(february, "un:CDe.003")).slice(0, 2)).toEqual([
      "PRIMARY UNKNOWN COMPAGNIE AERIENNE DES GRANDS LACS (CAGL)",
      "PRIMARY UNKNOWN GREAT LAKES BUSINESS COMPANY (GLBC)",
    ]);
    expect(nameLines(find(february, "un:QDi.306"))).toContain("ALIAS STRONG Hassan Ghul");
    expect(february.unknown).toEqual({
      "NATIONAL_ID that no rule reads": 1,
      "NATIONAL_ID too short to tell anybody apart": 3,
      "PASSPORT too short to tell anybody apart": 3,
      "PHONE too short to tell anybody apart": 4,
      "birth date": 2,
      "damaged character in a name": 1,
      "document without a number": 7,
      "nationality not in the country table": 1,
      "nationality placeholder": 1,
    });
    expect(february.designations.some(({ names }) => names.some(({ text }) => text.includes(";")))).toBe(false);
  });
});

describe.skipIf(!present)(`OFAC's list of July 2021${reason}`, () => {
  test("has 8,976 designations, and little that is not understood", async () => {
    const list = await ofac();
    expect(list.counts).toMatchObject({
      rows: 8_976,
      designations: 8_976,
      byType: { PERSON: 4_620, ORGANISATION: 3_673, VESSEL: 406, AIRCRAFT: 277, OTHER: 0 },
    });
    expect(list.unknown).toEqual({
      "IMO that fails its check": 2,
      "NATIONAL_ID too short to tell anybody apart": 17,
      "PASSPORT that no rule reads": 4,
      "PASSPORT too short to tell anybody apart": 10,
      "PHONE that no rule reads": 3,
      "PHONE too short to tell anybody apart": 4,
      "REGISTRATION too short to tell anybody apart": 213,
      "TAX_ID that no rule reads": 1,
      "TAX_ID too short to tell anybody apart": 5,
      "country not in the country table": 19,
    });
    expect(() => guardList({ parsed: list, previousEntries: 8_976, maxShrinkPercent: 0 })).not.toThrow();
    expect(find(list, "ofac:2674")).toMatchObject({
      type: "PERSON",
      names: [
        { text: "ABBAS, Abu", kind: "PRIMARY", strength: "STRONG" },
        { text: "Abu ABBAS", kind: "VARIATION", strength: "STRONG" },
        { text: "ZAYDAN, Muhammad", kind: "ALIAS", strength: "STRONG" },
        { text: "Muhammad ZAYDAN", kind: "ALIAS", strength: "STRONG" },
      ],
      birthDates: [{ date: "1948-12-10" }],
      regime: "SDGT",
    });
    const dates = list.designations.reduce((sum, { birthDates }) => sum + birthDates.length, 0);
    expect(dates).toBeGreaterThan(5_000);
  });

  test("has 2,417 weak a.k.a.s on 1,255 entries and 24 weak former names, all out of the joined remarks", async () => {
    const tally = createTally();
    const limits = compileParseOptions();
    const remarks = new Map<string, string>();
    const gather = (of: OfacFile, name: keyof typeof ofacFileNames): Promise<number> =>
      readOfacRows(of, ofacFile(name), {
        limits,
        unknown: tally,
        onRow: (key, cells) => remarks.set(key, `${remarks.get(key) ?? ""}${cells.at(-1) ?? ""}`),
      });
    await gather(sdnFile, "sdn");
    await gather(commentsFile, "comments");

    const parts = [...remarks.values()].map((text) => {
      const identifiers = createEntryIdentifiers(tally);
      return readRemarks(text, { unknown: tally, identifiers, details: createEntryDetails(tally) });
    });
    const aliases = parts.map(({ weakNames }) => weakNames.filter(({ kind }) => kind === "ALIAS").length);
    expect(aliases.reduce((sum, count) => sum + count, 0)).toBe(2_417);
    expect(aliases.filter((count) => count > 0)).toHaveLength(1_255);
    const former = parts.flatMap(({ weakNames }) => weakNames.filter(({ kind }) => kind === "FORMER"));
    expect(former).toHaveLength(24);

    const list = await ofac();
    expect(nameLines(find(list, "ofac:306"))).toContain("ALIAS WEAK BNC");
    expect(nameLines(find(list, "ofac:28263")).slice(2)).toEqual(["ALIAS WEAK tianyinyin0404", "ALIAS WEAK snowsjohn"]);
  });
});

function fieldOf(aka: string, element: string): string {
  const text = new RegExp(`<${element}>([^<]*)</${element}>`).exec(aka)?.[1] ?? "";
  return text.replaceAll("&amp;", "&").replaceAll("&apos;", "'");
}

describe.skipIf(!present)(`OFAC's consolidated list of 28 March 2025${reason}`, () => {
  const path = `${shared}ofac-consolidated/consolidated_20250328.xml`;

  test("has 443 entries with 1,066 strong and 70 weak aliases, and next to nothing that is not understood", async () => {
    const list = await read("ofac-consolidated", path);
    expect(list.publishedAt).toBe("2025-03-28");
    expect(list.counts).toMatchObject({ designations: 443, byType: { PERSON: 80, ORGANISATION: 363 } });
    expect(list.unknown).toEqual({
      "EMAIL that no rule reads": 1,
      "REGISTRATION too short to tell anybody apart": 2,
    });
    const akas = readFileSync(path, "utf8").match(/<aka>[^]*?<\/aka>/g) ?? [];
    const categories = akas.map((aka) => fieldOf(aka, "category"));
    expect(categories.filter((category) => category === "strong")).toHaveLength(1066);
    expect(categories.filter((category) => category === "weak")).toHaveLength(70);
    const strong = new Set(
      list.designations
        .flatMap(({ names }) => names.filter((name) => name.strength === "STRONG"))
        .map((name) => name.text),
    );
    const weak = new Set(
      list.designations
        .flatMap(({ names }) => names.filter((name) => name.strength === "WEAK"))
        .map((name) => name.text),
    );
    const lost = akas.filter((aka) => {
      const name = [fieldOf(aka, "lastName"), fieldOf(aka, "firstName")].filter((part) => part !== "").join(", ");
      return !(name.includes(";") || strong.has(name) || (fieldOf(aka, "category") === "weak" && weak.has(name)));
    });
    expect(lost).toEqual([]);
  });
});
