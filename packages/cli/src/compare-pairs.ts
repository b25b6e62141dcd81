import { createReadStream } from "node:fs";

import { compileParseOptions, createCsvReader } from "@cordon/lists";
import type { DesignationType } from "@cordon/matching";

import { percent } from "./score-pair.ts";
import { outputTo, progressOn, type Terminal } from "./terminal.ts";
import { blaming, UsageError } from "./usage-error.ts";

/** FollowTheMoney's names of what a party is, in lower case. Any other is no type. */
const schemas: ReadonlyMap<string, DesignationType> = new Map<string, DesignationType>([
  ["person", "PERSON"],
  ["organization", "ORGANISATION"],
  ["organisation", "ORGANISATION"],
  ["company", "ORGANISATION"],
  ["publicbody", "ORGANISATION"],
  ["vessel", "VESSEL"],
  ["airplane", "AIRCRAFT"],
  ["aircraft", "AIRCRAFT"],
]);

/** Hundredths of a percent. */
export type PairScorer = (payment: string, listed: string, type: DesignationType | null) => number;

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

interface Columns {
  readonly width: number;
  readonly name1: number;
  readonly name2: number;
  /** -1 when there is none. */
  readonly schema: number;
}

/** Writes the table at `path` with the column `score` appended, no faster than it is read. Throws UsageError. */
export async function comparePairs(path: string, score: PairScorer, terminal: Terminal): Promise<void> {
  const source: AsyncIterable<Uint8Array> = path === "-" ? terminal.stdin : createReadStream(path);
  const output = outputTo(terminal.stdout);
  const progress = progressOn(terminal);
  let columns: Columns | null = null;
  let done = 0;
  await blaming(`--pairs ${path}`, async () => {
    for await (const rows of csvRows(source)) {
      let text = "";
      for (const { cells, line } of rows) {
        if (columns === null) {
          columns = columnsOf(cells);
          text += csvLine([...cells, "score"]);
        } else {
          text += csvLine([...cells, scoreRow(cells, { columns, line, score })]);
          done += 1;
        }
      }
      if (text !== "" && !(await output.write(text))) return;
      progress.to(done, "pairs");
    }
    if (columns === null) throw new UsageError("the file is empty");
  });
  progress.end();
}

/** The rows that ended in each piece of text. */
async function* csvRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Row[]> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rows: Row[] = [];
  const reader = createCsvReader(compileParseOptions({ maxRows: Number.MAX_SAFE_INTEGER }), (cells, line) => {
    rows.push({ cells, line });
  });
  for await (const chunk of chunks) {
    reader.push(decoder.decode(chunk, { stream: true }));
    yield rows;
    rows = [];
  }
  reader.push(decoder.decode());
  reader.end();
  yield rows;
}

function columnsOf(header: readonly string[]): Columns {
  const at = (name: string): number => header.findIndex((cell) => cell.trim().toLowerCase() === name);
  const columns = { width: header.length, name1: at("name1"), name2: at("name2"), schema: at("schema") };
  if (columns.name1 < 0 || columns.name2 < 0) throw new UsageError("line 1 has no columns name1 and name2");
  if (at("score") >= 0) throw new UsageError("line 1 has a column score already");
  return columns;
}

function scoreRow(
  cells: readonly string[],
  { columns, line, score }: { readonly columns: Columns; readonly line: number; readonly score: PairScorer },
): string {
  const { width, name1, name2, schema } = columns;
  if (cells.length !== width)
    throw new UsageError(`line ${String(line)} has ${String(cells.length)} cells where line 1 has ${String(width)}`);
  const type = schemas.get((cells[schema] ?? "").trim().toLowerCase()) ?? null;
  return percent(score(cells[name1] ?? "", cells[name2] ?? "", type));
}

function csvLine(cells: readonly string[]): string {
  const texts = cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return `${texts.join(",")}\n`;
}
