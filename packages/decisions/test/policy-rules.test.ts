import {
  compilePolicy,
  paymentToScreen,
  type PolicyRule,
  remittanceToScreen,
  type RuleConditions,
  type RuleSettings,
  type ScreenableEvent,
  screenEvent,
  type ScreeningOutcome,
} from "@cordon/decisions";
import { compileSnapshot, openSnapshot } from "@cordon/matching";
import { decimalFromString, type ScreenedParty, type ScreenedPayment, type ScreenedRemittance } from "@cordon/schemas";
import { describe, expect, test } from "vitest";

import { agent, party, payment, remittance } from "./events.ts";
import { listed } from "./fake-index.ts";

const HOUR_MS = 3_600_000;

const index = openSnapshot(
  compileSnapshot([
    listed("uk:1", "Goran Jalal Rasulov", {
      regime: "Smuggling",
      regimeCode: "SMG",
      identifiers: [{ kind: "BIC", value: "GJRSRUMM", note: null }],
      birthDates: [{ date: "1970-01-31", until: null, approximate: false }],
    }),
    listed("un:1", "Northern Lantern Shipping", { type: "ORGANISATION", regime: "Lanterns" }),
    listed("uk:2", "Pavel Miroslav Hanzalek", {
      names: [
        { text: "Pavel Miroslav Hanzalek", kind: "PRIMARY", strength: "STRONG" },
        { text: "Tunnelgraf Osterwick", kind: "ALIAS", strength: "WEAK" },
      ],
    }),
  ]),
);

interface At {
  readonly rules: readonly PolicyRule[];
  readonly indexAge?: number;
  readonly at?: number;
}

function screened(event: ScreenableEvent, { rules, indexAge = 0, at = 0 }: At): ScreeningOutcome {
  return screenEvent(event, index, compilePolicy({ rules }), { indexAge, at });
}

const rule = (apply: RuleSettings, when: RuleConditions = {}): PolicyRule => ({ name: "r", because: "b", when, apply });
const toGoran: Partial<ScreenedPayment> = {
  parties: [party("DEBTOR", "Ann Baker"), party("CREDITOR", "Goran Jalal Rasulov")],
};
const pays = (change: Partial<ScreenedPayment>, ...rules: readonly PolicyRule[]): ScreeningOutcome =>
  screened(paymentToScreen(payment(change)), { rules });
const sends = (change: Partial<ScreenedRemittance>, ...rules: readonly PolicyRule[]): ScreeningOutcome =>
  screened(remittanceToScreen(remittance(change)), { rules });
const outcomeOf = (outcome: ScreeningOutcome): string =>
  outcome.kind === "hold" ? `hold ${outcome.reason}` : outcome.kind;

/** Whether a rule that leaves out all names of creditors held for the payment. */
const holdsFor = (when: RuleConditions, change: Partial<ScreenedPayment> = {}): boolean =>
  pays({ ...toGoran, ...change }, rule({ screened: false }, { ...when, role: ["CREDITOR"] })).kind === "clear";
const holdsForRemittance = (when: RuleConditions, change: Partial<ScreenedRemittance> = {}): boolean => {
  const beneficiary = party("BENEFICIARY", "Goran Jalal Rasulov");
  return (
    sends({ beneficiary, ...change }, rule({ screened: false }, { ...when, role: ["BENEFICIARY"] })).kind === "clear"
  );
};

const costs = (amount: string, currency = "GBP") => ({ money: { amount: decimalFromString(amount), currency } });

const from = (more: Partial<ScreenedParty>) => ({
  parties: [{ ...party("DEBTOR", "Ann Baker"), ...more }, ...(toGoran.parties ?? []).slice(1)],
});

const toldBy = (outcome: ScreeningOutcome) =>
  outcome.told.map(({ kind, designationId, path }) => [kind, designationId, path]);

const coded = (name: string, kind: "BIC" | "LEI" | "PASSPORT" = "BIC") => ({
  parties: [
    { ...party("DEBTOR", name, "ORGANISATION"), identifiers: [{ kind, value: "TIDEGB2L", issuer: null }] },
    party("CREDITOR", "Bob"),
  ],
});

