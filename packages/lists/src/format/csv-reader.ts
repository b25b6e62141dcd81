import { CordonError } from "@cordon/errors";

import type { ParseLimits } from "../parse-options.ts";

export type CsvLimits = Pick<ParseLimits, "maxRows" | "maxFieldChars" | "maxRowChars" | "maxColumns">;

/** `line` is where the row starts, counted from 1. The array is the receiver's to keep. */
export type OnCsvRow = (cells: readonly string[], line: number) => void;

export interface CsvReader {
  readonly push: (text: string) => void;
  /** Hands on a last row without a line end. Throws LIST_MALFORMED inside a quoted cell: the file was cut off. */
  readonly end: () => void;
}

type State = "cell-start" | "plain" | "quoted" | "quote-seen" | "cr-seen";

const lf = 0x0a;
const cr = 0x0d;
const quote = 0x22;
const comma = 0x2c;

/**
 * Reads comma-separated values as RFC 4180 has them (https://www.rfc-editor.org/rfc/rfc4180), from text cut anywhere.
 * Lines end in CRLF or LF; blank lines are skipped. Strict: a quote inside a plain cell, text after a closing quote
 * and a lone CR are LIST_MALFORMED, because guessing would move text into another column. Past a limit it throws
 * LIST_TOO_LARGE. Errors carry the line, never the text.
 */
export function createCsvReader(limits: CsvLimits, onRow: OnCsvRow): CsvReader {
  let state: State = "cell-start";
  let cells: string[] = [];
  let cell = "";
  let rowChars = 0;
  let rows = 0;
  let line = 1;
  let rowLine = 1;

  const malformed = (what: string): CordonError =>
    new CordonError("LIST_MALFORMED", `${what} at line ${String(line)}`, { details: { line } });
  const tooLarge = (limit: keyof CsvLimits): CordonError =>
    new CordonError("LIST_TOO_LARGE", `the row at line ${String(rowLine)} goes over ${limit}`, {
      details: { line: rowLine, limit, max: limits[limit] },
    });

  const take = (text: string, from: number, to: number): void => {
    cell += text.slice(from, to);
    rowChars += to - from;
    if (cell.length > limits.maxFieldChars) throw tooLarge("maxFieldChars");
    if (rowChars > limits.maxRowChars) throw tooLarge("maxRowChars");
  };

  const endCell = (): void => {
    if (cells.length >= limits.maxColumns) throw tooLarge("maxColumns");
    cells.push(cell);
    cell = "";
  };

  const endRow = (): void => {
    endCell();
    const row = cells;
    cells = [];
    rowChars = 0;
    state = "cell-start";
    if (row.length > 1 || row[0] !== "") {
      rows += 1;
      if (rows > limits.maxRows) throw tooLarge("maxRows");
      onRow(row, rowLine);
    }
    rowLine = line;
  };

  // Invariant: in `plain` and `quoted`, the cell so far is `cell` followed by text[from..at); in the other states it
  // is `cell` alone. `line` counts every LF passed, also quoted ones.
  const push = (text: string): void => {
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === lf) line += 1;
      if (state === "quoted") {
        if (code === quote) {
          take(text, from, at);
          state = "quote-seen";
        }
        continue;
      }
      if (state === "cr-seen" && code !== lf) throw malformed("a carriage return without a line feed");
      switch (code) {
        case comma:
          if (state === "plain") take(text, from, at);
          endCell();
          state = "cell-start";
          break;
        case cr:
          if (state === "plain") take(text, from, at);
          state = "cr-seen";
          break;
        case lf:
          if (state === "plain") take(text, from, at);
          endRow();
          break;
        case quote:
          if (state === "plain") throw malformed("a quote inside an unquoted cell");
          if (state === "quote-seen") take('"', 0, 1);
          state = "quoted";
          from = at + 1;
          break;
        default:
          if (state === "quote-seen") throw malformed("text after a closing quote");
          if (state === "cell-start") {
            state = "plain";
            from = at;
          }
      }
    }
    if (state === "plain" || state === "quoted") take(text, from, text.length);
  };

  const end = (): void => {
    if (state === "quoted") throw malformed("the file ends inside a quoted cell");
    if (state === "cr-seen") throw malformed("a carriage return without a line feed");
    if (cells.length > 0 || state !== "cell-start") endRow();
  };

  return { push, end };
}
