import { readFileSync } from "node:fs";

import { type Disposition, errorCatalogue, holdReasons } from "@cordon/errors";
import { describe, expect, test } from "vitest";

const document = readFileSync(new URL("../../../docs/specs/errors.md", import.meta.url), "utf8");

/** The cells of each row of the table that follows a heading, without its header. */
function tableAfter(heading: string): readonly (readonly string[])[] {
  const [, section = ""] = document.split(`${heading}\n`);
  return section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe("the catalogue of codes", () => {
  test("has a row in docs/specs/errors.md for each code, in its order, with its disposition", () => {
    const documented = tableAfter("## Codes").map(([code = "", disposition]) => [
      code.replaceAll("`", ""),
      disposition,
    ]);
    expect(documented).toEqual(Object.entries(errorCatalogue).map(([code, { disposition }]) => [code, disposition]));
  });

  test("says of each code what it means, what Cordon does and what a person does", () => {
    for (const row of tableAfter("## Codes")) {
      expect(row).toHaveLength(5);
      for (const sentence of row.slice(2)) expect(sentence).toMatch(/^[A-Z].+\.$/);
    }
  });

  test("uses the dispositions that the document explains, and no others", () => {
    const explained = tableAfter("The disposition alone decides what happens to the work at hand:\n").slice(0, 6);
    const used = new Set<Disposition>(Object.values(errorCatalogue).map(({ disposition }) => disposition));
    expect(explained.map(([disposition = ""]) => disposition.replaceAll("`", "")).toSorted()).toEqual(
      [...used].toSorted(),
    );
  });

  test("has codes that can label a metric and head a runbook", () => {
    for (const code of Object.keys(errorCatalogue)) expect(code).toMatch(/^[A-Z]+(?:_[A-Z]+)+$/);
  });

  test("offers as hold reasons exactly the codes that hold an event", () => {
    const holding = Object.entries(errorCatalogue)
      .filter(([, { disposition }]) => disposition === "hold" || disposition === "dead-letter")
      .map(([code]) => code);
    expect([...holdReasons].toSorted()).toEqual(holding.toSorted());
  });
});