const parties = (change: Partial<ScreenedParty>) => ({
  parties: [{ ...party("DEBTOR", "Ann Baker"), ...change }, party("CREDITOR", "Bob")],
});

describe("a rule holds for an event", () => {
  test("of its kind, rail and channel", () => {
    expect([holdsFor({ event: "payment" }), holdsFor({ event: "remittance" })]).toEqual([true, false]);
    expect([
      holdsFor({ rail: ["SWIFT", "FPS"] }),
      holdsFor({ rail: ["SWIFT"] }),
      holdsFor({ channel: ["CASH"] }),
    ]).toEqual([true, false, false]);
    expect([holdsForRemittance({ channel: ["CASH"] }), holdsForRemittance({ channel: ["CARD"] })]).toEqual([
      true,
      false,
    ]);
    expect([holdsForRemittance({ rail: ["OTHER"] }), holdsForRemittance({ event: "remittance" })]).toEqual([
      false,
      true,
    ]);
  });

  test("of an amount in its currency, from the lower bound to just under the upper one", () => {
    const when: RuleConditions = { amount: { currency: "GBP", atLeast: "1000", below: "2000.5" } };
    expect(
      ["999.99999", "1000", "2000.49999", "2000.5", "-1000"].map((amount) => holdsFor(when, costs(amount))),
    ).toEqual([false, true, true, false, false]);
    expect([holdsFor(when, costs("1500", "EUR")), holdsFor(when, costs("1500", " gbp "))]).toEqual([false, true]);
    expect(holdsFor(when, { money: { amount: new Uint8Array(), currency: "GBP" } })).toBe(false);
    expect(holdsFor({ amount: { currency: "GBP", below: "-0.5" } }, costs("-0.6"))).toBe(true);
    const sendMoney = { amount: decimalFromString("1000"), currency: "GBP" };
    expect(holdsForRemittance(when, { sendMoney })).toBe(true);
  });

  const address = { country: "GB", town: null, postCode: null, street: null, lines: [], region: null };

  test("of a corridor, which a payment tells by addresses, residence, accounts and banks of either side", () => {
    const gb: RuleConditions = { from: ["GB"] };
    expect([holdsFor(gb), holdsFor({ fromAny: ["GB"] })]).toEqual([false, false]);
    expect([
      holdsFor(gb, from({ residence: "gb " })),
      holdsFor(gb, from({ address })),
      holdsFor(gb, from({ account: { kind: "IBAN", value: "GB29 NWBK 6016", name: null } })),
      holdsFor(gb, from({ account: { kind: "OTHER", value: "GB29 NWBK 6016", name: null } })),
      holdsFor(gb, from({ identifiers: [{ kind: "BIC", value: "TIDEGB2L", issuer: null }] })),
      holdsFor(gb, from({ nationalities: ["GB"] })),
      holdsFor(gb, { agents: [{ ...agent("DEBTOR_AGENT", null), bic: "TIDEGB2LXXX" }] }),
      holdsFor(gb, { agents: [{ ...agent("INTERMEDIARY", null), bic: "TIDEGB2LXXX" }] }),
      holdsFor(gb, { agents: [{ ...agent("CREDITOR_AGENT", null), bic: "TIDEGB2LXXX" }] }),
      holdsFor({ to: ["GB"] }, { agents: [{ ...agent("CREDITOR_AGENT", null), bic: "TIDEGB2LXXX" }] }),
    ]).toEqual([true, true, true, false, true, false, true, false, false, true]);
  });

  test("of every country that is told of a side, or of any of them", () => {
    const both = from({ residence: "FR", address });
    expect([holdsFor({ from: ["GB"] }, both), holdsFor({ from: ["GB", "FR"] }, both)]).toEqual([false, true]);
    expect([holdsFor({ fromAny: ["GB"] }, both), holdsFor({ fromAny: ["DE"] }, both)]).toEqual([true, false]);
    const unknown = from({ residence: "United Kingdom", address });
    expect([holdsFor({ from: ["GB"] }, unknown), holdsFor({ from: ["GB", "unknown"] }, unknown)]).toEqual([
      false,
      true,
    ]);
  });

  test("of the corridor that a remittance tells", () => {
    expect([
      holdsForRemittance({ from: ["GB"], to: ["IQ"] }),
      holdsForRemittance({ to: ["GB"] }),
      holdsForRemittance({ toAny: ["IQ", "SY"] }),
      holdsForRemittance({ to: ["IQ"] }, { toCountry: "iq" }),
      holdsForRemittance({ to: ["IQ"] }, { toCountry: "Iraq" }),
    ]).toEqual([true, false, true, true, false]);
  });

  test("only if all of its conditions do", () => {
    expect([holdsFor({ rail: ["FPS"], event: "payment" }), holdsFor({ rail: ["FPS"], fromAny: ["GB"] })]).toEqual([
      true,
      false,
    ]);
  });

  test("only if the event tells of itself at all", () => {
    const rules = [rule({ screened: false }, { rail: ["FPS"], role: ["CREDITOR"] })];
    const { facts, ...silent } = paymentToScreen(payment(toGoran));
    expect(facts?.().rail).toBe("FPS");
    expect([paymentToScreen(payment(toGoran)), silent].map((event) => screened(event, { rules }).kind)).toEqual([
      "clear",
      "hit",
    ]);
  });
});

