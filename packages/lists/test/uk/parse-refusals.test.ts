import { describe, expect, test } from "vitest";

import type { ParseOptions } from "../../src/parse-options.ts";
import type { ParsedList } from "../../src/parsed-list.ts";
import { parseUkSanctionsList } from "../../src/uk/parse.ts";
import { chunksOf, errorOf } from "../fixtures.ts";
import { ukFile, ukHeader, ukRow } from "./uk-file.ts";

const parse = async (content: string, options?: ParseOptions): Promise<ParsedList> =>
  await parseUkSanctionsList(chunksOf(content), options);

describe("a UK list is refused", () => {
  test.each([...ukHeader.slice(0, 12), "Designation Type", "D.O.B", "IMO number"])(
    "when the column %s has another name",
    async (column) => {
      const header = ukHeader.map((name) => (name === column ? `${name} (new)` : name));
      const error = await errorOf(parse(ukFile([ukRow()], { header })));
      expect(error.code).toBe("LIST_MALFORMED");
      expect(error.details["column"]).toBe(column);
    },
  );

  test("when a column stands twice", async () => {
    const error = await errorOf(parse(ukFile([ukRow()], { header: [...ukHeader, "Name type"] })));
    expect(error.details).toEqual({ column: "Name type", line: 2 });
  });

  test.each([
    [
      "the header alone",
      (header: readonly string[]) => ukFile([ukRow()]).replace(ukHeader.join(","), header.join(",")),
    ],
    ["the data with it", (header: readonly string[]) => ukFile([ukRow()], { header })],
  ])("when a column stands elsewhere, %s: nobody knows whether the names moved with it", async (_what, fileOf) => {
    const swapped = ukHeader.map((column) =>
      column === "Name 6" ? "Name 1" : column === "Name 1" ? "Name 6" : column,
    );
    const error = await errorOf(parse(fileOf(swapped)));
    expect(error.code).toBe("LIST_MALFORMED");
    expect(error.details).toEqual({ column: "Name 1", line: 2 });
    const moved = [...ukHeader.slice(1), ...ukHeader.slice(0, 1)];
    expect((await errorOf(parse(fileOf(moved)))).code).toBe("LIST_MALFORMED");
  });

  test.each([
    ["Name type", "Nickname"],
    ["Alias strength", "Middling"],
    ["Designation Type", "Aircraft carrier"],
    ["Designation Type", ""],
    ["Unique ID", ""],
    ["Unique ID", "X".repeat(33)],
  ])("when %s is %j, with the line and without the value", async (column, value) => {
    const error = await errorOf(parse(ukFile([ukRow(), ukRow({ "Unique ID": "TST0002", [column]: value })])));
    expect(error.code).toBe("LIST_MALFORMED");
    expect(error.details).toEqual({ line: 4 });
    expect(error.message).not.toContain(value === "" ? "TST" : value);
  });

  test("when one Unique ID has two types, or no name", async () => {
    const twoTypes = ukFile([ukRow(), ukRow({ "Designation Type": "Ship" })]);
    expect((await errorOf(parse(twoTypes))).details).toEqual({ line: 4 });
    const nameless = ukFile([ukRow(), ukRow({ "Unique ID": "TST0002", "Name 1": "", "Name 6": " " })]);
    expect((await errorOf(parse(nameless))).details).toEqual({ line: 4 });
  });

  test("when it is cut off inside a row, wherever that is", async () => {
    const content = ukFile([ukRow(), ukRow({ "Unique ID": "TST0002", "Other Information": "two\r\nlines" })]).trimEnd();
    const lastRow = content.indexOf("TST0002");
    for (let length = lastRow; length < content.length; length += 1) {
      const error = await errorOf(parse(content.slice(0, length)));
      expect(error.code).toBe("LIST_MALFORMED");
    }
  });

  test.each([
    ["an HTML page", "<!DOCTYPE html>\r\n<html><body>Service unavailable</body></html>"],
    ["an HTML page with commas and quotes", '<html lang="en"><body class="a, b">Error</body></html>'],
    ["a JSON error", '{"error": "no such key"}'],
    ["another CSV", "a,b\r\n".repeat(50)],
    ["plain text", "Not found"],
  ])("when it is %s", async (_what, content) => {
    expect((await errorOf(parse(content))).code).toBe("LIST_MALFORMED");
  });

  test("when it is empty", async () => {
    expect((await errorOf(parse(""))).code).toBe("LIST_EMPTY");
  });

  test("when it goes over a limit", async () => {
    const content = ukFile([ukRow(), ukRow({ "Other Information": "x".repeat(3000) })]);
    expect((await errorOf(parse(content, { maxBytes: 2000 }))).code).toBe("LIST_TOO_LARGE");
    expect((await errorOf(parse(content, { maxFieldChars: 2000 }))).code).toBe("LIST_TOO_LARGE");
    expect((await errorOf(parse(content, { maxRows: 3 }))).code).toBe("LIST_TOO_LARGE");
    expect((await errorOf(parse(content, { maxRows: 0 }))).code).toBe("OPTIONS_INVALID");
  });

  test("when a line has no end, long before the file does", async () => {
    let sent = 0;
    async function* endlessLine(): AsyncGenerator<Uint8Array> {
      yield* chunksOf(`${ukHeader.join(",")}\r\n"`);
      for (;;) {
        sent += 65_536;
        yield new Uint8Array(65_536).fill(0x61);
      }
    }
    expect((await errorOf(parseUkSanctionsList(endlessLine()))).code).toBe("LIST_TOO_LARGE");
    expect(sent).toBeLessThan(1_000_000);
  });
});
