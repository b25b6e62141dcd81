import fc from "fast-check";
import { expect, test } from "vitest";

import { createCsvReader } from "../../src/format/csv-reader.ts";
import { textPieces } from "../../src/format/text-pieces.ts";

const limits = { maxRows: 1e6, maxFieldChars: 1e6, maxRowChars: 1e6, maxColumns: 100 };

const anyCell = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(",", '"', "\r\n", "\n", "\r", " ", "é", "ع", "金", "🚢", "a"), maxLength: 8 }),
);
// A row of one empty cell is a blank line, which the format cannot tell from none.
const anyRow = fc.array(anyCell, { minLength: 1, maxLength: 6 }).filter((cells) => cells.length > 1 || cells[0] !== "");

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function write(rows: readonly (readonly string[])[], lineEnd: string): string {
  return rows.map((cells) => cells.map(quoted).join(",") + lineEnd).join("");
}

async function* cut(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const places = [...cuts.map((place) => place % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  let from = 0;
  for (const to of places) {
    yield bytes.subarray(from, to);
    from = to;
  }
}

test("any table, written with either line end and cut anywhere in its bytes, reads back as it was", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyRow, { minLength: 1, maxLength: 8 }),
      fc.constantFrom("\r\n", "\n"),
      fc.array(fc.nat(), { maxLength: 20 }),
      async (rows, lineEnd, cuts) => {
        const text = `${write([["head"]], lineEnd)}${write(rows, lineEnd)}`;
        const found: (readonly string[])[] = [];
        const reader = createCsvReader(limits, (cells) => found.push(cells));
        for await (const piece of textPieces(cut(new TextEncoder().encode(text), cuts), 1e6)) reader.push(piece);
        reader.end();
        expect(found).toEqual([["head"], ...rows]);
      },
    ),
    { numRuns: 500 },
  );
});
