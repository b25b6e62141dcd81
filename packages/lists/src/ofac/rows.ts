import { CordonError } from "@cordon/errors";

import { cleanText } from "../format/clean-text.ts";
import { createCsvReader } from "../format/csv-reader.ts";
import { textPieces } from "../format/text-pieces.ts";
import type { ParseLimits } from "../parse-options.ts";
import type { Tally } from "../tally.ts";

/** One of the four files: its name and how many cells each of its rows has. There is no header to tell. */
export interface OfacFile {
  readonly name: string;
  readonly width: number;
}

export const sdnFile: OfacFile = { name: "sdn.csv", width: 12 };
export const altFile: OfacFile = { name: "alt.csv", width: 5 };
export const addFile: OfacFile = { name: "add.csv", width: 6 };
export const commentsFile: OfacFile = { name: "sdn_comments.csv", width: 2 };

/** `ent_num` and the cells after it, null for OFAC's `-0- `. */
export type OnOfacRow = (key: string, cells: readonly (string | null)[], line: number) => void;

export interface OfacReading {
  readonly limits: ParseLimits;
  readonly unknown: Tally;
  readonly onRow: OnOfacRow;
}

/** DOS's end-of-file byte, alone on the last line. */
const endMark = "\u001a";

/** Longest `ent_num`; the published ones have five digits. */
const longestKey = 12;

export function refuse({ name }: OfacFile, what: string, line: number): CordonError {
  return new CordonError("LIST_MALFORMED", `OFAC list, ${name}: ${what} at line ${String(line)}`, {
    details: { file: name, line },
  });
}

/**
 * Reads one file row by row and returns how many there were. Cells are cleaned, but for the last one, which stands as
 * published: remarks are cut in the middle of a word and go on in another file. A file without the mark at its end is
 * counted, for it may be cut at a line's end. Throws LIST_MALFORMED for a row of another width or without a number as
 * its key, and for rows after the mark.
 */
export async function readOfacRows(
  file: OfacFile,
  chunks: AsyncIterable<Uint8Array>,
  { limits, unknown, onRow }: OfacReading,
): Promise<number> {
  let rows = 0;
  let ended = false;
  const reader = createCsvReader(limits, (cells, line) => {
    if (ended) throw refuse(file, "a row after the mark of the end", line);
    if (cells.length === 1 && cells[0] === endMark) {
      ended = true;
      return;
    }
    if (cells.length !== file.width)
      throw refuse(file, `${String(cells.length)} cells instead of ${String(file.width)} (is it cut off?)`, line);
    const key = (cells[0] ?? "").trim();
    if (!/^\d+$/.test(key) || key.length > longestKey) throw refuse(file, "a row without an entry number", line);
    onRow(key, cells.slice(1).map(valueOf), line);
    rows += 1;
  });
  let last = "";
  for await (const text of textPieces(chunks, limits.maxBytes)) {
    reader.push(text);
    last = text.slice(-1);
  }
  // A row that ends with the file may have lost its end, and an alias with it.
  if (last !== "\n" && last !== endMark) throw refuse(file, "no end of the last line: it is cut off, after", rows);
  reader.end();
  if (!ended && file !== commentsFile) unknown.count(`no mark of the end in ${file.name}`);
  return rows;
}

function valueOf(cell: string, at: number, { length }: readonly string[]): string | null {
  if (cell.trim() === "-0-") return null;
  const value = at === length - 1 ? cell : cleanText(cell);
  return value === "" ? null : value;
}