describe("a rule holds for texts", () => {
  test("of its roles and kinds", () => {
    const line = { remittanceInformation: ["for Goran Jalal Rasulov"] };
    expect(pays(line, rule({ screened: false }, { kind: ["TEXT"] }))).toMatchObject({
      kind: "clear",
      fieldsLeftOut: 1,
    });
    expect(pays(line, rule({ screened: false }, { kind: ["NAME"], role: ["REMITTANCE_INFORMATION"] })).kind).toBe(
      "hit",
    );
    expect(pays(toGoran, rule({ screened: false }, { role: ["DEBTOR"] })).kind).toBe("hit");
    expect(pays(toGoran, rule({ screened: false }, { role: ["CREDITOR"] }))).toMatchObject({
      kind: "clear",
      fieldsScreened: 1,
      fieldsLeftOut: 1,
    });
  });

  test("and texts that are left out name nobody, so that they do not make an event clear", () => {
    const nobody = { parties: [party("OTHER", "")], remittanceInformation: ["rent for May"] };
    const noTexts = rule({ screened: false }, { kind: ["TEXT"] });
    expect(outcomeOf(pays(nobody, noTexts))).toBe("hold FIELD_MISSING");
    expect(outcomeOf(pays({ ...nobody, parties: [party("OTHER", "Ann Baker")] }, noTexts))).toBe("clear");
  });

  test("and what is left out is not looked up either, nor across the ends of lines", () => {
    const known = {
      parties: [
        { ...party("DEBTOR", "Ann Baker"), identifiers: [{ kind: "BIC" as const, value: "GJRSRUMM", issuer: null }] },
        party("CREDITOR", "Bob"),
      ],
    };
    expect([pays(known).kind, pays(known, rule({ screened: false }, { kind: ["BIC"] })).kind]).toEqual([
      "hit",
      "clear",
    ]);
    const cut = { remittanceInformation: ["for Goran", "Jalal Rasulov"] };
    expect([pays(cut).kind, pays(cut, rule({ screened: false }, { kind: ["TEXT"] })).kind]).toEqual(["hit", "clear"]);
  });

  test("an event all of whose names are left out is clear, and counts them", () => {
    expect(pays(toGoran, rule({ screened: false }))).toMatchObject({
      kind: "clear",
      fieldsScreened: 0,
      fieldsLeftOut: 2,
    });
    // What is left out need not be there.
    const nobody = { parties: [party("DEBTOR", ""), party("CREDITOR", "Bob")] };
    expect([outcomeOf(pays(nobody)), outcomeOf(pays(nobody, rule({ screened: false }, { role: ["DEBTOR"] })))]).toEqual(
      ["hold FIELD_MISSING", "clear"],
    );
  });
});

