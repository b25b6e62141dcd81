import { compilePolicy } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import { compileSnapshot, type Designation, openSnapshot } from "@cordon/matching";
import { createEncoder, type Payment, schemaText, subjectOf, topics } from "@cordon/schemas";
import { fastPathOf, generationAfter, generationOf, type IndexGeneration, payments } from "@cordon/screening";
import fc from "fast-check";
import { expect, test } from "vitest";

import { newPartCounts } from "../../src/fast-path/part-counts.ts";
import { listed } from "../../src/testing/fake-index.ts";
import { party, payment } from "../../src/testing/sample-events.ts";

/*
 * A verdict that outlives an update of the lists is the one that a screener would give which saw only the new lists: lists come and go at
 * random, and each event is asked about under every one of them, in an order in which some were known before and some were not.
 */

const people = [
  "Goran Jalal Rasulov",
  "Amelia Whitcombe",
  "Oliver Baker",
  "Northern Lantern Shipping",
  "Zheng Wei",
  "Ariadne",
  "Rent And Heating Limited",
];
const numbers = ["9278064", "DE89370400440532013000", "C4KNRMNCF", "4711582290"];

const designations: fc.Arbitrary<readonly Designation[]> = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 9 }), fc.constantFrom(...people), fc.option(fc.constantFrom(...numbers))), {
    selector: ([key]) => key,
    maxLength: 6,
  })
  .map((entries) =>
    entries.map(([key, name, number]) => ({
      ...listed(`A${String(key)}`, name),
      ...(number === null ? {} : { identifiers: [{ kind: "OTHER" as const, value: number, note: "" }] }),
    })),
  );

const names = fc.constantFrom(...people, "Amelia Witcombe", "Goran Rasulov", "Harriet Pemberton", "Ulla Krautwurst");
const texts = fc.constantFrom(
  "rent",
  "Invoice 4711582290",
  "Invoice 4711582291",
  "for Goran Jalal Rasulov",
  "to Zheng",
  "Wei and sons",
  "IMO 9278064",
  "E2E-4711582290",
  "DE89370400440532013000",
);
const events: fc.Arbitrary<Payment> = fc
  .record({
    names: fc.array(names, { minLength: 1, maxLength: 3 }),
    lines: fc.array(texts, { maxLength: 3 }),
    end: texts,
  })
  .map(({ names: all, lines, end }) => ({
    ...payment("pay-1", all),
    parties: all.map((name, at) => party(at === 0 ? "DEBTOR" : "CREDITOR", name, at === 2 ? "ORGANISATION" : "PERSON")),
    remittanceInformation: lines,
    endToEndId: end,
  }));

const encoder = createEncoder(subjectOf(topics.payments));
const reader = payments.readerFor(schemaText(subjectOf(topics.payments)), new Set()).parts!;
const policy = compilePolicy();

function manifestOf(number: number): IndexManifest {
  return { version: `v${String(number)}`, generation: number, lists: [] } as unknown as IndexManifest;
}

function* oneAfterAnother(lists: readonly (readonly Designation[])[]): Generator<IndexGeneration> {
  let before: IndexGeneration | null = null;
  for (const [number, list] of lists.entries()) {
    const steps = generationAfter(before, manifestOf(number), openSnapshot(compileSnapshot(list)));
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    yield (before = step.value);
  }
}

const clearUnder = (under: ReturnType<typeof fastPathOf>, generation: IndexGeneration, value: Buffer) => {
  const clear = under({ generation, indexAge: 0 }).tryClear({ value, reader, at: 0 });
  return clear === null ? null : { fields: clear.fieldsScreened, leftOut: clear.fieldsLeftOut };
};

test("a verdict kept over updates of the lists is that of a screener which saw only the new ones", () => {
  const counts = newPartCounts();
  let clear = 0;
  fc.assert(
    fc.property(
      fc.array(designations, { minLength: 2, maxLength: 6 }),
      fc.array(events, { minLength: 1, maxLength: 6 }),
      fc.infiniteStream(fc.boolean()),
      (lists, payments_, asks) => {
        const kept = fastPathOf(policy, { counts });
        const values = payments_.map((one) => encoder.encode(one, 7));
        const generations = [...oneAfterAnother(lists)];
        for (const [number, generation] of generations.entries()) {
          const fresh = generationOf(manifestOf(number), openSnapshot(compileSnapshot(lists[number] ?? [])));
          for (const value of values) {
            // Some are not asked about now, so that they are known from longer ago.
            if (asks.next().value === false) continue;
            const expected = clearUnder(fastPathOf(policy), fresh, value);
            expect(clearUnder(kept, generation, value)).toEqual(expected);
            if (expected !== null) clear++;
            // A batch that was begun under the lists before is still in hand.
            const earlier = generations[number - 1];
            if (earlier === undefined) continue;
            const then = generationOf(manifestOf(number - 1), openSnapshot(compileSnapshot(lists[number - 1] ?? [])));
            expect(clearUnder(kept, earlier, value)).toEqual(clearUnder(fastPathOf(policy), then, value));
          }
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(clear).toBeGreaterThan(25);
  expect(counts.party.renewed).toBeGreaterThan(25);
  expect(counts.text.renewed).toBeGreaterThan(10);
});

function inTurn(lists: readonly (readonly Designation[])[]) {
  const counts = newPartCounts();
  const under = fastPathOf(policy, { counts });
  const value = encoder.encode(payment("pay-1", ["Harriet Pemberton", "Ulla Krautwurst"]), 7);
  for (const generation of oneAfterAnother(lists)) expect(clearUnder(under, generation, value)).not.toBeNull();
  return counts.party;
}

const some = [listed("A1", "Goran Jalal Rasulov")];
const more = [...some, listed("A2", "Oliver Baker")];

test("what was clear is compared with what was added only, and with nothing where nothing was", () => {
  expect(inTurn([some, more])).toEqual({ known: 0, renewed: 2, new: 2 });
  expect(inTurn([more, some])).toEqual({ known: 0, renewed: 2, new: 2 });
  expect(inTurn([some, some, more])).toEqual({ known: 0, renewed: 4, new: 2 });
});

test("more changes than are worth it have everything judged anew, and so have changes of places", () => {
  const many = Array.from({ length: 101 }, (_, at) => listed(`B${String(1000 + at)}`, `Person ${String(at)} Rasulov`));
  expect(inTurn([some, [...some, ...many.slice(1)]])).toMatchObject({ renewed: 2, new: 2 });
  expect(inTurn([some, [...some, ...many]])).toMatchObject({ renewed: 0, new: 4 });
  const place = {
    kind: "TOWN",
    codes: [],
    elsewhere: [],
    rule: "hit",
    ruleInText: "hit",
    ruleOfOrigin: "tell",
  } as const;
  expect(inTurn([some, [...some, { ...listed("C1", "Sevastopol"), place }]])).toMatchObject({ renewed: 0, new: 4 });
});

test("a generation that follows upon another than the newest begins with nothing", () => {
  const counts = newPartCounts();
  const under = fastPathOf(policy, { counts });
  const value = encoder.encode(payment("pay-1", ["Harriet Pemberton"]), 7);
  const generations = [...oneAfterAnother([some, more, some])];
  const ask = (place: number): void => {
    for (const generation of generations.slice(place, place + 1)) clearUnder(under, generation, value);
  };
  ask(0);
  ask(2);
  expect(counts.party).toEqual({ known: 0, renewed: 0, new: 2 });
  ask(1);
  expect(counts.party).toEqual({ known: 0, renewed: 0, new: 3 });
});
