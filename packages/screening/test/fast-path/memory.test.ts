import { compilePolicy, type Policy, type PolicyRule } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import { compileSnapshot, openSnapshot } from "@cordon/matching";
import { createEncoder, decimalFromString, type Payment, schemaText, subjectOf, topics } from "@cordon/schemas";
import { fastPathOf, generationOf, payments } from "@cordon/screening";
import { describe, expect, test } from "vitest";

import { newPartCounts } from "../../src/fast-path/part-counts.ts";
import { listed } from "../../src/testing/fake-index.ts";
import { party, payment } from "../../src/testing/sample-events.ts";

/* What is remembered of parts, and for how many: told by how often a part was judged anew. */

const manifest = { version: "v1", generation: 1, lists: [] } as unknown as IndexManifest;
const generation = generationOf(manifest, openSnapshot(compileSnapshot([listed("A1", "Goran Jalal Rasulov")])));
const encoder = createEncoder(subjectOf(topics.payments));
const schema = schemaText(subjectOf(topics.payments));
const reader = payments.readerFor(schema, new Set()).parts!;
const usual = compilePolicy();

const rule = (apply: PolicyRule["apply"], when: PolicyRule["when"] = {}): PolicyRule => ({
  name: "r",
  because: "b",
  when,
  apply,
});

interface Asked {
  readonly policy?: Policy;
  readonly customers?: number;
}

/** Asks about one event after another, each of which is clear, and counts what their parts came to. */
function askedAbout(events: readonly Payment[], { policy = usual, customers }: Asked = {}) {
  const counts = newPartCounts();
  const fastPath = fastPathOf(policy, { counts, ...(customers === undefined ? {} : { customers }) })({
    generation,
    indexAge: 0,
  });
  for (const event of events)
    expect(fastPath.tryClear({ value: encoder.encode(event, 7), reader, at: 0 })).not.toBeNull();
  return counts;
}

/** Letters, for texts that differ in numbers only are one. */
const letters = (at: number): string =>
  `${String.fromCharCode(97 + (at % 26))}${String.fromCharCode(97 + Math.floor(at / 26))}`;

type Party = Payment["parties"][number];
type Agent = Payment["agents"][number];

const amelia = party("DEBTOR", "Amelia Whitcombe");
const of = (...parties: readonly Party[]): Payment => ({ ...payment("e-1"), parties: [...parties] });
const bank = (role: Agent["role"], name: string): Agent => ({
  role,
  bic: null,
  lei: null,
  name,
  clearingId: null,
  address: null,
  account: null,
});
const through = (...agents: readonly Agent[]): Payment => ({ ...of(amelia), agents: [...agents] });
const saying = (...lines: readonly string[]): Payment => ({ ...of(amelia), remittanceInformation: [...lines] });

const oliver = (role: Party["role"]): Party => party(role, "Oliver Baker");
const paying = (amount: number): Payment => ({
  ...of(amelia),
  money: { amount: decimalFromString(String(amount)), currency: "GBP" },
});
const texts = (...lines: readonly string[]) => askedAbout(lines.map((line) => saying(line))).text;
const ofLength = (length: number): string => "rent ".repeat(200).slice(0, length);

const people = Array.from({ length: 10 }, (_, at) => `Customer ${letters(at)}`);

