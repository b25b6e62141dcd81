import { CordonError } from "@cordon/errors";

import { cleanText } from "../format/clean-text.ts";
import { isPlaceColumn, type PlaceColumn, placeColumnNames, placeColumns } from "./columns.ts";

/** One row as written: the clean, filled values of every column, and where it stands. */
export interface PlaceRecord {
  readonly line: number;
  values(column: PlaceColumn): readonly string[];
  /** The first; empty without. */
  only(column: PlaceColumn): string;
}

/** Where each column stands, from the header. */
export type PlaceLayout = readonly PlaceColumn[];

export function refusePlace(what: string, line: number, column: PlaceColumn | null = null): CordonError {
  const where = column === null ? "" : ` in "${column}"`;
  return new CordonError("LIST_MALFORMED", `list of places: ${what}${where} at line ${String(line)}`, {
    details: column === null ? { line } : { line, column },
  });
}

/** Throws LIST_MALFORMED for a column that is not documented, that stands twice, or a required one that is missing. */
export function placeLayout(header: readonly string[], line: number): PlaceLayout {
  const names = header.map((name) => cleanText(name).toLowerCase());
  if ((names[0] ?? "").startsWith("<")) throw refusePlace("markup (an error page?) where the header should be", line);
  if (names.length === 1 && (names[0] ?? "").includes(";"))
    throw refusePlace("semicolons between the columns where commas should be", line);
  const layout = names.map((name, at) => {
    if (!isPlaceColumn(name)) throw refusePlace(`column ${String(at + 1)} of the header is not a documented one`, line);
    if (names.includes(name, at + 1)) throw refusePlace("a column that stands twice", line, name);
    return name;
  });
  for (const column of placeColumnNames)
    if (placeColumns[column].required && !layout.includes(column))
      throw refusePlace("a header without the column", line, column);
  return layout;
}

/** A cell of several values has `|` between them. Throws LIST_MALFORMED for another width, or an empty required cell. */
export function placeRecord(layout: PlaceLayout, cells: readonly string[], line: number): PlaceRecord {
  if (cells.length !== layout.length)
    throw refusePlace(
      `${String(cells.length)} cells where the header has ${String(layout.length)}; is it cut off?`,
      line,
    );
  const found = new Map<PlaceColumn, readonly string[]>();
  for (const [at, column] of layout.entries()) {
    const cell = cells[at] ?? "";
    const texts = (placeColumns[column].many ? cell.split("|") : [cell]).map(cleanText).filter((text) => text !== "");
    found.set(column, [...new Set(texts)]);
  }
  const values = (column: PlaceColumn): readonly string[] => found.get(column) ?? [];
  for (const column of placeColumnNames)
    if (placeColumns[column].required && values(column).length === 0) throw refusePlace("nothing", line, column);
  return { line, values, only: (column) => values(column)[0] ?? "" };
}
