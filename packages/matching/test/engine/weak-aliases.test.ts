import { expect, test } from "vitest";

import { openSnapshot } from "../../src/engine/open-index.ts";
import { compileSearchOptions } from "../../src/engine/options.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { designation, weak } from "../example-designations.ts";

const index = openSnapshot(
  compileSnapshot([
    designation("a", ["Qasem Soleimanian", weak("Qasem Soleimani")]),
    designation("b", ["Someone Else", weak("Grom Xaver")]),
    designation("c", ["Grom Xaveer"]),
    designation("d", [
      { text: "Double Entry", kind: "ALIAS", strength: "UNKNOWN" },
      { text: "Entry Double", kind: "ALIAS", strength: "STRONG" },
      { text: "Double, Entry", kind: "PRIMARY", strength: "STRONG" },
    ]),
  ]),
);

function search(name: string, weakAliases: "confirm" | "raise") {
  const result = index.search(name, compileSearchOptions({ weakAliases }));
  if (result.kind !== "matches") throw new Error(result.kind);
  return result.matches.map(({ designation: { id }, score, name: { strength } }) => [id, score, strength]);
}

test("with confirm a weak alias raises nothing alone", () => {
  expect(search("Grom Xaver", "confirm")).toEqual([["test:c", 9150, "UNKNOWN"]]);
});

test("with confirm a weak alias strengthens what another name matched", () => {
  expect(search("Qasem Soleimani", "confirm")).toEqual([["test:a", 10_000, "WEAK"]]);
});

test("with raise a weak alias matches like any name", () => {
  expect(search("Grom Xaver", "raise")).toEqual([
    ["test:b", 10_000, "WEAK"],
    ["test:c", 9150, "UNKNOWN"],
  ]);
});

test("of equal scores the better kept name is shown: stronger, then the primary", () => {
  const result = index.search("double entry", compileSearchOptions());
  expect(result.kind === "matches" && result.matches[0]?.name.text).toBe("Double, Entry");
});
