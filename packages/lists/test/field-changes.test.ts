import type { Designation } from "@cordon/matching";
import { expect, test } from "vitest";

import { diffDesignations } from "../src/diff-designations.ts";
import { describeChanges } from "../src/field-changes.ts";
import { designation } from "./designation.ts";
import { onlyOne } from "./fixtures.ts";

test("an amended designation tells what each field lost and gained", () => {
  const before = designation("A");
  const after = designation("A", {
    regimeCode: null,
    nationalities: ["IQ", "IR"],
    birthDates: [{ date: "1981", until: null, approximate: true }],
    assetFreeze: true,
  });
  expect(describeChanges(onlyOne(diffDesignations([before], [after]).amended))).toEqual([
    { field: "regimeCode", removed: ["TST"], added: [] },
    { field: "birthDates", removed: ["date 1980"], added: ["date 1981, approximate true"] },
    { field: "nationalities", removed: [], added: ["IR"] },
    { field: "assetFreeze", removed: [], added: ["true"] },
  ]);
});

const withNumbers = (wallet: string, passport: string): Designation =>
  designation("A", {
    identifiers: [
      { kind: "WALLET", value: wallet, note: null },
      { kind: "PASSPORT", value: passport, note: null },
    ],
  });

test("the case of a wallet's address is a change, that of a passport is none", () => {
  expect(diffDesignations([withNumbers("1Ab", "p1")], [withNumbers("1Ab", "P1")]).amended).toEqual([]);
  expect(diffDesignations([withNumbers("1Ab", "p1")], [withNumbers("1aB", "p1")]).amended).toHaveLength(1);
});
