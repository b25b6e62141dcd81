import { createEncoder, type Payment, type Remittance, subjectOf, topics } from "@cordon/schemas";
import { seededRandom } from "@cordon/simulator";
import { describe, expect, test } from "vitest";

import { type Draft, newDraft } from "../../src/evasion/draft.ts";
import { type Plant, plantSource } from "../../src/evasion/plants.ts";
import type { Trick } from "../../src/evasion/trick.ts";
import { tricks } from "../../src/evasion/tricks.ts";
import { pools, wordsOf } from "../../src/evasion/words.ts";
import { invented } from "./invented.ts";

const plants = plantSource(invented);
const SAMPLES = 8;
const encodePayment = createEncoder(subjectOf(topics.payments));
const encodeRemittance = createEncoder(subjectOf(topics.remittances));
const aPartysName = /^(?:parties\[\d\]|sender|beneficiary)\.name$/;

interface Played {
  readonly draft: Draft;
  readonly plant: Plant;
}

function played(trick: Trick, seed: number): Played {
  const random = seededRandom(seed);
  const words = wordsOf(pools, random);
  for (let draws = 0; draws < 200; draws++) {
    const plant = plants.draw(trick.wants, random);
    const draft = newDraft(words, { of: trick.of });
    if (trick.play({ draft, plant, words })) return { draft, plant };
  }
  throw new Error(`${trick.name} cannot be played`);
}

function samplesOf(trick: Trick): readonly Played[] {
  return Array.from({ length: SAMPLES }, (_, number) => played(trick, number + 1));
}

function at(event: object, path: string): unknown {
  return [...path.matchAll(/[A-Za-z]+|\d+/g)].reduce<unknown>(
    (value, [step]) => (value as Record<string, unknown>)[step],
    event,
  );
}

/** What a person reads of an identifier: letters and digits, those of other scripts as ours. */
function essence(text: string): string {
  const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];
  const ours = text.replaceAll(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    const zero = zeros.find((first) => code >= first && code < first + 10);
    return zero === undefined ? digit : String(code - zero);
  });
  return ours
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^a-z0-9@]/g, "")
    .replace(/^00/, "");
}

test("each class of the issue has forty kinds or more, and no two kinds have one name", () => {
  for (const of of ["field", "unread", "identifier", "encoding"] as const)
    expect(tricks.filter((trick) => trick.class === of).length).toBeGreaterThanOrEqual(40);
  expect(new Set(tricks.map(({ name }) => name)).size).toBe(tricks.length);
});

test.each(tricks)("$name is one event for one seed, of its schema, and hides what it says where it says", (trick) => {
  const samples = samplesOf(trick);
  const shown = samples.map(({ draft: { event, parts } }) => JSON.stringify([event, parts]));
  expect(samplesOf(trick).map(({ draft: { event, parts } }) => JSON.stringify([event, parts]))).toEqual(shown);
  expect(new Set(shown).size).toBeGreaterThan(SAMPLES / 2);
  for (const { draft, plant } of samples) {
    expect(() => encoded(draft)).not.toThrow();
    expect(draft.parts.length).toBeGreaterThan(0);
    for (const { path, text, start, end } of draft.parts) {
      expect(at(draft.event, path)).toBe(text);
      expect([0 <= start, start < end, end <= text.length]).toEqual([true, true, true]);
      expect(plant.kind === null && aPartysName.test(path) && text === plant.text).toBe(false);
    }
  }
});

function encoded({ of, event }: Draft): Buffer {
  return of === "payments"
    ? encodePayment.encode(event as Payment, 1)
    : encodeRemittance.encode(event as Remittance, 1);
}

describe("what is hidden can be read by a person", () => {
  test.each(tricks.filter((trick) => trick.class === "field"))(
    "$name: the name as it is, and more beside it",
    (trick) => {
      for (const { draft, plant } of samplesOf(trick))
        for (const { text, start, end } of draft.parts) {
          expect(text.slice(start, end)).toBe(plant.text);
          expect(text.length).toBeGreaterThan(plant.text.length);
        }
    },
  );

  test.each(tricks.filter((trick) => trick.class === "unread"))(
    "$name: the name as it is, with a harmless party",
    (trick) => {
      for (const { draft, plant } of samplesOf(trick)) {
        expect(draft.parts.map(({ text, start, end }) => text.slice(start, end)).join(" ")).toBe(plant.text);
        expect(draft.parts.some(({ path }) => aPartysName.test(path))).toBe(false);
        expect(JSON.stringify(draft.event).split(JSON.stringify(plant.text).slice(1, -1)).length).toBeLessThanOrEqual(
          2,
        );
      }
    },
  );

  test.each(tricks.filter((trick) => trick.class === "identifier"))(
    "$name: the identifier, in another form at the most",
    (trick) => {
      for (const { draft, plant } of samplesOf(trick)) {
        const hidden = draft.parts.map(({ text, start, end }) => text.slice(start, end)).join("");
        expect(essence(hidden)).toBe(essence(plant.text));
      }
    },
  );

  test.each(tricks.filter((trick) => trick.class === "encoding" && !trick.name.includes("CDATA")))(
    "$name: other characters than the name's",
    (trick) => {
      for (const { draft, plant } of samplesOf(trick))
        for (const { text, start, end } of draft.parts) expect(text.slice(start, end)).not.toBe(plant.text);
    },
  );
});
