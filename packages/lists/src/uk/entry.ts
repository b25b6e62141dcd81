import { CordonError } from "@cordon/errors";
import {
  type Designation,
  designationId,
  type DesignationType,
  type ListedBirthDate,
  type ListedName,
  type VesselFactKind,
} from "@cordon/matching/listed";

import { cleanText, detached, unguarded } from "../format/clean-text.ts";
import { dateOfIso, dayMonthYear } from "../publisher/dates.ts";
import { createEntryDetails } from "../publisher/entry-details.ts";
import { createEntryIdentifiers } from "../publisher/entry-identifiers.ts";
import { createEntryNames } from "../publisher/entry-names.ts";
import { nationalitiesOf } from "../publisher/nationalities.ts";
import { separateNames } from "../publisher/separate-names.ts";
import type { Tally } from "../tally.ts";
import { ukBirthDate } from "./birth-date.ts";
import type { UkColumn } from "./columns.ts";
import { ukDesignationTypes, ukFullName, ukNameKinds, ukNameStrengths } from "./names.ts";

/** The cell of a column in the row at hand, "" for an empty one. */
export type UkCell = (column: UkColumn) => string;

/** Longest Unique ID; the published ones have seven characters. */
const longestKey = 32;

/** One designation being gathered from its rows. */
export interface UkEntry {
  readonly addRow: (cell: UkCell, line: number) => void;
  /** Throws LIST_MALFORMED if no row had a name. */
  readonly designation: () => Designation;
}

const nameColumns = [
  "Name 1",
  "Name 2",
  "Name 3",
  "Name 4",
  "Name 5",
  "Name 6",
  "Name type",
  "Alias strength",
] as const;

/** Columns whose cells are gathered as they stand and read once, when the entry is whole. */
const setColumns = [
  "Last Updated",
  "OFSI Group ID",
  "UN Reference Number",
  "Regime Name",
  "Sanctions Imposed",
  "Date Designated",
  "D.O.B",
  "Nationality(/ies)",
] as const;

type SetColumn = (typeof setColumns)[number];

/** Between a column's name, which has none, and its cell. */
const SEPARATOR = "\n";

const numberColumns = [
  { kind: "PASSPORT", value: "Passport number", note: "Passport additional information" },
  { kind: "NATIONAL_ID", value: "National Identifier number", note: "National Identifier additional information" },
  { kind: "IMO", value: "IMO number", note: null },
] as const;

const vesselColumns: readonly (readonly [kind: VesselFactKind, column: UkColumn])[] = [
  ["TYPE", "Type of ship"],
  ["FLAG", "Current believed flag of ship"],
  ["FORMER_FLAG", "Previous flags"],
  ["OWNER", "Current owner/operator (s)"],
  ["FORMER_OWNER", "Previous owner/operator (s)"],
  ["TONNAGE", "Tonnage of ship"],
  ["LENGTH", "Length of ship"],
  ["YEAR_BUILT", "Year Built"],
  ["HULL_NUMBER", "Hull identification number (HIN)"],
];

const remarkColumns = [
  "Title",
  "Designation source",
  "Website",
  "Position",
  "Gender",
  "Type of entity",
  "Subsidiaries",
  "Parent company",
] as const;

/** Prose in which numbers stand that have no column. */
const proseColumns = ["Other Information", "UK Statement of Reasons"] as const;

const addressColumns = [
  "Address Line 1",
  "Address Line 2",
  "Address Line 3",
  "Address Line 4",
  "Address Line 5",
  "Address Line 6",
] as const;

const scriptColumns = ["Name non-latin script", "Non-latin script type", "Non-latin script language"] as const;

function refuse(what: string, line: number): CordonError {
  return new CordonError("LIST_MALFORMED", `UK list: ${what} at line ${String(line)}`, { details: { line } });
}

function typeOf(cell: UkCell, line: number): DesignationType {
  const type = ukDesignationTypes.get(cleanText(cell("Designation Type")).toLowerCase());
  if (type === undefined) throw refuse("a Designation Type that is not known", line);
  return type;
}

/** Kind and strength decide what is matched, so one we do not know refuses the file. */
function namesOf(type: DesignationType, cell: UkCell, line: number, unknown: Tally): readonly ListedName[] {
  const given = (["Name 1", "Name 2", "Name 3", "Name 4", "Name 5"] as const).map(cell);
  const text = ukFullName(type, given, cell("Name 6"));
  const published = cleanText(cell("Name type")).toLowerCase();
  const kind = published === "" ? "ALIAS" : ukNameKinds.get(published);
  if (kind === undefined) throw refuse("a Name type that is not known", line);
  const strength = ukNameStrengths.get(cleanText(cell("Alias strength")).toLowerCase());
  if (strength === undefined) throw refuse("an Alias strength that is not known", line);
  if (text === "") return [];
  if (published === "") unknown.count("name without a type");
  const names = text.includes(";") ? separateCells(type, given, cell("Name 6")) : separateNames(text);
  return names.map((name) => ({ text: name, kind, strength }));
}

