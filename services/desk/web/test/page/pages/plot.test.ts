import { expect, test } from "vitest";

import { barsOf } from "../../../src/page/pages/plot.tsx";

test("a bar is the first figure of its row, called by all that names the row", () => {
  const columns = [
    { name: "list", unit: "text" },
    { name: "regime", unit: "text" },
    { name: "alerts", unit: "count" },
    { name: "share", unit: "share" },
  ] as const;
  const rows = [
    ["uk", "1: Libya", 7, 0.5],
    ["(held)", "", 2, null],
    ["un", null, null, 1],
  ];
  expect(barsOf({ name: "outcomes", columns, rows })).toEqual([
    { label: "uk, Libya", value: 7 },
    { label: "(held)", value: 2 },
  ]);
  expect(barsOf({ name: "none", columns: [columns[0]], rows: [["uk"]] })).toEqual([]);
});
