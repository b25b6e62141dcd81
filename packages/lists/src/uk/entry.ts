import { CordonError } from "@cordon/errors";
import {
  type Designation,
  designationId,
  type DesignationType,
  type ListedBirthDate,
  type ListedName,
} from "@cordon/screening";

import { cleanText, detached, unguarded } from "../format/clean-text.ts";
import { dayMonthYear } from "../publisher/dates.ts";
import { createEntryIdentifiers } from "../publisher/entry-identifiers.ts";
import { createEntryNames } from "../publisher/entry-names.ts";
import { nationalitiesOf } from "../publisher/nationalities.ts";
import { separateNames } from "../publisher/separate-names.ts";
import type { Tally } from "../tally.ts";
import { ukBirthDate } from "./birth-date.ts";
import type { UkColumn } from "./columns.ts";
import { ukDesignationTypes, ukFullName, ukNameKinds, ukNameStrengths } from "./names.ts";

/** The cell of a column in the row at hand. */
export type UkCell = (column: UkColumn) => string;

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
  "Name non-latin script",
  "Regime Name",
  "Sanctions Imposed",
  "Date Designated",
  "D.O.B",
  "Nationality(/ies)",
] as const;

const identifierColumns = [
  { kind: "PASSPORT", value: "Passport number", note: "Passport additional information" },
  { kind: "NATIONAL_ID", value: "National Identifier number", note: "National Identifier additional information" },
  { kind: "REGISTRATION", value: "Business registration number (s)", note: null },
  { kind: "IMO", value: "IMO number", note: null },
] as const;

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

/** `IMO9562233` and `8628597` are the same kind of number; anything else stays as published and is counted. */
function imoNumber(value: string, unknown: Tally): string {
  const digits = /^(?:IMO\s*)?(\d{7})$/i.exec(value)?.[1];
  if (digits === undefined && value !== "") unknown.count("IMO number that is not seven digits");
  return digits ?? value;
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
  const dates = [...texts].map((text) => dayMonthYear(unguarded(text)));
  for (const date of dates) if (date === null) unknown.count(`date in ${column}`);
  return dates.filter((date) => date !== null).toSorted();
}

/** The letters before the number of a Unique ID (`GIM0014`) are the regime's code. */
function regimeCodeOf(key: string, unknown: Tally): string | null {
  const code = /^([A-Z]{2,5})\d{3,6}$/.exec(key)?.[1] ?? null;
  if (code === null) unknown.count("Unique ID without a regime code");
  return code;
}

/**
 * Gathers one designation. Rows are a cross product of names, birth dates, documents and countries, so each column is
 * a set; only a name's own cells, and a number and the note beside it, belong together.
 */
export function createUkEntry(key: string, firstLine: number, unknown: Tally): UkEntry {
  const names = createEntryNames();
  const identifiers = createEntryIdentifiers();
  const seenNames = new Set<string>();
  const seenNumbers = new Set<string>();
  const sets = Object.fromEntries(setColumns.map((column) => [column, new Set<string>()])) as Record<
    (typeof setColumns)[number],
    Set<string>
  >;
  let type: DesignationType | null = null;

  const addName = (cell: UkCell, line: number, rowType: DesignationType): void => {
    const seen = detached(nameColumns.map(cell).join("\n"));
    if (seenNames.has(seen)) return;
    seenNames.add(seen);
    for (const name of namesOf(rowType, cell, line, unknown)) names.add(name);
  };

  const addNumbers = (cell: UkCell): void => {
    for (const { kind, value, note } of identifierColumns) {
      const number = cell(value);
      const remark = note === null ? "" : cell(note);
      const seen = detached(`${kind}\n${number}\n${remark}`);
      if ((number === "" && remark === "") || seenNumbers.has(seen)) continue;
      seenNumbers.add(seen);
      const clean = unguarded(number);
      if (clean === "") unknown.count(`${kind} note without a number`);
      identifiers.add(kind, kind === "IMO" ? imoNumber(clean, unknown) : clean, cleanText(remark));
    }
  };

  const addRow = (cell: UkCell, line: number): void => {
    const rowType = typeOf(cell, line);
    if (type !== null && type !== rowType) throw refuse("a second Designation Type for one Unique ID", line);
    type = rowType;
    addName(cell, line, rowType);
    addNumbers(cell);
    for (const column of setColumns) {
      const value = cell(column);
      if (value !== "" && !sets[column].has(value)) sets[column].add(detached(value));
    }
  };

  const designation = (): Designation => {
    for (const text of sets["Name non-latin script"])
      for (const name of separateNames(cleanText(text)))
        names.add({ text: name, kind: "VARIATION", strength: "UNKNOWN" });
    const listed = names.list();
    if (type === null || listed.length === 0) throw refuse("a designation without a name, first", firstLine);
    if (listed[0]?.kind !== "PRIMARY") unknown.count("designation without a primary name");
    for (const { text } of listed) if (text.includes("\uFFFD")) unknown.count("damaged character in a name");
    const regimes = [...sets["Regime Name"]].map(cleanText);
    if (regimes.length !== 1) unknown.count("designation without one regime");
    return {
      id: designationId("uk", key),
      list: "uk",
      type,
      names: listed,
      regime: regimes[0] ?? "",
      regimeCode: regimeCodeOf(key, unknown),
      measures: measuresOf(sets["Sanctions Imposed"]),
      birthDates: birthDatesOf(sets["D.O.B"], unknown),
      nationalities: nationalitiesOf([...sets["Nationality(/ies)"]].map(cleanText), unknown),
      identifiers: identifiers.list(),
      designatedOn: datesOf(sets["Date Designated"], "Date Designated", unknown).at(0) ?? null,
      updatedOn: datesOf(sets["Last Updated"], "Last Updated", unknown).at(-1) ?? null,
      references: [...referencesOf(sets["UN Reference Number"], "un"), ...referencesOf(sets["OFSI Group ID"], "ofsi")],
    };
  };

  return { addRow, designation };
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