describe("a party or an agent", () => {
  test("is known when it comes again, in any role whose texts are treated alike", () => {
    expect(askedAbout([of(oliver("DEBTOR")), of(oliver("CREDITOR")), of(oliver("DEBTOR"))]).party).toEqual({
      known: 2,
      renewed: 0,
      new: 1,
    });
    const byRole = compilePolicy({ rules: [rule({ threshold: 99 }, { role: ["CREDITOR"] })] });
    const inRoles = [of(oliver("DEBTOR")), of(oliver("CREDITOR")), of(oliver("CREDITOR"))];
    expect(askedAbout(inRoles, { policy: byRole }).party).toMatchObject({ known: 1, new: 2 });
  });

  test("is counted as what it is, and one in a role without a name is judged apart", () => {
    const agents = [bank("DEBTOR_AGENT", "Tide Bank"), bank("OTHER", "Tide Bank")];
    const parties = [amelia, party("OTHER", "Amelia Whitcombe")];
    const event = { ...of(...parties), agents };
    expect(askedAbout([event, event])).toMatchObject({
      party: { known: 2, renewed: 0, new: 2 },
      agent: { known: 2, renewed: 0, new: 2 },
    });
  });

  test.each(["DEBTOR", "OTHER"] as const)("is remembered for as many customers as one says, in the role %s", (role) => {
    const twice = [...people, ...people].map((name) => of(party(role, name)));
    expect(askedAbout(twice, { customers: 20 }).party).toEqual({ known: 10, renewed: 0, new: 10 });
    expect(askedAbout(twice, { customers: 2 }).party).toEqual({ known: 0, renewed: 0, new: 20 });
  });

  test.each(["DEBTOR_AGENT", "OTHER"] as const)("is remembered however few customers are, in the role %s", (role) => {
    const twice = [...people, ...people].map((name) => through(bank(role, name)));
    expect(askedAbout(twice, { customers: 2 }).agent).toEqual({ known: 10, renewed: 0, new: 10 });
  });

  test("is remembered for fewer where there are rules, for there are several memories", () => {
    const policy = compilePolicy({ rules: [rule({ threshold: 99 }, { rail: ["SWIFT"] })] });
    const twice = [...people, ...people].map((name) => of(party("DEBTOR", name)));
    expect(askedAbout(twice, { policy, customers: 20 }).party).toMatchObject({ known: 0, new: 20 });
    expect(askedAbout(twice, { policy, customers: 160 }).party).toMatchObject({ known: 10, new: 10 });
  });
});

describe("events that are treated in several ways", () => {
  /** The more money, the higher the threshold: each amount is treated in its own way. */
  const policy = compilePolicy({
    rules: Array.from({ length: 33 }, (_, at) => ({
      ...rule({ threshold: 60 + at }, { amount: { currency: "GBP", atLeast: String(at + 1) } }),
      name: `r${String(at)}`,
    })),
  });

  test("have a memory for each, to which one comes back", () => {
    expect(askedAbout([1, 2, 1, 2].map(paying), { policy }).party).toMatchObject({ known: 2, new: 2 });
  });

  test("have thirty-two memories at once", () => {
    const ways = Array.from({ length: 32 }, (_, at) => at + 1);
    expect(askedAbout([...ways, 1].map(paying), { policy }).party).toMatchObject({ known: 1, new: 32 });
    expect(askedAbout([...ways, 33, 1].map(paying), { policy }).party).toMatchObject({ known: 0, new: 34 });
  });
});

describe("a text", () => {
  test("is known when it comes again, and so is one that differs in its numbers only", () => {
    expect(texts("rent", "rent")).toEqual({ known: 1, renewed: 0, new: 1 });
    expect(texts("order 4711", "order 4712")).toEqual({ known: 1, renewed: 0, new: 1 });
    expect(texts("rent", "heating")).toEqual({ known: 0, renewed: 0, new: 2 });
  });

  test("is known in whichever field it stands, where that is treated alike", () => {
    expect(askedAbout([saying("rent"), { ...of(amelia), purpose: "rent" }]).text).toMatchObject({ known: 1, new: 1 });
  });

  test("is known across the end of a line, too", () => {
    expect(askedAbout([saying("rent", "food")]).text).toEqual({ known: 0, renewed: 0, new: 3 });
    expect(askedAbout([saying("rent", "food"), saying("rent", "food")]).text).toEqual({ known: 3, renewed: 0, new: 3 });
  });

  test("is remembered where it has no more than 512 characters", () => {
    expect(texts(ofLength(512), ofLength(512))).toMatchObject({ known: 1, new: 1 });
    expect(texts("rent", ofLength(513), "food", "rent")).toMatchObject({ known: 1, new: 3 });
    expect(texts(ofLength(513), ofLength(513))).toMatchObject({ known: 0, new: 2 });
  });

  test("that holds nothing by its shape is not looked for", () => {
    const codes = { instructionId: "2026", endToEndId: "2026-01-31", uetr: "eb6305c9-1f7f-49de-aed0-16487c27b42d" };
    const money = { amount: decimalFromString("1"), currency: "2026-01" };
    expect(askedAbout([{ ...of(amelia), ...codes, money }]).text).toEqual({ known: 0, renewed: 0, new: 0 });
    expect(askedAbout([{ ...of(amelia), messageType: "A1" }]).text).toMatchObject({ new: 0 });
  });

  test("is looked for whatever its shape, where it may be anything", () => {
    expect(texts("2026-01-31", "X1")).toMatchObject({ new: 2 });
    expect(askedAbout([{ ...of(amelia), purpose: "2026" }]).text).toMatchObject({ new: 1 });
  });
});

