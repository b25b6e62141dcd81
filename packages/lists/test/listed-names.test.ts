import { createReadStream, existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { cleanText } from "../src/format/clean-text.ts";
import { listSources } from "../src/index.ts";
import { isNoName } from "../src/publisher/name-words.ts";
import { separateNames } from "../src/publisher/separate-names.ts";

const shared = fileURLToPath(new URL("../../../../shared/data/", import.meta.url));
const present = existsSync(`${shared}lists`);
const reason = present ? "" : " (skipped: ../shared/data is absent)";

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

/** Words of publishers that belong to no name: the marks of a list, and what says which script a name is in. */
const marks = /^(?:[a-h]|original|script)$/iu;

/** The names as they stand in the files, before anything is read out of them. */
function publishedNames(): readonly string[] {
  const un = ["20250419", "20251120", "20260227"].map((edition) =>
    readFileSync(`${shared}lists/un/consolidated_${edition}.xml`, "utf8"),
  );
  const ofac = readFileSync(`${shared}lists/ofac-consolidated/consolidated_20250328.xml`, "utf8");
  const csv = ["sdn", "alt"].map((name) => readFileSync(`${shared}lists/ofac/${name}.csv`, "latin1"));
  return [
    ...un.flatMap((file) => file.match(/(?<=<(?:ALIAS_NAME|FIRST_NAME|NAME_ORIGINAL_SCRIPT)>)[^<]+/g) ?? []),
    ...(ofac.match(/(?<=<lastName>)[^<]+/g) ?? []),
    ...csv.flatMap((file) => [...file.matchAll(/^\d+,(?:\d+,"[afn]ka",)?"([^"]+)"/gm)].map(([, name = ""]) => name)),
  ].map(cleanText);
}

describe.skipIf(!present)(`names of the published lists${reason}`, () => {
  test("are still there as a whole, or every word of them is in a name that is", () => {
    const names = [...new Set(publishedNames())];
    const lost = names.filter((name) => {
      const found = separateNames(name);
      if (found.includes(name) || name === "") return false;
      const words = new Set(found.flatMap(wordsOf));
      return !wordsOf(name).every((word) => words.has(word) || marks.test(word));
    });
    console.warn(`${String(names.length)} published names, ${String(lost.length)} lost`);
    expect(lost).toEqual([]);
    expect(names.length).toBeGreaterThan(10_000);
  });

  test("give a party whose name stood with a tale behind it by that name alone", async () => {
    const un = await listSources.un.parse(createReadStream(`${shared}lists/un/consolidated_20260227.xml`));
    const names = new Map(un.designations.map(({ id, names: all }) => [String(id), all.map(({ text }) => text)]));
    expect(names.get("un:TAi.051")).toContain("Abdul Haq");
    expect(names.get("un:TAi.101")).toContain("Mohammad Ishaq Akhund");
    expect(names.get("un:QDi.087")).toContain("Encep Nurjaman");
  });
});

interface FieldCell {
  readonly column: string;
  readonly cell: string;
  readonly hit: readonly string[];
  readonly no_hit: readonly string[];
}

const letters = (text: string): string => wordsOf(text).join(" ").toLowerCase();

test.skipIf(!existsSync(`${shared}field/cells.ndjson`))(
  `the cells of the field have the names that they should${reason}`,
  () => {
    const rows = readFileSync(`${shared}field/cells.ndjson`, "utf8").trim().split("\n");
    const cells = rows.map((line) => JSON.parse(line) as FieldCell).filter(({ column }) => /NAME/i.test(column));
    const wrong = cells.flatMap(({ cell, hit, no_hit }) => {
      const found = separateNames(cell)
        .filter((name) => !isNoName(name))
        .map(letters);
      return [
        ...hit.filter((name) => !found.includes(letters(name.replace(/^name: /, "")))),
        ...no_hit.filter((name) => found.includes(letters(name.replace(/^name: /, "")))),
      ];
    });
    expect(wrong).toEqual([]);
    expect(cells.length).toBeGreaterThan(0);
  },
);
