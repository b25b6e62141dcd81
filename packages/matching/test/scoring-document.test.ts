import { readFileSync, writeFileSync } from "node:fs";

import { expect, test } from "vitest";

import { lineWords } from "../src/text/line-words.ts";
import { weightOf } from "../src/weights/weight.ts";
import { withBlocks } from "./scoring-document.ts";

const path = new URL("../../../docs/specs/scoring.md", import.meta.url);

test("every number of the scoring document is the engine's", () => {
  const document = readFileSync(path, "utf8");
  const fresh = withBlocks(document);
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(path, fresh);
  expect(readFileSync(path, "utf8")).toBe(fresh);
});

test("the words that the document names as examples are what it says", () => {
  expect([weightOf("840"), weightOf("xqwzv"), weightOf("k"), weightOf("mohammed")]).toEqual([16, 12, 3, 4]);
  expect(["payment", "rent", "rechnung"].every((word) => lineWords.has(word))).toBe(true);
});
