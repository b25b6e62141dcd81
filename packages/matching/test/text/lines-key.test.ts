import { expect, test } from "vitest";

import { openSnapshot } from "../../src/engine/open-index.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { designation } from "../example-designations.ts";

const index = openSnapshot(
  compileSnapshot([
    {
      ...designation("1", ["Goran Rasulov", "Brigade 1980"]),
      identifiers: [
        { kind: "IBAN", value: "GB82WEST12345698765432", note: null },
        { kind: "EMAIL", value: "info@listed.example", note: null },
      ],
    },
  ]),
);

test("lines that differ in numbers of nobody have one key, and their ends are in it", () => {
  const key = index.linesKey(["Invoice 12345", "rent for May"]);
  expect(key).toBe("Invoice 88888\nrent for May\n");
  expect(index.linesKey(["Invoice 54321", "rent for May"])).toBe(key);
  expect(index.linesKey(["Invoice 54321 rent", "for May"])).not.toBe(key);
  expect(index.linesKey(["Invoice 1980", "rent for May"])).toBe("Invoice 1980\nrent for May\n");
  expect(index.linesKey(["Furniture-1", "for the garden"])).toBe("Furniture-1\nfor the garden\n");
});

test.each([
  ["an identifier goes on", ["GB82WEST1234", "5698765432"]],
  ["an address may be spelt out", ["mail info at listed d", "ot example"]],
  ["an address may be spelt out in brackets", ["mail info (", "at) listed"]],
  ["an address has its sign", ["mail info@", "listed"]],
  ["it may be encoded", ["71 111", "114 97 110"]],
  ["it may be escaped", ["&#", "71;oran"]],
  ["it is not of ASCII", ["Goran", "Rasul\u00f3v"]],
  ["few syllables stand about a hyphen", ["Chou", "En-lai O1234", "with a long line behind it"]],
  ["few syllables stand there in disguise", ["h5iao-p1ng", "teng1234", "with a long line behind it"]],
  ["a line has two", ["rent\nand heating", "paid"]],
] as const)("lines have no key where %s", (_, lines) => {
  expect(index.linesKey(lines)).toBeNull();
});
