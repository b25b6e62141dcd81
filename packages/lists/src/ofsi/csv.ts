import { CordonError } from "@cordon/errors";

import { cleanText } from "../format/clean-text.ts";
import { createCsvReader } from "../format/csv-reader.ts";
import type { TextReader } from "../format/first-character.ts";
import { misplacedColumn } from "../format/misplaced-column.ts";
import type { ParseLimits } from "../parse-options.ts";
import { dayMonthYear } from "../publisher/dates.ts";
import type { Tally } from "../tally.ts";
import { refuseOfsi } from "./entry.ts";
import { type OfsiField, ofsiFieldNames, ofsiFields, type OfsiRecord, requiredFields } from "./fields.ts";

/** The header is the second line. */
const maxLinesBeforeHeader = 20;

/** Columns that are known and say nothing of whom a row names. */
const notRead = new Set(["non-latin script type", "non-latin script language"]);

interface Layout {
  readonly width: number;
  readonly position: ReadonlyMap<OfsiField, number>;
  readonly others: readonly { readonly column: string; readonly at: number }[];
}

const keyOf = (name: string): string => cleanText(name).toLowerCase();

function columnError(what: string, column: string, line: number): CordonError {
  return new CordonError(
    "LIST_MALFORMED",
    `OFSI list: the column "${column}" ${what} in the header at line ${String(line)}`,
    {
      details: { column, line },
    },
  );
}

/** Maps columns by name. Throws LIST_MALFORMED for a needed one that is missing, and for one twice or elsewhere. */
function layoutOf(header: readonly string[], line: number, unknown: Tally): Layout {
  const names = header.map(keyOf);
  const position = new Map<OfsiField, number>();
  for (const field of ofsiFieldNames) {
    const { column } = ofsiFields[field];
    if (column === null) continue;
    const at = names.indexOf(keyOf(column));
    if (at >= 0 && names.includes(keyOf(column), at + 1)) throw columnError("stands twice", column, line);
    if (at >= 0) position.set(field, at);
    else if ((requiredFields as readonly OfsiField[]).includes(field)) throw columnError("is missing", column, line);
    else unknown.count(`column ${column} is missing`);
  }
  const misplaced = misplacedColumn(ofsiFieldNames, (field) => position.get(field));
  if (misplaced !== null)
    throw columnError("is not where it always was", ofsiFields[misplaced].column ?? misplaced, line);
  const read = new Set(position.values());
  const others = header.flatMap((name, at) => (read.has(at) ? [] : [{ column: cleanText(name), at }]));
  for (const { column } of others) if (!notRead.has(keyOf(column))) unknown.count(`column ${column.slice(0, 64)}`);
  return { width: header.length, position, others };
}

export interface OfsiHandlers {
  readonly onRecord: (record: OfsiRecord) => void;
  readonly onPublished: (date: string) => void;
  readonly unknown: Tally;
  readonly notKept: Tally;
}

/** Reads the CSV: `Last Updated,31/01/2026`, then the header, then a row for each name and address of a target. */
export function ofsiCsvReader(
  limits: ParseLimits,
  { onRecord, onPublished, unknown, notKept }: OfsiHandlers,
): TextReader {
  let layout: Layout | null = null;
  let linesBefore = 0;

  const beforeHeader = (cells: readonly string[], line: number): void => {
    if (cells.some((cell) => keyOf(cell) === "group id")) {
      layout = layoutOf(cells, line, unknown);
      return;
    }
    const date = keyOf(cells[0] ?? "") === "last updated" ? dayMonthYear(cleanText(cells[1] ?? "")) : null;
    if (date !== null) onPublished(date);
    linesBefore += 1;
    if (linesBefore > maxLinesBeforeHeader) throw refuseOfsi('no header row with the column "Group ID" until', line);
  };

  const reader = createCsvReader(limits, (cells, line) => {
    if (layout === null) {
      beforeHeader(cells, line);
      return;
    }
    const { width, position, others } = layout;
    if (cells.length !== width)
      throw refuseOfsi(`${String(cells.length)} cells where the header has ${String(width)} (is it cut off?)`, line);
    for (const { column, at } of others) if (cells[at] !== "") notKept.count(column.slice(0, 64));
    onRecord({ field: (name) => cells[position.get(name) ?? -1] ?? "", line });
  });
  return {
    push: reader.push,
    end: () => {
      reader.end();
      if (layout === null) throw refuseOfsi('no header row with the column "Group ID" until', linesBefore);
    },
  };
}
