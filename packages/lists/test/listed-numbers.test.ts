import { createReadStream, existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { type AskedKind, type Designation, type IdentifierKind, keysOfAsked, keysOfListed } from "@cordon/matching";
import { describe, expect, test } from "vitest";

import { createCsvReader } from "../src/format/csv-reader.ts";
import { listSources, ofacFileNames, type ParsedList, parseOfacSdn } from "../src/index.ts";
import { compileParseOptions } from "../src/parse-options.ts";

const shared = fileURLToPath(new URL("../../../../shared/data/lists/", import.meta.url));
const present = existsSync(shared);
const reason = present ? "" : " (skipped: ../shared/data is absent)";

/** What stands in a file: whose it is, the kind of its column, the cell. */
interface Cell {
  readonly id: string;
  readonly kind: IdentifierKind;
  readonly cell: string;
}

const date =
  /\b\d{1,2}[./-]\d{1,2}[./-]\d{4}H?\b|\b(?:\d{1,2} )?(?:[A-Z][a-z]{2,8}\.?) ?\d{4}\b|\b(?:19|20)\d\d-(?:19|20)\d\d\b/g;
const sharedCode = /(?:KPP|PPC)\W{0,4}\d{9}|(?<=\d{10} ?\/ ?)\d{9}\b/g;

const digits = (part: string): number => part.replaceAll(/\D/g, "").length;

/**
 * The oracle, which knows nothing of the rules: what a person would copy out of the cell. Between spaces and punctuation,
 * a part with six digits or more; of a part that a slash divides, each with seven; without the word that is glued to it,
 * a run of seven digits; of a short cell without words, all of it.
 */
function numbersToCopy({ kind, cell }: Cell): readonly string[] {
  if (kind === "EMAIL") return cell.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g) ?? [];
  const text = cell.replaceAll(date, " ; ").replaceAll(sharedCode, " ; ").trim();
  if (kind === "PHONE") return /^[1-9+][\d ()-]{9,}$/.test(text) ? [text] : [];
  if (kind === "IMO") return text.match(/(?<!\d)\d{7}(?!\d)/g) ?? [];
  const parts = text.split(/[\s,;:()·|"“”]+|[–—]/).filter((part) => part !== "");
  const bare = parts.filter((part) => !/[A-Za-z]{3}/.test(part));
  const copied = [
    ...bare.filter((part) => digits(part) >= 6 && (parts.length === 1 || /\d{7}/.test(part))),
    ...bare.flatMap((part) => part.split("/")).filter((part) => digits(part) >= 7),
    ...parts.flatMap((part) => part.match(/(?<![\dA-Za-z]|\w-)\d{7,}(?=[A-Z]?[a-z]{2}|[A-Z]{3,}$|$)/g) ?? []),
    ...parts.flatMap((part) => part.match(/(?<=[a-z]{3}-?)\d{7,}(?=[A-Za-z]{3}|$)/g) ?? []),
    ...(/\p{L}{3}|[;/]/u.test(text) || digits(text) < 6 || text.length > 20 ? [] : [text]),
  ];
  return [...new Set(copied)].filter((number) => !/^\D*(\d)\1*\D*$/.test(number));
}

/** The numbers of the cells that do not hit the entry they stand in; tells how many there were. */
function missedNumbers(name: string, list: ParsedList, cells: readonly Cell[]): readonly string[] {
  const keys = new Map<string, Set<string>>();
  for (const { id, identifiers } of list.designations) keys.set(id, new Set(identifiers.flatMap(keysOfListed)));
  let numbers = 0;
  const missed = cells.flatMap((cell) =>
    numbersToCopy(cell).flatMap((number) => {
      numbers += 1;
      const asked: AskedKind = cell.kind;
      return keysOfAsked(asked, number).some((key) => keys.get(cell.id)?.has(key))
        ? []
        : [`${cell.id} ${cell.kind} ${number}`];
    }),
  );
  console.warn(`${name}: ${String(cells.length)} cells, ${String(numbers)} numbers, ${String(missed.length)} missed`);
  return numbers === 0 ? ["no number at all"] : missed;
}

const columns: readonly (readonly [column: string, IdentifierKind])[] = [
  ["Passport number", "PASSPORT"],
  ["National Identifier number", "NATIONAL_ID"],
  ["Business registration number (s)", "REGISTRATION"],
  ["IMO number", "IMO"],
  ["Email address", "EMAIL"],
  ["Phone number", "PHONE"],
];

function ukCells(path: string): readonly Cell[] {
  const found = new Map<string, Cell>();
  let header: readonly string[] | null = null;
  const reader = createCsvReader(compileParseOptions(), (cells) => {
    if (header === null) {
      if (cells.includes("Unique ID")) header = [...cells];
      return;
    }
    for (const [column, kind] of columns) {
      const cell = cells[header.indexOf(column)] ?? "";
      const id = `uk:${cells[header.indexOf("Unique ID")] ?? ""}`;
      if (cell !== "") found.set(`${id} ${kind} ${cell}`, { id, kind, cell });
    }
  });
  reader.push(readFileSync(path, "utf8"));
  reader.end();
  return [...found.values()];
}

const text = (record: string, element: string): string =>
  (new RegExp(`<${element}>([^<]*)</${element}>`).exec(record)?.[1] ?? "").replaceAll("&amp;", "&").trim();

function unCells(path: string): readonly Cell[] {
  return (readFileSync(path, "utf8").match(/<INDIVIDUAL>[^]*?<\/INDIVIDUAL>/g) ?? []).flatMap((record) =>
    (record.match(/<INDIVIDUAL_DOCUMENT>[^]*?<\/INDIVIDUAL_DOCUMENT>/g) ?? []).flatMap((document) => {
      const [type, cell] = [text(document, "TYPE_OF_DOCUMENT"), text(document, "NUMBER")];
      const kind = /pass?a?port/i.test(type) ? "PASSPORT" : /national id/i.test(type) ? "NATIONAL_ID" : "OTHER";
      return cell === "" ? [] : [{ id: `un:${text(record, "REFERENCE_NUMBER")}`, kind, cell }];
    }),
  );
}

const cellsOf = (designations: readonly Designation[]): readonly Cell[] =>
  designations.flatMap(({ id, identifiers }) => identifiers.map(({ kind, value }) => ({ id, kind, cell: value })));

const ofacKinds: readonly (readonly [RegExp, IdentifierKind])[] = [
  [/passport/i, "PASSPORT"],
  [/^(?:tax id|v\.a\.t)/i, "TAX_ID"],
  [/^(?:registration|business reg|company number|united social)/i, "REGISTRATION"],
  [/^swift/i, "BIC"],
  [/^email/i, "EMAIL"],
];

function ofacXmlCells(path: string): readonly Cell[] {
  return (readFileSync(path, "utf8").match(/<sdnEntry>[^]*?<\/sdnEntry>/g) ?? []).flatMap((record) =>
    (record.match(/<id>[^]*?<\/id>/g) ?? []).flatMap((one) => {
      const kind = ofacKinds.find(([type]) => type.test(text(one, "idType")))?.[1];
      const id = `ofac-consolidated:${text(record, "uid")}`;
      return kind === undefined || text(one, "idNumber") === "" ? [] : [{ id, kind, cell: text(one, "idNumber") }];
    }),
  );
}

const file = (name: keyof typeof ofacFileNames) => createReadStream(`${shared}ofac/${ofacFileNames[name]}`);

describe.skipIf(!present)(`a payment with a number out of any cell hits the entry${reason}:`, () => {
  test("the UK list", async () => {
    const path = `${shared}uk/UK-Sanctions-List.csv`;
    expect(missedNumbers("UK", await listSources.uk.parse(createReadStream(path)), ukCells(path))).toEqual([]);
  });

  test.each(["20250419", "20251120", "20260227"])("the UN list of %s", async (edition) => {
    const path = `${shared}un/consolidated_${edition}.xml`;
    expect(missedNumbers(`UN ${edition}`, await listSources.un.parse(createReadStream(path)), unCells(path))).toEqual(
      [],
    );
  });

  test("OFAC's list", async () => {
    const list = await parseOfacSdn({
      sdn: file("sdn"),
      alt: file("alt"),
      add: file("add"),
      comments: file("comments"),
    });
    expect(missedNumbers("OFAC", list, cellsOf(list.designations))).toEqual([]);
  });

  test("OFAC's consolidated list", async () => {
    const path = `${shared}ofac-consolidated/consolidated_20250328.xml`;
    const list = await listSources["ofac-consolidated"].parse(createReadStream(path));
    expect(missedNumbers("OFAC consolidated", list, [...ofacXmlCells(path), ...cellsOf(list.designations)])).toEqual(
      [],
    );
  });

  test("the OpenSanctions sample", async () => {
    const list = await listSources.opensanctions.parse(
      createReadStream(`${shared}opensanctions/zala.entities.ftm.json`),
    );
    expect(missedNumbers("OpenSanctions", list, cellsOf(list.designations))).toEqual([]);
  });
});
