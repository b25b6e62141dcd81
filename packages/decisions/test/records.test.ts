import {
  compilePolicy,
  type OutcomeContext,
  paymentToScreen,
  remittanceToScreen,
  type ScreenableEvent,
  screenEvent,
  toAlert,
  toDecision,
  undecodableDecision,
} from "@cordon/decisions";
import type { Designation, ListedName, NameKind, NameStrength } from "@cordon/matching";
import { type Alert, createDecoder, createEncoder, decimalFromString, schemaText } from "@cordon/schemas";
import { describe, expect, test } from "vitest";

import { party, payment, remittance, withAccount } from "./events.ts";
import { fakeIndex, listed } from "./fake-index.ts";

const policy = compilePolicy({ threshold: 50 });

const context: OutcomeContext = {
  source: { topic: "payments.v1", partition: 3, offset: 4_000_000_000n },
  index: { version: "abc", generation: 7, lists: [{ list: "uk", publishedAt: 1_790_000_000_000, entries: 1 }] },
  engineVersion: "fake-1",
  policyVersion: policy.version,
  at: 1_790_000_000_500,
};

const told = {
  sourceTopic: "payments.v1",
  sourcePartition: 3,
  sourceOffset: 4_000_000_000,
  index: context.index,
  engineVersion: "fake-1",
  policyVersion: policy.version,
};

const smuggler = listed("uk:GIM0014", "Vile Smuggler", {
  names: [
    { text: "Vile Ibrahim SMUGGLER", kind: "PRIMARY", strength: "UNKNOWN" },
    { text: "Vile Smuggler", kind: "ALIAS", strength: "STRONG" },
  ],
  regime: "Irregular migration",
  regimeCode: "GIM",
  measures: ["Asset freeze"],
  designatedOn: "2025-07-23",
  birthDates: [
    { date: "1980-01", until: null, approximate: false },
    { date: "1970", until: "1972", approximate: true },
  ],
  nationalities: ["IQ"],
});

function outcomeOf(event: ScreenableEvent, designations: readonly Designation[] = [smuggler], indexIsStale = false) {
  return screenEvent(event, fakeIndex(designations), policy, { indexAge: indexIsStale ? Infinity : 0, at: 0 });
}

function alertOn(event: ScreenableEvent, designations: readonly Designation[] = [smuggler]): Alert {
  const outcome = outcomeOf(event, designations);
  if (outcome.kind !== "hit") throw new Error(`not a hit: ${outcome.kind}`);
  return toAlert(outcome, event, context);
}

describe("the decision", () => {
  test("on a clear event names neither reason nor alert", () => {
    expect(toDecision(outcomeOf(paymentToScreen(payment())), context)).toEqual({
      ...told,
      eventId: "e-1",
      outcome: "CLEAR",
      holdReason: null,
      alertId: null,
      fieldsScreened: 2,
      decidedAt: 1_790_000_000_500,
      setAside: [],
      goodGuys: null,
      fieldsLeftOut: 0,
      told: [],
    });
  });

  test("on a held event names the reason", () => {
    const decision = toDecision(outcomeOf(paymentToScreen(payment()), [], true), context);
    expect(decision).toMatchObject({ outcome: "HOLD", holdReason: "INDEX_STALE", alertId: null });
  });

  test("on a hit names the alert", () => {
    const event = paymentToScreen(payment({ parties: [party("DEBTOR", "Vile Smuggler")] }));
    expect(toDecision(outcomeOf(event), context)).toMatchObject({
      outcome: "HIT",
      holdReason: null,
      alertId: alertOn(event).alertId,
    });
  });

  test("on a record that cannot be read holds it under its key", () => {
    expect(undecodableDecision("key-1", context)).toEqual({
      ...told,
      eventId: "key-1",
      outcome: "HOLD",
      holdReason: "RECORD_UNDECODABLE",
      alertId: null,
      fieldsScreened: 0,
      decidedAt: 1_790_000_000_500,
      setAside: [],
      goodGuys: null,
      fieldsLeftOut: 0,
      told: [],
    });
  });
});

