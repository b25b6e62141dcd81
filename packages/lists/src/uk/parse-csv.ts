import { CordonError } from "@cordon/errors";
import type { Designation } from "@cordon/matching/listed";

import { cleanText } from "../format/clean-text.ts";
import { createCsvReader } from "../format/csv-reader.ts";
import { textPieces } from "../format/text-pieces.ts";
import { compileParseOptions, type ParseOptions } from "../parse-options.ts";
import { type ParsedList, parsedList } from "../parsed-list.ts";
import { dayMonthNameYear, dayMonthYear } from "../publisher/dates.ts";
import { createTally } from "../tally.ts";
import { isUkHeader, type UkColumn, ukLayout, type UkLayout } from "./columns.ts";
import { createUkEntry, type UkEntry, ukKey } from "./entry.ts";

/** The header is the second line; what stands so far down without one is not this list. */
const maxLinesBeforeHeader = 20;

/**
 * Reads the UK Sanctions List, FCDO's CSV with one row for each combination of an entry's names, birth dates,
 * documents and addresses (https://www.gov.uk/government/publications/the-uk-sanctions-list), from bytes cut
 * anywhere. Columns are found by name, rows grouped by `Unique ID`. Needs memory for the designations, not the file.
 *
 * Throws LIST_EMPTY for a file with no content; LIST_TOO_LARGE past a limit; LIST_MALFORMED, with the line, for
 * anything that is not this list or would change which names are matched: a column missing or elsewhere, a row of another width,
 * an unknown name type, alias strength or designation type, an entry without a name.
 */
export async function parseUkCsv(chunks: AsyncIterable<Uint8Array>, options: ParseOptions = {}): Promise<ParsedList> {
  const limits = compileParseOptions(options);
  const unknown = createTally();
  const notKept = createTally();
  const entries = new Map<string, UkEntry>();
  let layout: UkLayout | null = null;
  let publishedAt: string | null = null;
  let linesBefore = 0;
  let rows = 0;

  const beforeHeader = (cells: readonly string[], line: number): void => {
    if (isUkHeader(cells)) {
      layout = ukLayout(cells, line, unknown);
      return;
    }
    refuseOtherFormats(cells, line);
    publishedAt ??= reportDate(cells[0] ?? "");
    linesBefore += 1;
    if (linesBefore > maxLinesBeforeHeader) throw noHeader(line);
  };

  const dataRow = ({ position, unread, width }: UkLayout, cells: readonly string[], line: number): void => {
    if (cells.length !== width) throw otherWidth(cells.length, width, line);
    const cell = (column: UkColumn): string => cells[position[column]] ?? "";
    const key = ukKey(cell("Unique ID"), line);
    const entry = entries.get(key) ?? createUkEntry({ key, line, unknown, notKept });
    entries.set(key, entry);
    entry.addRow(cell, line);
    rows += 1;
    for (const { column, at } of unread) if (cells[at] !== "") notKept.count(column);
  };

  const reader = createCsvReader(limits, (cells, line) => {
    if (layout === null) beforeHeader(cells, line);
    else dataRow(layout, cells, line);
  });
  for await (const text of textPieces(chunks, limits.maxBytes)) reader.push(text);
  reader.end();
  if (layout === null) throw noHeader(linesBefore);
  if (publishedAt === null) unknown.count("report date");

  const designations: Designation[] = [];
  // What was gathered of an entry takes twice the memory of its designation: it goes as that comes.
  for (const [key, entry] of entries) {
    designations.push(entry.designation());
    entries.delete(key);
  }
  return parsedList({
    list: "uk",
    designations,
    publishedAt,
    rows,
    unknown: unknown.counts(),
    notKept: notKept.counts(),
  });
}

/** ISO date out of `Report Date: 29-Apr-2026`, or null. */
function reportDate(cell: string): string | null {
  const text = /^Report Date:\s*(.*)$/i.exec(cleanText(cell))?.[1] ?? "";
  return dayMonthNameYear(text) ?? dayMonthYear(text);
}

function refuseOtherFormats(cells: readonly string[], line: number): void {
  if (!(cells[0] ?? "").trimStart().startsWith("<")) return;
  throw new CordonError("LIST_MALFORMED", "UK list: this is markup, not the CSV", {
    details: { line },
  });
}

function noHeader(line: number): CordonError {
  return new CordonError("LIST_MALFORMED", 'UK list: no header row with the column "Unique ID"', {
    details: { column: "Unique ID", line },
  });
}

function otherWidth(cells: number, width: number, line: number): CordonError {
  return new CordonError(
    "LIST_MALFORMED",
    `UK list: ${String(cells)} cells where the header has ${String(width)}, at line ${String(line)}; is it cut off?`,
    { details: { cells, width, line } },
  );
}
