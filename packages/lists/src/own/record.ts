import { CordonError } from "@cordon/errors";

import { cleanText } from "../format/clean-text.ts";
import { jsonObject, textsOf } from "../format/json-lines.ts";
import { isOwnColumn, type OwnColumn, ownColumnNames, ownColumns } from "./columns.ts";

/** One entry as written: the clean, filled values of every column, and where it stands. */
export interface OwnRecord {
  readonly values: (column: OwnColumn) => readonly string[];
  readonly line: number;
}

/** Names the column and the line, and never the text: it may be a person's. */
export function refuseOwn(what: string, line: number, column: OwnColumn | null = null): CordonError {
  const where = column === null ? "" : ` in "${column}"`;
  return new CordonError("LIST_MALFORMED", `own list: ${what}${where} at line ${String(line)}`, {
    details: column === null ? { line } : { line, column },
  });
}

function recordOf(found: ReadonlyMap<OwnColumn, readonly string[]>, line: number): OwnRecord {
  const filled = new Map(
    [...found].map(([column, texts]): [OwnColumn, readonly string[]] => [
      column,
      [...new Set(texts.map(cleanText).filter((text) => text !== ""))],
    ]),
  );
  for (const column of ownColumnNames)
    if (ownColumns[column].required && (filled.get(column) ?? []).length === 0)
      throw refuseOwn("nothing", line, column);
  return { values: (column) => filled.get(column) ?? [], line };
}

/** Where each column stands, from the header. Columns may be left out, and come in any order. */
export type OwnLayout = readonly OwnColumn[];

/**
 * Reads the CSV header. Throws LIST_MALFORMED for a column that is not documented (a misspelt one would lose its
 * names in silence), one that stands twice, or a required one that is missing.
 */
export function ownLayout(header: readonly string[], line: number): OwnLayout {
  const names = header.map((name) => cleanText(name).toLowerCase());
  if ((names[0] ?? "").startsWith("<")) throw refuseOwn("markup (an error page?) where the header should be", line);
  if (names.length === 1 && (names[0] ?? "").includes(";"))
    throw refuseOwn("semicolons between the columns where commas should be", line);
  const layout = names.map((name, at) => {
    // Without its text: in a file without a header this would be somebody's name.
    if (!isOwnColumn(name)) throw refuseOwn(`column ${String(at + 1)} of the header is not a documented one`, line);
    if (names.includes(name, at + 1)) throw refuseOwn("a column that stands twice", line, name);
    return name;
  });
  for (const column of ownColumnNames)
    if (ownColumns[column].required && !layout.includes(column))
      throw refuseOwn("a header without the column", line, column);
  return layout;
}

/** One CSV row; a cell of several values has `|` between them. Throws LIST_MALFORMED for another width. */
export function ownRecordOfRow(layout: OwnLayout, cells: readonly string[], line: number): OwnRecord {
  if (cells.length !== layout.length)
    throw refuseOwn(
      `${String(cells.length)} cells where the header has ${String(layout.length)}; is it cut off?`,
      line,
    );
  const found = layout.map((column, at): [OwnColumn, readonly string[]] => {
    const cell = cells[at] ?? "";
    return [column, ownColumns[column].many ? cell.split("|") : [cell]];
  });
  return recordOf(new Map(found), line);
}

function textsOfValue(column: OwnColumn, value: unknown, line: number): readonly string[] {
  if (value === null) return [];
  if (typeof value === "string") return [value];
  if (column === "asset_freeze" && typeof value === "boolean") return [value ? "yes" : "no"];
  const texts = ownColumns[column].many ? textsOf(value) : null;
  if (texts === null)
    throw refuseOwn(ownColumns[column].many ? "neither a text nor an array of texts" : "no text", line, column);
  return texts;
}

/** One JSON object; several values are an array. Throws LIST_MALFORMED as the CSV does. */
export function ownRecordOfJson(value: unknown, line: number): OwnRecord {
  const object = jsonObject(value);
  if (object === null) throw refuseOwn("a value that is no object", line);
  const found = Object.entries(object).map(([name, texts], at): [OwnColumn, readonly string[]] => {
    if (!isOwnColumn(name)) throw refuseOwn(`member ${String(at + 1)} is not a documented column`, line);
    return [name, textsOfValue(name, texts, line)];
  });
  return recordOf(new Map(found), line);
}
