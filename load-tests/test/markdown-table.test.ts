import { expect, test } from "vitest";

import { markdownTable } from "../src/markdown-table.ts";

test("a table has a head, a rule and a line for each row", () => {
  const rows = [
    ["a", 1],
    ["b", 2],
  ];
  expect(markdownTable(["what", "how many"], rows)).toBe("| what | how many |\n| --- | --- |\n| a | 1 |\n| b | 2 |");
});

test("no cell ends its row or begins another one", () => {
  expect(markdownTable(["what"], [["one|two\nthree"]])).toBe("| what |\n| --- |\n| one\\|two three |");
});
