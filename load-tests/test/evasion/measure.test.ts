import { compileSnapshot, type Designation, openSnapshot } from "@cordon/matching";
import { describe, expect, test } from "vitest";

import { hidden } from "../../src/evasion/hidden.ts";
import { judge } from "../../src/evasion/judge.ts";
import { controlOf, measureTrick, sampleOf } from "../../src/evasion/measure.ts";
import { plantSource } from "../../src/evasion/plants.ts";
import { type Screener, screenerOf } from "../../src/evasion/screener.ts";
import { settled } from "../../src/evasion/settled.ts";
import type { Stage, Trick } from "../../src/evasion/trick.ts";
import { pools } from "../../src/evasion/words.ts";
import { invented } from "./invented.ts";

const screener = screenerOf(openSnapshot(compileSnapshot(invented)));
const [person, another] = invented;
if (person === undefined || another === undefined) throw new Error("nobody is invented");
const persons = [person];

function trickThat(play: (stage: Stage) => void): Trick {
  return {
    class: "field",
    name: "a trick",
    wants: { what: "name", types: ["PERSON"] },
    of: "payments",
    play(stage) {
      play(stage);
      return true;
    },
  };
}

const inLine = trickThat(({ draft, plant }) =>
  draft.hide("remittanceInformation[0]", hidden("for ", plant.text, " in May")),
);
const inMessageType = trickThat(({ draft, plant }) => draft.hide("eventId", hidden("ref ", plant.text)));
const lostName = trickThat(({ draft }) => draft.hide("parties[0].name", hidden("", "Q\ufffdq Zz\ufffd")));
const saidElsewhere = trickThat(({ draft, plant }) => {
  draft.set("parties[0].name", plant.text);
  draft.hide("eventId", hidden("", "nobody"));
});
const saidTooWide = trickThat(({ draft, plant }) =>
  draft.hide("remittanceInformation[0]", hidden("", `for ${plant.text} with words`)),
);

function measured(trick: Trick, more: Partial<Parameters<typeof measureTrick>[1]> = {}) {
  const options = { screener, plants: plantSource(persons), pools, seed: 1, samples: 6, ...more };
  return measureTrick(trick, options);
}

describe("on a list of a few invented designations, the harness tells", () => {
  test.each([
    ["what is found", inLine, { found: 6 }],
    ["what is clear, for nobody reads it", inMessageType, { clear: 6 }],
    ["what is held", lostName, { held: 6 }],
    ["a hit that stands elsewhere", saidElsewhere, { elsewhere: 6 }],
    ["offsets that do not cover what was hidden", saidTooWide, { "wrong-offsets": 6 }],
  ] as const)("%s", (_, trick, expected) => {
    const none = { found: 0, "wrong-offsets": 0, elsewhere: 0, held: 0, clear: 0 };
    const { counts, missed, differences } = measured(trick);
    expect(counts).toEqual({ ...none, ...expected });
    expect(missed.length).toBe(6 - counts.found);
    expect(differences).toBe(0);
  });
});

test("an event that the fast path clears and the full one does not is a difference", () => {
  const careless: Screener = { ...screener, both: (draft) => ({ ...screener.both(draft), clearByParts: true }) };
  expect(measured(inLine, { screener: careless }).differences).toBe(6);
  expect(measured(inMessageType, { screener: careless }).differences).toBe(0);
});

test("the fast path clears an innocent event, and no event with a listed name", () => {
  const innocent = controlOf(
    { designation: null, type: "PERSON", text: "Amelia Whitcombe", kind: null, currency: null },
    pools,
  );
  const guilty = controlOf(
    { designation: person, type: "PERSON", text: "Goran Jalal Rasulov", kind: null, currency: null },
    pools,
  );
  expect(screener.both(innocent)).toMatchObject({ clearByParts: true, outcome: { kind: "clear" } });
  expect(screener.both(guilty)).toMatchObject({ clearByParts: false, outcome: { kind: "hit" } });
  expect([screener.once(innocent), screener.once(guilty)?.kind]).toEqual([null, "hit"]);
});

test("a name that does not hit when it is plain is drawn again", () => {
  const notIndexed: Designation = {
    ...person,
    id: "own:X" as Designation["id"],
    names: [{ text: "Mirela Vasquinto", kind: "PRIMARY", strength: "STRONG" }],
  };
  const plants = plantSource([...persons, notIndexed]);
  const options = { screener, plants, pools, seed: 1, samples: 30 };
  const samples = Array.from({ length: 30 }, (_, number) => sampleOf(inLine, number, options));
  expect(samples.every(({ plant }) => plant.designation.id === "own:P1")).toBe(true);
  expect(samples.some(({ again }) => again > 0)).toBe(true);
  expect(() => sampleOf(inLine, 0, { ...options, plants: plantSource([notIndexed]) })).toThrow(RangeError);
});

test("a sample depends on seed, kind and number alone", () => {
  const options = { screener, plants: plantSource(invented), pools, seed: 7, samples: 1 };
  const once = sampleOf(inLine, 3, options).draft.event;
  expect(sampleOf(inLine, 3, options).draft.event).toEqual(once);
  expect(sampleOf(inLine, 4, options).draft.event).not.toEqual(once);
  expect(sampleOf(inLine, 3, { ...options, seed: 8 }).draft.event).not.toEqual(once);
});

test("a designation that the hit does not name is not found, wherever it points", () => {
  const draft = controlOf(
    { designation: person, type: "PERSON", text: "Goran Jalal Rasulov", kind: null, currency: null },
    pools,
  );
  const { outcome } = screener.both(draft);
  expect(judge(outcome, person, draft.parts)).toBe("found");
  expect(judge(outcome, another, draft.parts)).toBe("elsewhere");
});

test("words that alert by themselves are left out of the pools", () => {
  const mixed = {
    ...pools,
    persons: ["Amelia Whitcombe", "Goran Jalal Rasulov"],
    streets: ["7 Orchard Lane", "Northern Lantern Shipping Company"],
  };
  expect(settled(mixed, screener)).toMatchObject({ persons: ["Amelia Whitcombe"], streets: ["7 Orchard Lane"] });
});