describe("of the rules that hold", () => {
  test("the last one that says something of a setting decides it", () => {
    const all = rule({ screened: false });
    const but = rule({ screened: true }, { role: ["CREDITOR"] });
    const other = rule({ threshold: 90 }, { role: ["CREDITOR"] });
    expect([pays(toGoran, all, but).kind, pays(toGoran, but, all).kind, pays(toGoran, all, other).kind]).toEqual([
      "hit",
      "clear",
      "clear",
    ]);
  });

  test("each text takes its own threshold, and a name in two roles is compared by each", () => {
    const near = "Goran Jalal Rasulof Petrenkov";
    const usual = pays({ parties: [party("DEBTOR", near), party("CREDITOR", "Bob")] });
    const lower = pays(
      { parties: [party("DEBTOR", near), party("CREDITOR", near)] },
      rule({ threshold: 50 }, { role: ["CREDITOR"] }),
    );
    expect(lower.kind).toBe("hit");
    const paths = lower.kind === "hit" ? lower.matches.map(({ field }) => field.path) : [];
    expect(paths).toContain("parties[1].name");
    expect(paths.includes("parties[0].name")).toBe(usual.kind === "hit");
    const strict = pays(toGoran, rule({ threshold: 100 }));
    expect(strict.kind).toBe("hit");
  });

  test("weak aliases raise where a rule says so", () => {
    const weak = { parties: [party("DEBTOR", "Tunnelgraf Osterwick"), party("CREDITOR", "Bob")] };
    expect([pays(weak).kind, pays(weak, rule({ weakAliases: "raise" })).kind]).toEqual(["clear", "hit"]);
    expect(pays(weak, rule({ weakAliases: "raise" }, { role: ["CREDITOR"] })).kind).toBe("clear");
  });
});

describe("lists and regimes that a rule leaves out", () => {
  const lantern = { parties: [party("DEBTOR", "Northern Lantern Shipping", "ORGANISATION"), party("CREDITOR", "Bob")] };

  test.each([
    [{ lists: { only: ["uk"] } }, "clear"],
    [{ lists: { only: ["UN", "uk"] } }, "hit"],
    [{ lists: { except: ["un"] } }, "clear"],
    [{ lists: { except: ["uk"] } }, "hit"],
    [{ regimes: { only: ["lanterns"] } }, "hit"],
    [{ regimes: { except: ["LANTERNS"] } }, "clear"],
    [{ regimes: { except: ["others"] } }, "hit"],
    [{ lists: { only: ["un"], except: ["un"] } }, "clear"],
    [{ lists: { only: ["un"] }, regimes: { except: ["Lanterns"] } }, "clear"],
  ] as const)("%j: %s", (apply, wanted) => {
    expect(pays(lantern, rule(apply)).kind).toBe(wanted);
  });

  test("are told, by names, identifiers and in texts, and a regime is known by its code, too", () => {
    const smuggling = rule({ regimes: { except: ["smg"] } });
    expect(toldBy(pays(toGoran, smuggling))).toEqual([["list", "uk:1", "parties[1].name"]]);
    const known = { agents: [{ ...agent("CREDITOR_AGENT", null), bic: "GJRSRUMM" }] };
    expect(toldBy(pays(known, smuggling))).toContainEqual(["list", "uk:1", "agents[0].bic"]);
    expect(toldBy(pays({ remittanceInformation: ["for Goran", "Jalal Rasulov"] }, smuggling))).toContainEqual([
      "list",
      "uk:1",
      "remittanceInformation[0]",
    ]);
  });

  test("are told by the part that matches, and by no more of the text", () => {
    const line = { remittanceInformation: ["rent of Ann Baker for Goran Jalal Rasulov in May"] };
    expect(pays(line, rule({ lists: { except: ["uk"] } })).told.map(({ detail }) => detail)).toEqual([
      '"Goran Jalal Rasulov" matches an entry of the list uk, which a rule leaves out here',
    ]);
  });
});

