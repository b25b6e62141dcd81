import { describe, expect, test } from "vitest";

import { diffDesignations } from "../src/diff-designations.ts";
import { designation } from "./designation.ts";
import { onlyOne } from "./fixtures.ts";

describe("the diff of two versions", () => {
  test("tells what was added, amended and removed, each sorted by id", () => {
    const before = [designation("D"), designation("B"), designation("A"), designation("C")];
    const after = [
      designation("F"),
      designation("B", { regime: "Other", nationalities: [] }),
      designation("E"),
      designation("C"),
    ];
    const diff = diffDesignations(before, after);
    expect(diff.added.map(({ id }) => id)).toEqual(["uk:E", "uk:F"]);
    expect(diff.removed.map(({ id }) => id)).toEqual(["uk:A", "uk:D"]);
    expect(onlyOne(diff.amended)).toEqual({
      before: before[1],
      after: after[1],
      changedFields: ["regime", "nationalities"],
    });
  });

  test("is empty for edits of case, white space, order, repetition, width and time stamp only", () => {
    const names = [
      { text: "Anna  EXAMPLE", kind: "PRIMARY", strength: "UNKNOWN" },
      { text: "Ｂeta", kind: "ALIAS", strength: "WEAK" },
    ] as const;
    const before = designation("A", { names });
    const after = designation("A", {
      names: [
        { text: "beta", kind: "ALIAS", strength: "WEAK" },
        { text: "ANNA Example ", kind: "PRIMARY", strength: "UNKNOWN" },
        { text: "Anna example", kind: "PRIMARY", strength: "UNKNOWN" },
      ],
      measures: ["travel ban", "Asset freeze", "Asset freeze"],
      identifiers: [{ note: "Issued in  Town", value: "p1", kind: "PASSPORT" }],
      updatedOn: "2026-01-01",
      remarks: [{ label: "Position", text: "Clerk" }],
    });
    expect(diffDesignations([before], [after])).toEqual({ added: [], amended: [], removed: [] });
  });

  test.each([
    ["type", { type: "ORGANISATION" }],
    ["names", { names: [{ text: "Anna EXAMPLE", kind: "ALIAS", strength: "UNKNOWN" }] }],
    ["names", { names: [{ text: "Anna EXAMPLE", kind: "PRIMARY", strength: "WEAK" }] }],
    ["regimeCode", { regimeCode: null }],
    ["measures", { measures: ["Asset freeze"] }],
    ["birthDates", { birthDates: [{ date: "1980", until: null, approximate: true }] }],
    ["identifiers", { identifiers: [{ kind: "PASSPORT", value: "P1", note: null }] }],
    ["designatedOn", { designatedOn: null }],
    ["references", { references: ["un:QDi.901"] }],
    ["assetFreeze", { assetFreeze: true }],
    ["addresses", { addresses: [{ text: "Town, Iraq", city: "Town", postalCode: null, country: "IQ" }] }],
    ["birthPlaces", { birthPlaces: ["Town"] }],
    ["vesselFacts", { vesselFacts: [{ kind: "FLAG", value: "Gabon" }] }],
  ] as const)("sees a change of %s", (field, parts) => {
    const diff = diffDesignations([designation("A")], [designation("A", parts)]);
    expect(onlyOne(diff.amended).changedFields).toEqual([field]);
  });
});
