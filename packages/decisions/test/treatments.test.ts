import { decimalFromString } from "@cordon/schemas";
import { describe, expect, test } from "vitest";

import { askedBy, holdsForEvent } from "../src/policy/conditions.ts";
import { countriesOfAgent, countriesOfParty, countryOfBic, type EventFacts } from "../src/policy/event-facts.ts";
import type { BearerField, PolicyRule, RuleConditions, RuleSettings } from "../src/policy/rules.ts";
import { textTreatments } from "../src/policy/text-treatment.ts";
import { compileTreatments } from "../src/policy/treatment.ts";
import { tells } from "../src/screenable-bearer.ts";
import { agent, party } from "./events.ts";

const rule = (when: RuleConditions, apply: RuleSettings = {}): PolicyRule => ({ name: "r", because: "b", when, apply });
const facts: EventFacts = {
  event: "payment",
  rail: "FPS",
  channel: null,
  from: [],
  to: [],
  money: { amount: decimalFromString("1000"), currency: "GBP" },
};

describe("what rules ask of an event", () => {
  test.each<[RuleConditions[], boolean, boolean]>([
    [[], false, false],
    [[{ role: ["CREDITOR"] }], false, false],
    [[{ rail: ["FPS"] }, {}], true, false],
    [[{}, { from: ["GB"] }], true, true],
    [[{ toAny: ["GB"] }, {}], true, true],
  ])("%j", (conditions, anything, corridor) => {
    expect(askedBy(conditions.map((when) => rule(when)))).toEqual({ anything, corridor });
  });

  test("an amount with one bound is bounded there alone, and no amount and one that cannot be read are none", () => {
    const [above, below] = [
      { amount: { currency: "GBP", atLeast: "1000" } },
      { amount: { currency: "GBP", below: "1001" } },
    ];
    const unread = { ...facts, money: { amount: new Uint8Array(), currency: "GBP" } };
    expect(
      [facts, unread, { ...facts, money: null }].map((of) => [holdsForEvent(above, of), holdsForEvent(below, of)]),
    ).toEqual([
      [true, true],
      [false, false],
      [false, false],
    ]);
  });
});

const known = (kind: "BIC" | "PASSPORT") => ({
  ...party("DEBTOR", "Ann Baker"),
  identifiers: [{ kind, value: "TIDEGB2L", issuer: null }],
});

describe("the countries that are told", () => {
  test("stand in BICs and IBANs, and in nothing else that looks like one", () => {
    expect([countryOfBic(" tidegb2l "), countryOfBic("TIDE")]).toEqual(["GB", null]);
    expect([countriesOfParty(known("BIC")), countriesOfParty(known("PASSPORT"))]).toEqual([["GB"], []]);
    const bank = agent("DEBTOR_AGENT", "Tide Bank");
    const account = { kind: "IBAN" as const, value: "FR76 3000", name: null };
    expect([countriesOfAgent(bank), countriesOfAgent({ ...bank, account })]).toEqual([[], ["FR"]]);
  });

  test("are none where their place is empty", () => {
    expect(countriesOfParty({ ...party("DEBTOR", "Ann Baker"), residence: "" })).toEqual([]);
  });
});

describe("how a text is treated", () => {
  const usual = { threshold: 85, weakAliases: "confirm" } as const;

  test("is one and the same where rules say what is usual, or the same of it", () => {
    const of = textTreatments(usual);
    const usually = of([]).of("DEBTOR", "NAME");
    expect(of([rule({}, { threshold: 85, name: "required" })]).of("DEBTOR", "NAME")).toBe(usually);
    expect(usually).toMatchObject({ counts: null, places: "listed" });
    const lists = { only: ["uk"] };
    const [one, other] = [[rule({}, { lists, threshold: 90 })], [rule({}, { threshold: 90 }), rule({}, { lists })]];
    expect(of(one).of("DEBTOR", "NAME")).toBe(of(other).of("CREDITOR", "TEXT"));
    expect(of(one).of("DEBTOR", "NAME")).not.toBe(usually);
  });

  test("is what the rules of any of its roles say, and what they said before of what a later one says nothing of", () => {
    const both = rule({ role: ["DEBTOR", "CREDITOR"] }, { screened: false, places: "hold" });
    const texts = textTreatments(usual)([both, rule({}, { threshold: 90 })]);
    expect(["DEBTOR", "CREDITOR", "OTHER"].map((role) => texts.of(role, "NAME").screened)).toEqual([
      false,
      false,
      true,
    ]);
    expect(["DEBTOR", "OTHER"].map((role) => texts.of(role, "NAME").places)).toEqual(["hold", "listed"]);
  });
});

describe("how an event is treated", () => {
  const usual = { threshold: 85, weakAliases: "confirm", hardConflicts: "explain", indexMaxAgeHours: 48 } as const;

  test("a rule that speaks of events and of texts does both", () => {
    const { usual: all } = compileTreatments(usual, [rule({}, { deadline: "tell", screened: false })]);
    expect([all.deadline, all.texts.of("DEBTOR", "NAME").screened]).toEqual(["tell", false]);
  });

  test("is kept for 4,096 sets of rules, and made anew, and alike, for more", () => {
    const countries = Array.from({ length: 13 }, (_, n) => `A${String.fromCodePoint(65 + n)}`);
    const rules = countries.map((country, n) => rule({ fromAny: [country] }, { decideWithinSeconds: n + 1 }));
    const treatments = compileTreatments(usual, rules);
    const of = (n: number) => treatments.of({ ...facts, from: countries.filter((_, bit) => (n >> bit) % 2 === 1) });
    // The first, of no rule, is the usual one.
    for (let n = 0; n < 4095; n++) of(n);
    expect(of(4095)).toBe(of(4095));
    const beyond = of(4096);
    expect(of(4096)).not.toBe(beyond);
    expect(of(4096)).toMatchObject({ decideWithinMs: 13_000, deadline: beyond.deadline });
    expect(of(1)).toBe(of(1));
  });
});

test.each<[BearerField, boolean]>([
  ["birthDate", true],
  ["birthPlace", true],
  ["nationality", true],
  ["identifier", false],
])("of an agent no %s is asked but a code", (field, told) => {
  const bank = { path: "agents[0]", role: "DEBTOR_AGENT" as const, named: false };
  expect(tells({ ...bank, record: agent("DEBTOR_AGENT", "Tide Bank") }, field)).toBe(told);
  expect(tells({ ...bank, record: { ...agent("DEBTOR_AGENT", "Tide Bank"), bic: "TIDEGB2L" } }, field)).toBe(true);
});
