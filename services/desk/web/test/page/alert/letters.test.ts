import { describe, expect, test } from "vitest";

import { isOfNote, isOfRationale } from "../../../src/page/alert/letters.ts";
import type { Draft } from "../../../src/page/state.ts";

const nothing: Draft = {
  decision: null,
  reasons: [],
  rationale: "",
  isGoodGuy: false,
  days: 180,
  forPair: false,
  note: "",
  record: "",
};
const alphabet = Array.from("abcdefghijklmnopqrstuvwxyz");

/** The letters that are keys still. */
function keysOf(draft: Partial<Draft>): string {
  return alphabet.filter((key) => !isOfRationale({ key, shiftKey: false }, { ...nothing, ...draft })).join("");
}

describe("letters beside the fields of a maker", () => {
  test.each([
    ["nothing is begun", {}, alphabet.join("")],
    ["it is said who it is", { decision: "RELEASE" }, "egjkrtux"],
    ["it is said who it is and why", { decision: "RELEASE", reasons: ["OTHER"] }, "gt"],
    ["the sentence is begun", { decision: "ESCALATE", rationale: "I can" }, "gt"],
    ["the sentence alone is begun", { rationale: "I can" }, "egjkrtux"],
  ] as const)("when %s", (_, draft, keys) => {
    expect(keysOf(draft)).toBe(keys);
  });

  test("capitals and other scripts begin a sentence once it is said who it is; digits and signs never do", () => {
    const said = { ...nothing, decision: "REJECT" } as const;
    expect(isOfRationale({ key: "R", shiftKey: true }, said)).toBe(true);
    expect(isOfRationale({ key: "თ", shiftKey: false }, said)).toBe(true);
    expect(isOfRationale({ key: "R", shiftKey: true }, nothing)).toBe(false);
    // With the capitals lock on, the keys are the same.
    expect(isOfRationale({ key: "X", shiftKey: false }, said)).toBe(false);
    for (const key of ["1", "9", "?", "/", " ", "Enter", "Escape", "F5"])
      expect(isOfRationale({ key, shiftKey: false }, { ...said, reasons: ["OTHER"] })).toBe(false);
  });

  test("no letter agrees while a note is begun", () => {
    expect(isOfNote({ key: "a" }, nothing)).toBe(false);
    expect(isOfNote({ key: "a" }, { ...nothing, note: "Which passport" })).toBe(true);
    expect(isOfNote({ key: "b" }, { ...nothing, note: "Which passport" })).toBe(false);
  });
});