/** `A ; B` in Name 6 of a person shares the given names beside it: both `given A` and `given B` are names. */
function separateCells(type: DesignationType, given: readonly string[], family: string): readonly string[] {
  if (given.some((part) => part.includes(";"))) return separateNames(ukFullName(type, given, family));
  return separateNames(cleanText(family)).map((name) => ukFullName(type, given, name));
}

function birthDatesOf(texts: Iterable<string>, unknown: Tally): readonly ListedBirthDate[] {
  const byText = new Map<string, ListedBirthDate>();
  for (const text of texts) {
    const read = ukBirthDate(text);
    if (read === null || !read.whole) unknown.count("birth date");
    if (read !== null) byText.set(`${read.birthDate.date} ${read.birthDate.until ?? ""}`, read.birthDate);
  }
  return [...byText.values()];
}

/** The dates of a column as ISO text, oldest first. */
function datesOf(texts: Iterable<string>, column: string, unknown: Tally): readonly string[] {
  const dates = [...texts].map((text) => dayMonthYear(unguarded(text)) ?? dateOfIso(unguarded(text)));
  for (const date of dates) if (date === null) unknown.count(`date in ${column}`);
  return dates.filter((date) => date !== null).toSorted();
}

/** The letters before the number of a Unique ID (`GIM0014`) are the regime's code. */
function regimeCodeOf(key: string, unknown: Tally): string | null {
  const code = /^([A-Z]{2,5})\d{3,6}$/.exec(key)?.[1] ?? null;
  if (code === null) unknown.count("Unique ID without a regime code");
  return code;
}

/** The Unique ID of a row or element. Throws LIST_MALFORMED for one that cannot be a key. */
export function ukKey(text: string, line: number): string {
  const key = unguarded(text);
  if (key === "" || key.length > longestKey) throw refuse("a designation without a usable Unique ID", line);
  return key;
}

/** Several e-mail addresses or telephone numbers in one cell: `a; b`, `(1) a (2) b`. */
function separateCell(text: string): readonly string[] {
  return text
    .split(/[;|]|\(\d\)/)
    .map(unguarded)
    .filter((part) => part !== "");
}

export interface UkEntryOptions {
  readonly key: string;
  /** Where it first stands in the file. */
  readonly line: number;
  readonly unknown: Tally;
  readonly notKept: Tally;
}

/**
 * Gathers one designation. Rows are a cross product of names, birth dates, documents and countries, so each column is
 * a set; only a name's own cells, a number and the note beside it, the parts of an address, and a town and its country
 * belong together.
 */
