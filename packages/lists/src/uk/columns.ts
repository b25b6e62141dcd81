import { CordonError } from "@cordon/errors";

import { cleanText } from "../format/clean-text.ts";
import { misplacedColumn } from "../format/misplaced-column.ts";
import type { Tally } from "../tally.ts";

/**
 * The columns, by the publisher's own names and in its order. A file without one of them is refused: under a new name it would no longer
 * be read, and nobody would notice.
 */
const ukColumns = [
  "Last Updated",
  "Unique ID",
  "OFSI Group ID",
  "UN Reference Number",
  "Name 6",
  "Name 1",
  "Name 2",
  "Name 3",
  "Name 4",
  "Name 5",
  "Name type",
  "Alias strength",
  "Title",
  "Name non-latin script",
  "Non-latin script type",
  "Non-latin script language",
  "Regime Name",
  "Designation Type",
  "Designation source",
  "Sanctions Imposed",
  "Other Information",
  "UK Statement of Reasons",
  "Address Line 1",
  "Address Line 2",
  "Address Line 3",
  "Address Line 4",
  "Address Line 5",
  "Address Line 6",
  "Address Postal Code",
  "Address Country",
  "Phone number",
  "Website",
  "Email address",
  "Date Designated",
  "D.O.B",
  "Nationality(/ies)",
  "National Identifier number",
  "National Identifier additional information",
  "Passport number",
  "Passport additional information",
  "Position",
  "Gender",
  "Town of birth",
  "Country of birth",
  "Type of entity",
  "Subsidiaries",
  "Parent company",
  "Business registration number (s)",
  "IMO number",
  "Current owner/operator (s)",
  "Previous owner/operator (s)",
  "Current believed flag of ship",
  "Previous flags",
  "Type of ship",
  "Tonnage of ship",
  "Length of ship",
  "Year Built",
  "Hull identification number (HIN)",
] as const;

export type UkColumn = (typeof ukColumns)[number];

/** Where each column stands in this file. */
export interface UkLayout {
  readonly width: number;
  readonly position: Readonly<Record<UkColumn, number>>;
  /** Columns that are new, with the names the publisher gives them. */
  readonly unread: readonly { readonly column: string; readonly at: number }[];
}

const keyOf = (name: string): string => cleanText(name).toLowerCase();

/** Whether this row is the header: it alone has a cell that reads `Unique ID`. */
export function isUkHeader(cells: readonly string[]): boolean {
  return cells.some((cell) => keyOf(cell) === "unique id");
}

/**
 * Maps columns by name; new ones may stand anywhere and are counted as unknown. Throws LIST_MALFORMED, naming the
 * column, when a needed one is missing, stands twice or stands elsewhere.
 */
export function ukLayout(header: readonly string[], line: number, unknown: Tally): UkLayout {
  const names = header.map(keyOf);
  const position = Object.fromEntries(
    ukColumns.map((column) => {
      const at = names.indexOf(keyOf(column));
      if (at < 0) throw columnError(`the column "${column}" is missing`, column, line);
      if (names.includes(keyOf(column), at + 1)) throw columnError(`the column "${column}" stands twice`, column, line);
      return [column, at];
    }),
  ) as Record<UkColumn, number>;
  const misplaced = misplacedColumn(ukColumns, (column) => position[column]);
  if (misplaced !== null) throw columnError(`the column "${misplaced}" is not where it always was`, misplaced, line);

  const read = new Set<string>(ukColumns.map(keyOf));
  const unread = header.flatMap((name, at) => (read.has(keyOf(name)) ? [] : [{ column: cleanText(name), at }]));
  for (const { column } of unread) unknown.count(`column ${column}`);
  return { width: header.length, position, unread };
}

function columnError(what: string, column: string, line: number): CordonError {
  return new CordonError("LIST_MALFORMED", `UK list: ${what} in the header at line ${String(line)}`, {
    details: { column, line },
  });
}
