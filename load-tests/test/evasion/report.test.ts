import { expect, test } from "vitest";

import { causes, type InnocentResult } from "../../src/evasion/innocents.ts";
import type { KindResult } from "../../src/evasion/measure.ts";
import { readEvasionOptions } from "../../src/evasion/options.ts";
import { type Before, breaches, classFigures, documentOf, type EvasionFigures } from "../../src/evasion/report.ts";

const nothing = { found: 0, "wrong-offsets": 0, elsewhere: 0, held: 0, clear: 0 };

function kind(of: KindResult["class"], counts: Partial<KindResult["counts"]>, differences = 0): KindResult {
  const all = { ...nothing, ...counts };
  const samples = Object.values(all).reduce((sum, count) => sum + count, 0);
  return { class: of, name: `${of} kind`, samples, counts: all, drawnAgain: 0, differences, missed: [] };
}

function round(what: string, against: string | null, hits: number, holds = 0, holdsCount = true): InnocentResult {
  const none = Object.fromEntries(causes.map((cause) => [cause, 0])) as InnocentResult["causes"];
  return { what, against, holdsCount, events: 1000, hits, holds, causes: { ...none, Latin: hits }, examples: [] };
}

function figures(kinds: readonly KindResult[], innocents: readonly InnocentResult[] = []): EvasionFigures {
  return { lists: "an invented list", engineVersion: "e", seed: 1, samples: 40, kinds, innocents };
}

test("a class under its goal, and a difference of the two paths, are breaches", () => {
  expect(breaches(figures([kind("field", { found: 38, clear: 2 })]))).toEqual([]);
  expect(breaches(figures([kind("field", { found: 37, clear: 3 })]))).toEqual([
    "Name inside a larger field: 92.5 % of 95 %",
  ]);
  expect(breaches(figures([kind("field", { found: 37, held: 3 })]))).toHaveLength(1);
  expect(breaches(figures([kind("field", { found: 40 }, 1)]))).toEqual([
    "the fast path cleared 1 events that the full one does not",
  ]);
});

test("only of encodings a hold is as good as a hit, and a later issue has no goal", () => {
  expect(breaches(figures([kind("encoding", { found: 1, held: 39 })]))).toEqual([]);
  expect(breaches(figures([kind("encoding", { found: 1, held: 38, "wrong-offsets": 1 })]))).toHaveLength(1);
  expect(breaches(figures([kind("later", { clear: 40 })]))).toEqual([]);
});

test("innocents that alert more than 1.3 times as often are a breach, holds among them unless they are encoded", () => {
  const alone = round("alone", null, 100);
  expect(breaches(figures([], [alone, round("more", "alone", 100, 30)]))).toEqual([]);
  expect(breaches(figures([], [alone, round("more", "alone", 100, 31)]))).toEqual([
    "more: 131 false alarms, 130.0 at most",
  ]);
  expect(breaches(figures([], [alone, round("encoded", "alone", 100, 900, false)]))).toEqual([]);
});

test("figures before are those of the same kinds", () => {
  const before: Before = {
    commit: "d16946f",
    kinds: { "encoding kind": { found: 1, held: 9, samples: 40 } },
    innocents: [],
  };
  const [field, encoding] = classFigures(
    [kind("field", { found: 40 }), kind("encoding", { found: 20, held: 20 })],
    before,
  );
  expect([field?.before, encoding?.before, encoding?.recall]).toEqual([null, 25, 100]);
});

test("the document has no cell with a bar in it, and each kind once", () => {
  const text = documentOf(figures([{ ...kind("field", { found: 40 }), name: "a | b" }]), null, "npm run evasion");
  expect(text).toContain("| a \\| b |");
  expect(text.split("a \\| b")).toHaveLength(2);
});

test("the document counts what made innocents alert", () => {
  const text = documentOf(figures([], [round("alone", null, 7)]), null, "npm run evasion");
  expect(text).toContain(`| hits by what made them | ${causes.join(" | ")} |`);
  expect(text).toContain("| alone | 0 | 0 | 0 | 0 | 7 | 0 |");
});

test("options are read, and wrong ones named", () => {
  expect(readEvasionOptions(["--help"])).toBe("help");
  expect(readEvasionOptions([])).toMatchObject({ seed: 1, samples: 40, innocents: 5000, lines: null, write: false });
  expect(readEvasionOptions(["--class", "field", "--samples", "7"])).toMatchObject({
    class: "field",
    samples: 7,
    innocents: 0,
  });
  for (const wrong of [["--seed", "x"], ["--class", "other"], ["--nothing"], ["--write", "--kind", "phone"], ["stray"]])
    expect(() => readEvasionOptions(wrong)).toThrow(RangeError);
});