describe("what a party must tell", () => {
  test("is a name, unless a code is enough for its role, or nothing is needed", () => {
    const code = rule({ name: "code" }, { role: ["DEBTOR"] });
    expect([
      outcomeOf(pays(coded(""))),
      outcomeOf(pays(coded(""), code)),
      outcomeOf(pays(coded("", "PASSPORT"), code)),
    ]).toEqual(["hold FIELD_MISSING", "clear", "hold FIELD_MISSING"]);
    expect([outcomeOf(pays(coded("—"))), outcomeOf(pays(coded("—"), code))]).toEqual(["hold NAME_UNREADABLE", "clear"]);
    expect(outcomeOf(pays(coded(""), rule({ name: "code" }, { role: ["CREDITOR"] })))).toBe("hold FIELD_MISSING");
    expect(outcomeOf(pays(coded("", "PASSPORT"), rule({ name: "optional" })))).toBe("clear");
  });

  test("with a code alone for everybody, an event is clear without a name; where names are merely optional it is not", () => {
    const all = {
      parties: [coded("").parties[0], coded("").parties[0]].flatMap((one, at) =>
        one === undefined ? [] : [at === 0 ? one : { ...one, role: "CREDITOR" as const }],
      ),
    };
    expect(outcomeOf(pays(all, rule({ name: "code" })))).toBe("clear");
    expect(outcomeOf(pays(all, rule({ name: "optional" })))).toBe("hold FIELD_MISSING");
    const banks = { parties: [], agents: [{ ...agent("DEBTOR_AGENT", ""), bic: "TIDEGB2L" }] };
    expect(outcomeOf(pays(banks, rule({ name: "code" })))).toBe("hold FIELD_MISSING");
  });

  test.each([
    [
      "address",
      { address: { country: null, town: null, postCode: null, street: null, lines: ["5 High Street"], region: null } },
    ],
    ["town", { address: { country: null, town: "Leeds", postCode: null, street: null, lines: [], region: null } }],
    ["country", { residence: "GB" }],
    ["birthDate", { birthDate: "1980" }],
    ["birthPlace", { birthPlace: "Leeds" }],
    ["nationality", { nationalities: ["GB"] }],
    ["account", { account: { kind: "OTHER" as const, value: "1", name: null } }],
    ["identifier", { identifiers: [{ kind: "PASSPORT" as const, value: "P1", issuer: null }] }],
    ["code", { identifiers: [{ kind: "LEI" as const, value: "L1", issuer: null }] }],
  ] as const)("may be its %s, too", (field, more) => {
    const needs = rule({ required: [field] }, { role: ["DEBTOR"] });
    expect([
      outcomeOf(pays(parties({}))),
      outcomeOf(pays(parties({}), needs)),
      outcomeOf(pays(parties(more), needs)),
    ]).toEqual(["clear", "hold FIELD_MISSING", "clear"]);
  });
});

