import { expect, test } from "vitest";

import { misplacedColumn } from "../../src/format/misplaced-column.ts";

const documented = ["a", "b", "c", "d"] as const;
const misplacedIn = (header: string): string | null =>
  misplacedColumn(documented, (column) => (header.includes(column) ? header.indexOf(column) : undefined));

test("columns in their order are in place, whatever is missing or new", () => {
  expect(["abcd", "xaxbxcxdx", "bd", ""].map(misplacedIn)).toEqual([null, null, null, null]);
});

test("the first column before one that belongs ahead of it is told", () => {
  expect(["bacd", "dabc", "abdc", "dcba"].map(misplacedIn)).toEqual(["b", "d", "d", "b"]);
});
