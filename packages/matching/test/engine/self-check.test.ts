import { expect, test } from "vitest";

import { type Designation, designationId, newDesignation } from "../../src/designation.ts";
import { openSnapshot } from "../../src/engine/open-index.ts";
import { selfCheck, selfCheckSteps } from "../../src/engine/self-check.ts";
import type { ScreeningIndex } from "../../src/search.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";

function person(at: number): Designation {
  const letters = "abcdefghijklmnopqrstuvwxyz".split("");
  const word = (n: number): string =>
    `${letters[n % 26] ?? ""}${letters[(n * 7) % 26] ?? ""}anovi${letters[(n * 3) % 26] ?? ""}`;
  return newDesignation({
    id: designationId("test", String(at)),
    list: "test",
    type: "PERSON",
    names: [{ text: `${word(at)} ${word(at + 5)}`, kind: "PRIMARY", strength: "WEAK" }],
    regime: "Test",
  });
}

function opened(designations: readonly Designation[]): ScreeningIndex {
  return openSnapshot(compileSnapshot(designations));
}

test("an index that finds who is in it passes, weak names too", () => {
  const index = opened(Array.from({ length: 100 }, (_, at) => person(at)));
  expect(() => {
    selfCheck(index);
  }).not.toThrow();
});

test("it can be taken a question at a time, and finds at its end what it finds at once", () => {
  const good = opened(Array.from({ length: 100 }, (_, at) => person(at)));
  const steps = [...selfCheckSteps(good)].length;
  expect(steps).toBeGreaterThan(100);
  let asked = 0;
  const late: ScreeningIndex = {
    ...good,
    search: (name, options) => (++asked > 90 ? { kind: "matches", matches: [] } : good.search(name, options)),
  };
  let before = 0;
  expect(() => {
    for (const step of selfCheckSteps(late)) before += step === undefined ? 1 : 0;
  }).toThrow(expect.objectContaining({ code: "SNAPSHOT_INVALID" }));
  expect(before).toBeGreaterThan(50);
});

test("an index that finds nobody is refused", () => {
  const blind: ScreeningIndex = { ...opened([person(1)]), search: () => ({ kind: "matches", matches: [] }) };
  expect(() => {
    selfCheck(blind);
  }).toThrow(expect.objectContaining({ code: "SNAPSHOT_INVALID" }));
});

test("an index with nobody in it is refused", () => {
  const empty = { ...opened([person(1)]), lists: [], designations: () => [].values() };
  expect(() => {
    selfCheck(empty);
  }).toThrow(expect.objectContaining({ code: "SNAPSHOT_INVALID" }));
});

const place = {
  kind: "TOWN",
  codes: [],
  elsewhere: [],
  rule: "hit",
  ruleInText: "hit",
  ruleOfOrigin: "tell",
} as const;

test("an index passes with places in it, which no search of names finds, and with places alone", () => {
  const places = [1, 2, 3].map((at) => ({ ...person(at + 1000), place }));
  for (const index of [opened([person(1), ...places, person(2)]), opened(places)])
    expect(() => {
      selfCheck(index);
    }).not.toThrow();
  expect(opened(places).places()).toHaveLength(3);
});