export function createUkEntry({ key, line: firstLine, unknown, notKept }: UkEntryOptions): UkEntry {
  const names = createEntryNames(unknown);
  const scriptNames: ListedName[] = [];
  const identifiers = createEntryIdentifiers(unknown);
  const details = createEntryDetails(notKept);
  /** What was read already of each group of columns, by its cells. */
  const seen = new Set<string>();
  /** The cells of all `setColumns`, each behind its column's name: a set for each column would take more than they do. */
  const values = new Set<string>();
  let type: DesignationType | null = null;

  /** The cells of a group, or null if all are empty or the same cells came before. */
  const newCells = (cell: UkCell, columns: readonly UkColumn[]): readonly string[] | null => {
    const cells = columns.map(cell);
    if (cells.every((text) => text === "")) return null;
    const mark = markOf(columns[0] ?? "", cells);
    if (seen.has(mark)) return null;
    seen.add(mark);
    return cells;
  };

  const addNames = (cell: UkCell, line: number, rowType: DesignationType): void => {
    if (newCells(cell, nameColumns) !== null) for (const name of namesOf(rowType, cell, line, unknown)) names.add(name);
    const [text, script, language] = newCells(cell, scriptColumns)?.map(cleanText) ?? [];
    for (const name of separateNames(text ?? ""))
      scriptNames.push({
        text: name,
        kind: "VARIATION",
        strength: "UNKNOWN",
        ...(script === undefined || script === "" ? {} : { script }),
        ...(language === undefined || language === "" ? {} : { language }),
      });
  };

  const addNumbers = (cell: UkCell): void => {
    for (const { kind, value, note } of numberColumns) {
      const cells = newCells(cell, note === null ? [value] : [value, note]);
      if (cells === null) continue;
      const number = unguarded(cells[0] ?? "");
      const remark = cleanText(cells[1] ?? "");
      if (number !== "") {
        identifiers.add(kind, number, remark);
        identifiers.addFromProse(remark, `in ${note ?? value}`);
      } else if (!identifiers.addFromProse(remark, `in ${note ?? value}`)) {
        unknown.count(`${kind} note without a number`);
        details.addRemark(note ?? value, remark);
      }
    }
    const [registration = ""] = newCells(cell, ["Business registration number (s)"])?.map(unguarded) ?? [];
    identifiers.addCell("REGISTRATION", registration, "");
    for (const phone of separateCell(newCells(cell, ["Phone number"])?.[0] ?? "")) identifiers.add("PHONE", phone, "");
    const [email = ""] = newCells(cell, ["Email address"])?.map(unguarded) ?? [];
    for (const part of separateCell(email)) identifiers.addCell("EMAIL", part, "");
  };

  const addDetails = (cell: UkCell): void => {
    const address = newCells(cell, [...addressColumns, "Address Postal Code", "Address Country"])?.map(cleanText);
    if (address !== undefined)
      details.addAddress({
        lines: address.slice(0, addressColumns.length),
        postalCode: address.at(-2) ?? "",
        country: address.at(-1) ?? "",
      });
    details.addBirthPlace(...(newCells(cell, ["Town of birth", "Country of birth"])?.map(cleanText) ?? []));
    for (const [kind, column] of vesselColumns) details.addVesselFact(kind, cleanText(cell(column)));
    for (const column of remarkColumns) details.addRemark(column, cleanText(cell(column)));
    for (const column of proseColumns) {
      const cells = newCells(cell, [column]);
      if (cells !== null) details.addProse(column, cleanText(cells[0] ?? ""), identifiers);
    }
  };

  const addRow = (cell: UkCell, line: number): void => {
    const rowType = typeOf(cell, line);
    if (type !== null && type !== rowType) throw refuse("a second Designation Type for one Unique ID", line);
    type = rowType;
    addNames(cell, line, rowType);
    addNumbers(cell);
    addDetails(cell);
    for (const column of setColumns) {
      const value = cell(column);
      if (value !== "") values.add(detached(`${column}${SEPARATOR}${value}`));
    }
  };

  const valuesOf = (column: SetColumn): readonly string[] => {
    const start = `${column}${SEPARATOR}`;
    return [...values].filter((value) => value.startsWith(start)).map((value) => value.slice(start.length));
  };

  const designation = (): Designation => {
    for (const name of scriptNames) names.add(name);
    const listed = names.list();
    if (type === null || listed.length === 0) throw refuse("a designation without a name, first", firstLine);
    if (listed[0]?.kind !== "PRIMARY") unknown.count("designation without a primary name");
    for (const { text } of listed) if (text.includes("\uFFFD")) unknown.count("damaged character in a name");
    const regimes = valuesOf("Regime Name").map(cleanText);
    if (regimes.length !== 1) unknown.count("designation without one regime");
    const measures = measuresOf(valuesOf("Sanctions Imposed"));
    return {
      id: designationId("uk", key),
      list: "uk",
      type,
      names: listed,
      regime: regimes[0] ?? "",
      regimeCode: regimeCodeOf(key, unknown),
      measures,
      birthDates: birthDatesOf(valuesOf("D.O.B"), unknown),
      nationalities: nationalitiesOf(valuesOf("Nationality(/ies)").map(cleanText), unknown),
      identifiers: identifiers.list(),
      designatedOn: datesOf(valuesOf("Date Designated"), "Date Designated", unknown).at(0) ?? null,
      updatedOn: datesOf(valuesOf("Last Updated"), "Last Updated", unknown).at(-1) ?? null,
      references: [
        ...referencesOf(valuesOf("UN Reference Number"), "un"),
        ...referencesOf(valuesOf("OFSI Group ID"), "ofsi"),
      ],
      ...(measures.length > 0 ? { assetFreeze: measures.some((measure) => /^asset freeze/i.test(measure)) } : {}),
      ...details.fields(),
    };
  };

  return { addRow, designation };
}

/** Marks a group of cells in little memory, however long they are: two 32-bit hashes (FNV-1a) and the length. */
function markOf(group: string, cells: readonly string[]): string {
  let first = 0x811c9dc5;
  let second = 0x01000193;
  let length = 0;
  for (const cell of cells) {
    for (let at = 0; at < cell.length; at += 1) {
      first = Math.imul(first ^ cell.charCodeAt(at), 0x01000193);
      second = Math.imul(second ^ cell.charCodeAt(at), 0x85ebca6b) + at;
    }
    first = Math.imul(first ^ 0x1f, 0x01000193);
    second = Math.imul(second ^ 0x1f, 0x85ebca6b);
    length += cell.length;
  }
  return `${group}${length.toString(36)} ${first.toString(36)} ${second.toString(36)}`;
}

/** `Asset freeze|Travel Ban`, repeats and all, as a set. */
function measuresOf(texts: Iterable<string>): readonly string[] {
  const measures = [...texts].flatMap((text) => text.split("|").map(cleanText));
  return [...new Set(measures.filter((measure) => measure !== ""))];
}

function referencesOf(texts: Iterable<string>, list: string): readonly string[] {
  const keys = new Set([...texts].map(unguarded).filter((key) => key !== ""));
  return [...keys].map((key) => `${list}:${key}`);
}
