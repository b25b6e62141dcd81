import { createReadStream, existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { diffDesignations, guardList, listSources, type ListName, type ParsedList } from "../src/index.ts";
import { chunksOf, errorFrom, errorOf, nameLines } from "./fixtures.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const shared = `${root}../shared/data/lists/`;
const present = existsSync(shared);
const reason = present ? "" : " (skipped: ../shared/data is absent)";
if (!present) console.warn("the tests on the published lists are skipped: ../shared/data is absent");

const read = async (list: ListName, path: string): Promise<ParsedList> =>
  await listSources[list].parse(createReadStream(path));

const un = async (date: string): Promise<ParsedList> => await read("un", `${shared}un/consolidated_${date}.xml`);

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

  test("has 6,046 designations, and nothing that is not understood", async () => {
    const uk = await read("uk", path);
    expect(uk.publishedAt).toBe("2026-04-29");
    expect(uk.counts).toMatchObject({
      rows: 15_316,
      designations: 6_046,
      byType: { PERSON: 3_883, ORGANISATION: 1_531, VESSEL: 632 },
    });
    expect(uk.designations.filter(({ regimeCode }) => regimeCode === "GIM")).toHaveLength(38);
    expect(uk.unknown).toEqual({});
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
      "birth date": 2,
      "damaged character in a name": 1,
      "document without a number": 14,
      "nationality not in the country table": 1,
      "nationality placeholder": 1,
    });
    expect(february.designations.some(({ names }) => names.some(({ text }) => text.includes(";")))).toBe(false);
  });
});