describe("the alert", () => {
  const event = paymentToScreen(
    payment({ parties: [party("DEBTOR", "Ann Baker"), party("CREDITOR", "Mr Vile Smuggler 🙂")] }),
  );

  test("tells everything about the match", () => {
    expect(alertOn(event)).toEqual({
      ...told,
      alertId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      eventId: "e-1",
      raisedAt: 1_790_000_000_500,
      money: payment().money,
      rail: "FPS",
      matchesLeftOut: 0,
      origin: "STREAM",
      lookBackId: null,
      event: null,
      eventSchemaId: null,
      customerId: null,
      resubmission: null,
      matches: [
        {
          designationId: "uk:GIM0014",
          list: "uk",
          regime: "Irregular migration",
          regimeCode: "GIM",
          measures: ["Asset freeze"],
          designationType: "PERSON",
          primaryName: "Vile Ibrahim SMUGGLER",
          matchedName: "Vile Smuggler",
          nameKind: "ALIAS",
          nameStrength: "STRONG",
          score: 68.42,
          field: {
            path: "parties[1].name",
            role: "CREDITOR",
            text: "Mr Vile Smuggler 🙂",
            start: 3,
            end: 16,
            sourcePath: null,
            sourceStart: null,
            sourceEnd: null,
          },
          reasons: [
            { kind: "exact", detail: "Vile Smuggler", points: 100 },
            { kind: "unmatched-in-payment", detail: "the rest", points: -31.58 },
            { kind: "birth-date-absent", detail: "the event says no birth date", points: 0 },
            { kind: "nationality-absent", detail: "the event says no nationality", points: 0 },
            { kind: "country-absent", detail: "the event says no country", points: 0 },
            { kind: "type-agree", detail: "both a person", points: 0 },
          ],
          summary:
            'The creditor "Vile Smuggler" matches "Vile Smuggler" (68.42 %), an alias of "Vile Ibrahim SMUGGLER", a person on the UK list: Irregular migration.',
          designatedOn: "2025-07-23",
          birthDates: ["1980-01", "1970/1972"],
          nationalities: ["IQ"],
          designationHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          partyFingerprint: null,
          fingerprintFields: [],
          goodGuyId: null,
          identifier: null,
        },
      ],
    });
  });

  test("has points that sum to its score, also in doubles", () => {
    for (const { score, reasons } of alertOn(event).matches)
      expect(Math.abs(reasons.reduce((sum, { points }) => sum + points, 0) - score)).toBeLessThan(0.001);
  });

  test("on a remittance tells what the sender pays in, and no rail", () => {
    const alert = alertOn(remittanceToScreen(remittance({ sender: party("OTHER", "Vile Smuggler") })));
    expect(alert).toMatchObject({ rail: null, money: remittance().sendMoney });
  });

  test("survives its schema", () => {
    const alert = alertOn(event);
    const subject = "screening.alerts.v1-value";
    const value = createEncoder(subject).encode(alert, 1);
    expect({ ...createDecoder(subject, schemaText(subject)).decode(value) }).toEqual(alert);
  });

  test("leaves out the weakest matches, counted, when it would outgrow a record", () => {
    const long = `Vile Smuggler ${"ж".repeat(2)}`;
    const namesakes = Array.from({ length: 3000 }, (_, i) =>
      listed(`uk:${String(i)}`, "Vile Smuggler", { regime: "Шторм ".repeat(40) }),
    );
    const crowded = paymentToScreen(payment({ parties: [party("DEBTOR", long), party("CREDITOR", "Vile Smuggler")] }));
    const alert = alertOn(crowded, namesakes);
    expect(alert.matches.length + alert.matchesLeftOut).toBe(6000);
    expect(alert.matches[0]?.field.path).toBe("parties[1].name");
    const bytes = createEncoder("screening.alerts.v1-value").encode(alert, 1).length;
    expect(bytes).toBeGreaterThan(500_000);
    expect(bytes).toBeLessThan(900_000);
  });

  test("does not repeat money that is none", () => {
    const money = { amount: decimalFromString("1"), currency: "X".repeat(100_000) };
    const odd = paymentToScreen(payment({ money, parties: [party("DEBTOR", "Vile Smuggler")] }));
    expect(alertOn(odd).money).toBeNull();
  });
});

/** The names of an entry whose name `Vile` is of that kind. */
function as(kind: NameKind, strength: NameStrength = "UNKNOWN"): readonly ListedName[] {
  return [
    { text: kind === "PRIMARY" ? "Vile" : "Foul", kind: "PRIMARY", strength: "UNKNOWN" },
    { text: "Vile", kind, strength },
  ];
}

function toldOf(change: Parameters<typeof payment>[0]): string | undefined {
  return alertOn(paymentToScreen(payment(change)), [listed("uk:1", "Vile")]).matches[0]?.summary;
}

/** Rows: the listed entry, the role, the sentence. */
describe("the summary", () => {
  test.each([
    ["DEBTOR", {}, 'The debtor "Vile" matches "Vile" (100 %), a person on the UK list: Test regime.'],
    [
      "ULTIMATE_CREDITOR",
      { names: as("VARIATION"), type: "VESSEL" },
      'The ultimate creditor "Vile" matches "Vile" (100 %), a spelling of "Foul", a ship on the UK list: Test regime.',
    ],
    [
      "OTHER",
      { names: as("ALIAS", "WEAK"), type: "ORGANISATION", list: "un" },
      'A party "Vile" matches "Vile" (100 %), a weak alias of "Foul", an organisation on the UN list: Test regime.',
    ],
    [
      "SENDER",
      { names: as("FORMER"), type: "OTHER" },
      'The sender "Vile" matches "Vile" (100 %), a former name of "Foul", an entry on the UK list: Test regime.',
    ],
  ] as const)("%s %#", (role, change, sentence) => {
    const event = paymentToScreen(payment({ parties: [party(role, "Vile", "UNKNOWN")] }));
    expect(alertOn(event, [listed("uk:1", "Vile", change)]).matches[0]?.summary).toBe(sentence);
  });

  test("tells the line of free text, and the holder of an account", () => {
    const rest = '"Vile" matches "Vile" (100 %), a person on the UK list: Test regime.';
    const contained = rest.replace("matches", "which matches").replace('"Vile" which', '"Vile", which');
    expect(toldOf({ remittanceInformation: ["Rent", "for Vile, thanks"] })).toBe(
      `Remittance information line 2 contains ${contained}`,
    );
    expect(toldOf({ purpose: "help for Vile" })).toBe(`Purpose contains ${contained}`);
    expect(toldOf({ parties: [withAccount("Vile", party("CREDITOR", "Ann"))] })).toBe(
      `The account holder of the creditor ${rest}`,
    );
    expect(toldOf({ parties: [withAccount("Vile", party("OTHER", "Ann"))] })).toBe(`An account holder ${rest}`);
  });

  test("stays one sentence where a regime has the length of a page, and never ends in half a character", () => {
    const regime = `${"r".repeat(118)}🙂 and so on`;
    const event = paymentToScreen(payment({ parties: [party("DEBTOR", "Vile")] }));
    const summary = alertOn(event, [listed("uk:1", "Vile", { regime })]).matches[0]?.summary ?? "";
    expect(summary).toContain(`${"r".repeat(118)}….`);
  });
});