describe("what is held", () => {
  test("is an event whose index is older than its rule allows", () => {
    const event = paymentToScreen(payment());
    const longer = rule({ indexMaxAgeHours: 72 }, { rail: ["FPS"] });
    const shorter = rule({ indexMaxAgeHours: 1 }, { rail: ["FPS"] });
    const elsewhere = rule({ indexMaxAgeHours: 1 }, { rail: ["SWIFT"] });
    const at = (hours: number, ...rules: readonly PolicyRule[]) =>
      outcomeOf(screened(event, { rules, indexAge: hours * HOUR_MS }));
    expect([
      at(48),
      at(49),
      at(72, longer),
      at(73, longer),
      at(1, shorter),
      at(1.1, shorter),
      at(48, elsewhere),
    ]).toEqual(["clear", "hold INDEX_STALE", "clear", "hold INDEX_STALE", "clear", "hold INDEX_STALE", "clear"]);
  });

  test("is what is decided too late, by the event's own time or that of its rule, unless it is only told", () => {
    const within = rule({ decideWithinSeconds: 5 });
    const decided = (at: number, decideBy: number | null, ...rules: readonly PolicyRule[]) =>
      screened(paymentToScreen(payment({ createdAt: 1_000, decideBy })), { rules, at });
    expect([
      outcomeOf(decided(6_000, null, within)),
      outcomeOf(decided(6_001, null, within)),
      outcomeOf(decided(2_001, 2_000, within)),
      outcomeOf(decided(6_001, 9_000, within)),
      outcomeOf(decided(99_000, null)),
    ]).toEqual(["clear", "hold DEADLINE_PASSED", "hold DEADLINE_PASSED", "hold DEADLINE_PASSED", "clear"]);
    expect(decided(2_001, 2_000, rule({ deadline: "tell" }))).toMatchObject({
      kind: "clear",
      told: [{ kind: "deadline" }],
    });
    expect(decided(2_000, 2_000, rule({ deadline: "tell" }))).toMatchObject({ kind: "clear", told: [] });
    // Nobody says when it was created.
    expect(outcomeOf(screened(paymentToScreen(payment({ createdAt: 0 })), { rules: [within], at: 9e9 }))).toBe("clear");
  });

  test("is what could not be converted, unless a rule of its rail tells it only", () => {
    const cut = {
      problems: [
        { code: "FIELD_TRUNCATED", sourcePath: null, detail: "a field is cut" },
        { code: "COUNT_MISMATCH", sourcePath: null, detail: "another number" },
      ],
    };
    const tell = rule({ problems: { FIELD_TRUNCATED: "tell" } }, { rail: ["FPS"] });
    const tellCount = rule({ problems: { COUNT_MISMATCH: "tell" } });
    const hold = rule({ problems: { FIELD_TRUNCATED: "hold" } });
    expect([
      outcomeOf(pays(cut)),
      outcomeOf(pays(cut, tell)),
      outcomeOf(pays(cut, tellCount)),
      outcomeOf(pays(cut, tell, tellCount, hold)),
    ]).toEqual(["hold COUNT_MISMATCH", "hold COUNT_MISMATCH", "hold FIELD_TRUNCATED", "hold FIELD_TRUNCATED"]);
    expect(pays(cut, tell, tellCount)).toMatchObject({
      kind: "clear",
      told: [{ kind: "problem", detail: "FIELD_TRUNCATED: a field is cut" }, { kind: "problem" }],
    });
    expect(outcomeOf(pays({ ...cut, rail: "SWIFT" }, tell, tellCount))).toBe("hold FIELD_TRUNCATED");
    const newer = { problems: [{ code: "NEWER_THAN_THIS", sourcePath: null, detail: "x" }] };
    expect(outcomeOf(pays(newer, rule({ problems: { FIELD_UNREAD: "tell" } })))).toBe("hold FIELD_UNREAD");
  });

  test("a hard conflict clears where a rule says so", () => {
    const other = {
      parties: [{ ...party("DEBTOR", "Goran Jalal Rasulov"), birthDate: "1980-02-02" }, party("CREDITOR", "Bob")],
    };
    expect([
      pays(other).kind,
      pays(other, rule({ hardConflicts: "clear" })).kind,
      pays(other, rule({ hardConflicts: "clear" }, { rail: ["SWIFT"] })).kind,
    ]).toEqual(["hit", "clear", "hit"]);
    expect(pays(other, rule({ hardConflicts: "clear" }), rule({ hardConflicts: "explain" })).kind).toBe("hit");
  });

  test("no more than a hundred findings are told, and how many more there are", () => {
    const problems = Array.from({ length: 150 }, (_, at) => ({
      code: "FIELD_UNREAD",
      sourcePath: null,
      detail: String(at),
    }));
    const { told } = pays({ problems }, rule({ problems: { FIELD_UNREAD: "tell" } }));
    expect([told.length, told[98]?.detail, told[99]?.detail]).toEqual([100, "FIELD_UNREAD: 98", "and 51 more"]);
    const few = pays({ problems: problems.slice(0, 100) }, rule({ problems: { FIELD_UNREAD: "tell" } }));
    expect(few.told[99]?.detail).toBe("FIELD_UNREAD: 99");
  });
});
