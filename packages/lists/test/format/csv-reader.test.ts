import { describe, expect, test } from "vitest";

import { createCsvReader, type CsvLimits } from "../../src/format/csv-reader.ts";
import { errorFrom } from "../fixtures.ts";

const limits: CsvLimits = { maxRows: 100, maxFieldChars: 50, maxRowChars: 80, maxColumns: 10 };

function read(text: string, pieceLength = Infinity): { cells: readonly string[]; line: number }[] {
  const rows: { cells: readonly string[]; line: number }[] = [];
  const reader = createCsvReader(limits, (cells, line) => rows.push({ cells, line }));
  for (let from = 0; from < text.length; from += pieceLength) reader.push(text.slice(from, from + pieceLength));
  reader.end();
  return rows;
}

const cellsOf = (text: string): readonly (readonly string[])[] => read(text).map(({ cells }) => cells);

describe("the CSV reader", () => {
  test("takes CRLF and LF, a last line without an end, and empty cells", () => {
    expect(cellsOf("a,b\r\nc,\n,d")).toEqual([
      ["a", "b"],
      ["c", ""],
      ["", "d"],
    ]);
  });

  test("keeps commas, line breaks and doubled quotes inside quoted cells", () => {
    expect(cellsOf('"a,b","say ""hi""","two\r\nlines",""\r\n')).toEqual([["a,b", 'say "hi"', "two\r\nlines", ""]]);
  });

  test("ends a row after a comma as a row with an empty last cell", () => {
    expect(cellsOf("a,")).toEqual([["a", ""]]);
    expect(cellsOf('a,""')).toEqual([["a", ""]]);
  });

  test("skips blank lines and tells the line each row starts on", () => {
    expect(read('a\r\n\r\n"b\r\nb"\r\nc').map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  test("reads the same rows wherever the text is cut", () => {
    const text = 'a,"b ""q"", \r\nc",\r\n\r\n,"",d\n"x"';
    for (let length = 1; length <= text.length; length += 1) expect(read(text, length)).toEqual(read(text));
  });

  test.each([
    ["a quote inside a plain cell", 'ok\na"b,c\n', 2],
    ["text after a closing quote", 'ok\n"a"b\n', 2],
    ["a lone carriage return", "ok\na\rb\n", 2],
    ["a carriage return at the end", "ok\na\r", 2],
    ["an end inside a quoted cell", 'ok\n"a,b\n', 3],
  ])("refuses %s with its line", async (_what, text, line) => {
    const error = await errorFrom(() => void read(text));
    expect(error.code).toBe("LIST_MALFORMED");
    expect(error.details).toEqual({ line });
  });

  test.each([
    ["maxFieldChars", `${"x".repeat(51)}\n`],
    ["maxFieldChars", `"${"x".repeat(51)}`],
    ["maxRowChars", `${"x".repeat(41)},${"x".repeat(41)}\n`],
    ["maxColumns", ",".repeat(10)],
    ["maxRows", "a\n".repeat(101)],
  ])("refuses what goes over %s, before the end of the file is seen", async (limit, text) => {
    const reader = createCsvReader(limits, () => undefined);
    const error = await errorFrom(() => {
      for (const char of `${text}\n`) reader.push(char);
    });
    expect(error.code).toBe("LIST_TOO_LARGE");
    expect(error.details).toMatchObject({ limit });
  });

  test("never quotes the file in an error", async () => {
    const error = await errorFrom(() => void read('Anna "Secret" Example\n'));
    expect(`${error.message} ${JSON.stringify(error.details)}`).not.toContain("Secret");
  });
});