describe("under one generation of the index after another", () => {
  const lists = [
    [listed("A1", "Goran Jalal Rasulov")],
    [listed("A1", "Goran Jalal Rasulov"), listed("A2", "Northern Lantern")],
    [listed("A1", "Goran Jalal Rasulov"), listed("A2", "Northern Lantern"), listed("A3", "Amelia Whitcombe Rent Food")],
  ];
  const generations = lists.map((all, at) =>
    generationOf(
      { ...manifest, version: `v${String(at)}` },
      openSnapshot(compileSnapshot(all)),
      at === 0 ? null : { version: `v${String(at - 1)}`, added: openSnapshot(compileSnapshot(all.slice(-1))) },
    ),
  );
  const value = encoder.encode(saying("rent", "food"), 7);

  /** What is counted when the event is asked about under these generations, and under which it is clear. */
  function askedUnder(...places: readonly number[]) {
    const counts = newPartCounts();
    const under = fastPathOf(usual, { counts });
    const clear = places.map((place) => {
      const one = generations[place];
      return one === undefined
        ? null
        : under({ generation: one, indexAge: 0 }).tryClear({ value, reader, at: 0 }) !== null;
    });
    return { clear, party: counts.party, text: counts.text };
  }

  test("what is known is compared with what is new, once", () => {
    expect(askedUnder(0, 0)).toEqual({
      clear: [true, true],
      party: { known: 1, renewed: 0, new: 1 },
      text: { known: 3, renewed: 0, new: 3 },
    });
    expect(askedUnder(0, 1, 1)).toEqual({
      clear: [true, true, true],
      party: { known: 1, renewed: 1, new: 1 },
      text: { known: 3, renewed: 3, new: 3 },
    });
  });

  test("what a batch that was begun before finds out does not stand in the place of what is known since", () => {
    expect(askedUnder(0, 1, 0, 1)).toEqual({
      clear: [true, true, true, true],
      party: { known: 1, renewed: 1, new: 2 },
      text: { known: 3, renewed: 3, new: 6 },
    });
  });

  test("what was not clear is compared with the whole index, and known from there on", () => {
    const counts = newPartCounts();
    const under = fastPathOf(usual, { counts });
    const held = encoder.encode(saying("for Goran Jalal Rasulov"), 7);
    for (const one of [0, 1, 1].flatMap((at) => generations[at] ?? []))
      expect(under({ generation: one, indexAge: 0 }).tryClear({ value: held, reader, at: 0 })).toBeNull();
    expect(counts.text).toEqual({ known: 1, renewed: 0, new: 2 });
  });

  test("who was never met is compared with the whole index, though the one before was met earlier", () => {
    const under = fastPathOf(usual);
    const clear = (event: Payment, place: number): boolean => {
      const met = generations[place];
      if (met === undefined) throw new Error("no such generation");
      return (
        under({ generation: met, indexAge: 0 }).tryClear({ value: encoder.encode(event, 7), reader, at: 0 }) !== null
      );
    };
    expect(clear(of(amelia), 0)).toBe(true);
    expect(clear(of(amelia, party("CREDITOR", "Goran Jalal Rasulov")), 1)).toBe(false);
    expect(clear(saying("for Goran Jalal Rasulov"), 1)).toBe(false);
  });

  test("what does not follow upon the newest begins with nothing", () => {
    expect(askedUnder(0, 2)).toMatchObject({ party: { renewed: 0, new: 2 }, text: { renewed: 0 } });
    expect(askedUnder(1, 0)).toMatchObject({ party: { renewed: 0, new: 2 }, text: { renewed: 0 } });
  });
});
