import {
  compilePolicy,
  type FieldMatch,
  paymentToScreen,
  type PolicySettings,
  remittanceToScreen,
  type ScreenableEvent,
  screenEvent,
  type ScreeningOutcome,
  summaryOf,
  toAlert,
  toDecision,
} from "@cordon/decisions";
import { compileSnapshot, type Designation, openSnapshot } from "@cordon/matching";
import { createDecoder, createEncoder, schemaText, type ScreenedParty } from "@cordon/schemas";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { agent, party, payment, remittance } from "./events.ts";
import { listed } from "./fake-index.ts";

const ship = listed("uk:RUS1", "KOROLYOV AVENUE", {
  type: "VESSEL",
  regime: "Russia",
  measures: ["Ship sanctions"],
  identifiers: [{ kind: "IMO", value: "9074729", note: null }],
});
const bank = listed("ofac:2", "BANK OF EXAMPLE", {
  type: "ORGANISATION",
  identifiers: [{ kind: "BIC", value: "AAAAIRTH", note: null }],
});
const holder = listed("ofac:3", "Wanda Wallet", {
  identifiers: [{ kind: "WALLET", value: "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", note: null, currency: "XBT" }],
});
const person = listed("uk:BEL1", "Vile Ibrahim SMUGGLER", {
  birthDates: [{ date: "1980-05-17", until: null, approximate: false }],
  nationalities: ["IQ"],
  identifiers: [{ kind: "PASSPORT", value: "A 1234567", note: null, country: "IQ" }],
  references: ["un:QDi.900"],
});
const linked = listed("un:QDi.900", "Wile SMAGLER", { regime: "Al-Qaida" });

const list = [ship, bank, holder, person, linked];
const index = openSnapshot(compileSnapshot(list));

function screened(event: ScreenableEvent, settings: PolicySettings = {}, indexIsStale = false): ScreeningOutcome {
  return screenEvent(event, index, compilePolicy(settings), { indexAge: indexIsStale ? Infinity : 0, at: 0 });
}

function matchesOf(outcome: ScreeningOutcome): readonly FieldMatch[] {
  return outcome.kind === "hit" ? outcome.matches : [];
}

function told(outcome: ScreeningOutcome): string | readonly string[] {
  if (outcome.kind === "hit")
    return outcome.matches.map(({ field, designation, start, end }) => {
      return `${designation.id} at ${field.path}: ${field.text.slice(start, end)}`;
    });
  return outcome.kind === "hold" ? outcome.reason : "CLEAR";
}

const ann = party("DEBTOR", "Ann Baker");

function withIdentifier(kind: ScreenedParty["identifiers"][number]["kind"], value: string): ScreenedParty {
  return { ...party("CREDITOR", "Bob Carter"), identifiers: [{ kind, value, issuer: null }] };
}

/** Rows: what the event has beside innocent names, and what it leads to. */
describe("an exact identifier is a hit, whatever the names:", () => {
  const bob = party("CREDITOR", "Bob Carter");
  test.each([
    [
      "a ship's IMO",
      { parties: [withIdentifier("IMO", "IMO 9074729")] },
      ["uk:RUS1 at parties[0].identifiers[0].value: IMO 9074729"],
    ],
    [
      "a ship's IMO in a line",
      { remittanceInformation: ["Rent", "🙂 freight IMO9074729 May"] },
      ["uk:RUS1 at remittanceInformation[1]: IMO9074729"],
    ],
    [
      "a ship's IMO in a name",
      { parties: [party("CREDITOR", "Sea Cat (IMO 9074729)", "VESSEL")] },
      ["uk:RUS1 at parties[0].name: 9074729"],
    ],
    [
      "a bank's BIC",
      { agents: [{ ...agent("CREDITOR_AGENT", null), bic: "AAAAIRTH123" }] },
      ["ofac:2 at agents[0].bic: AAAAIRTH123"],
    ],
    [
      "a bank's BIC in a line",
      { remittanceInformation: ["/INS/AAAAIRTHXXX"] },
      ["ofac:2 at remittanceInformation[0]: AAAAIRTHXXX"],
    ],
    [
      "a wallet",
      { parties: [withIdentifier("WALLET", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT")] },
      ["ofac:3 at parties[0].identifiers[0].value: 1BoatSLRHtKNngkdXEeobR76b53LETtpyT"],
    ],
    [
      "a wallet as account",
      { parties: [{ ...bob, account: { kind: "OTHER", value: "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", name: null } }] },
      ["ofac:3 at parties[0].account.value: 1BoatSLRHtKNngkdXEeobR76b53LETtpyT"],
    ],
    [
      "a passport, with the entry that is linked",
      { parties: [withIdentifier("PASSPORT", " A-123 4567 ")] },
      [
        "uk:BEL1 at parties[0].identifiers[0].value: A-123 4567",
        "un:QDi.900 at parties[0].identifiers[0].value: A-123 4567",
      ],
    ],
  ] as const)("%s", (_, change, expected) => {
    const { parties = [], ...rest } = change as Parameters<typeof payment>[0] & {};
    const event = paymentToScreen(payment({ ...rest, parties: [...parties, ann] }));
    expect(told(screened(event))).toEqual(expected);
    expect(told(screened(event, {}, true))).toEqual(expected);
  });

  test("in a remittance as well", () => {
    const beneficiary = {
      ...party("BENEFICIARY", "Bob"),
      contact: "x@example.org",
      ...pick(withIdentifier("PASSPORT", "A1234567")),
    };
    const event = remittanceToScreen(
      remittance({ beneficiary, payoutAgent: { ...agent("OTHER", null), bic: "AAAAIRTH" } }),
    );
    expect(told(screened(event))).toEqual([
      "uk:BEL1 at beneficiary.identifiers[0].value: A1234567",
      "ofac:2 at payoutAgent.bic: AAAAIRTH",
      "un:QDi.900 at beneficiary.identifiers[0].value: A1234567",
    ]);
  });

  test("too many identifiers to look up hold the event", () => {
    const many = Array.from({ length: 1001 }, () => ({ kind: "PASSPORT", value: "B7654321", issuer: null }) as const);
    expect(told(screened(paymentToScreen(payment({ parties: [{ ...ann, identifiers: many }] }))))).toBe(
      "QUERY_TOO_BROAD",
    );
  });
});

function pick({ identifiers }: ScreenedParty): Pick<ScreenedParty, "identifiers"> {
  return { identifiers };
}

test("identifiers that are not listed never hit, and hold only as texts that cannot be read", () => {
  const kinds = [
    "PASSPORT",
    "NATIONAL_ID",
    "TAX_ID",
    "REGISTRATION",
    "OTHER",
    "IMO",
    "BIC",
    "LEI",
    "WALLET",
    "PHONE",
  ] as const;
  const value = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 30 }),
    fc.stringMatching(/^[A-Z]{1,2}[0-9]{6,9}$/),
    fc.stringMatching(/^[0-9]{6,14}$/),
    fc.stringMatching(/^[A-Z]{6}[0-9A-Z]{2}$/),
  );
  const own = ["9074729", "A1234567", "AAAAIRTH"];
  fc.assert(
    fc.property(fc.constantFrom(...kinds), value, (kind, text) => {
      fc.pre(
        !own.some((one) =>
          text
            .replaceAll(/[^0-9A-Za-z]/g, "")
            .toUpperCase()
            .includes(one),
        ),
      );
      const parties = [{ ...ann, identifiers: [{ kind, value: text, issuer: null }], contact: text }];
      const outcome = told(screened(paymentToScreen(payment({ parties }))));
      expect(/^[A-Z]*[0-9]*$/.test(text) ? ["CLEAR"] : ["CLEAR", "NAME_UNREADABLE"]).toContain(outcome);
    }),
  );
});

describe("the alert", () => {
  const context = {
    source: { topic: "payments.v1", partition: 0, offset: 1n },
    index: { version: "abc", generation: 7, lists: [] },
    engineVersion: "e",
    policyVersion: "p",
    at: 1,
  };

  test("says which identifier matched, in which field, under which regime and measures", () => {
    const identifiers = [{ kind: "PASSPORT", value: "A1234567", issuer: "iq" }] as const;
    const known = { birthDate: "1980-05", nationalities: ["GB"], residence: "IQ" };
    const event = paymentToScreen(
      payment({ parties: [{ ...party("CREDITOR", "Bob Carter"), identifiers, ...known }] }),
    );
    const outcome = screened(event);
    if (outcome.kind !== "hit") throw new Error("not a hit");
    const alert = toAlert(outcome, event, context);
    const [match, other] = alert.matches;
    expect(match).toMatchObject({
      designationId: "uk:BEL1",
      score: 100,
      field: { path: "parties[0].identifiers[0].value", role: "CREDITOR", text: "A1234567", start: 0, end: 8 },
      identifier: { kind: "PASSPORT", value: "A 1234567", issuer: "IQ", note: null, designationId: null },
      summary:
        'The passport number "A1234567" of the creditor is that of "Vile Ibrahim SMUGGLER", a person on the UK list: Test regime.',
    });
    expect(match?.reasons.map(({ kind, points }) => `${kind} ${String(points)}`)).toEqual([
      "identifier 100",
      "issuer-agree 0",
      "birth-date-agree 0",
      "nationality-conflict 0",
      "country-agree 0",
      "type-agree 0",
      "linked 0",
    ]);
    expect(other).toMatchObject({
      designationId: "un:QDi.900",
      regime: "Al-Qaida",
      identifier: { designationId: "uk:BEL1" },
      summary:
        'The passport number "A1234567" of the creditor is that of uk:BEL1, which is linked with "Wile SMAGLER", a person on the UN list: Al-Qaida.',
    });
    const subject = "screening.alerts.v1-value";
    const value = createEncoder(subject).encode(alert, 1);
    expect({ ...createDecoder(subject, schemaText(subject)).decode(value) }).toEqual(alert);
  });

  test("fits a record, however long what the event says of issuers and birth dates", () => {
    const issuer = "\u0390".repeat(400_000);
    const identifiers = [{ kind: "PASSPORT", value: "A1234567", issuer }] as const;
    const padded = `1980-05-17${" ".repeat(1_000_000)}`;
    for (const more of [{ identifiers }, { name: "Vile Ibrahim Smuggler", birthDate: padded }]) {
      const event = paymentToScreen(payment({ parties: [{ ...party("CREDITOR", "Bob Carter"), ...more }] }));
      const outcome = screened(event);
      if (outcome.kind !== "hit") throw new Error("not a hit");
      const bytes = createEncoder("screening.alerts.v1-value").encode(toAlert(outcome, event, context), 1).length;
      expect(bytes).toBeLessThan(10_000);
    }
  });

  test("names the line and the identifier in it, and the name beside it, in one match", () => {
    const line = "KOROLYOV AVENUE IMO 9074729";
    const [match, ...more] = matchesOf(screened(paymentToScreen(payment({ remittanceInformation: [line] }))));
    expect(more).toEqual([]);
    expect(match === undefined ? "" : summaryOf(match)).toBe(
      'Remittance information line 1 holds the IMO number "9074729", which is that of "KOROLYOV AVENUE", a ship on the UK list: Russia.',
    );
    expect(match?.reasons.find(({ kind }) => kind === "name")?.detail).toContain('"KOROLYOV AVENUE"');
  });
});

function named(change: Partial<ScreenedParty>): ScreenableEvent {
  return paymentToScreen(payment({ parties: [{ ...party("CREDITOR", "Vile Ibrahim Smuggler"), ...change }, ann] }));
}

describe("evidence beside a name", () => {
  test("is told in every match, and changes neither hit nor score", () => {
    const [match] = matchesOf(screened(named({ birthDate: "1970-02-03", nationalities: ["IQ"] })));
    expect(match?.score).toBe(10_000);
    expect(match?.reasons.filter(({ points }) => points === 0).map(({ kind }) => kind)).toEqual([
      "birth-date-conflict",
      "nationality-agree",
      "country-absent",
      "type-agree",
    ]);
  });

  test("orders the matches of one name", () => {
    const namesake = listed("uk:BEL0", "Vile Ibrahim SMUGGLER", {
      birthDates: [{ date: "1955-03-02", until: null, approximate: false }],
    });
    const both = openSnapshot(compileSnapshot([...list, namesake]));
    const outcome = screenEvent(named({ birthDate: "1980-05-17" }), both, compilePolicy(), {
      indexAge: 0,
      at: 0,
    });
    expect(matchesOf(outcome).map(({ designation }) => designation.id)).toEqual(["uk:BEL1", "uk:BEL0"]);
  });

  test("links two entries of one party in one alert", () => {
    const twin: Designation = {
      ...person,
      id: listed("uk:GHR1", "x").id,
      regime: "Human rights",
      identifiers: [],
      references: [],
    };
    const both = openSnapshot(compileSnapshot([person, twin]));
    const outcome = screenEvent(named({}), both, compilePolicy(), { indexAge: 0, at: 0 });
    expect(
      matchesOf(outcome).map(({ designation, reasons }) => [
        designation.id,
        reasons.find(({ kind }) => kind === "linked")?.detail,
      ]),
    ).toEqual([
      ["uk:BEL1", "also uk:GHR1: same name and birth date"],
      ["uk:GHR1", "also uk:BEL1: same name and birth date"],
    ]);
  });
});

/** Rows: what is known, and what the setting that lets hard conflicts clear makes of it. */
describe("a hard conflict clears only where it was asked for, and only what is certain:", () => {
  test.each([
    ["two complete birth dates that differ", { birthDate: "1970-02-03" }, "CLEAR"],
    ["an organisation for a person", { type: "ORGANISATION" }, "CLEAR"],
    ["nothing known", {}, "HIT"],
    ["a partial birth date that differs", { birthDate: "1970" }, "HIT"],
    ["1 January, which stands for the year", { birthDate: "1970-01-01" }, "HIT"],
    ["a birth date that agrees, of an organisation", { birthDate: "1980-05-17", type: "ORGANISATION" }, "HIT"],
    ["another nationality", { nationalities: ["GB"] }, "HIT"],
    ["a ship for a person", { type: "VESSEL" }, "HIT"],
    [
      "a conflict, but a listed passport",
      { birthDate: "1970-02-03", ...pick(withIdentifier("PASSPORT", "A1234567")) },
      "HIT",
    ],
    [
      "a conflict, but a holder of the same name",
      { birthDate: "1970-02-03", account: { kind: "OTHER", value: "", name: "Smuggler, Vile Ibrahim" } },
      "HIT",
    ],
  ] as const)("%s", (_, change, expected) => {
    expect(screened(named(change), { hardConflicts: "clear" }).kind.toUpperCase()).toBe(expected);
    expect(screened(named(change)).kind).toBe("hit");
  });

  test("not where the index is stale or something could not be read: then the hit stands", () => {
    expect(screened(named({ birthDate: "1970-02-03" }), { hardConflicts: "clear" }, true).kind).toBe("hit");
    const blank = payment({
      parties: [{ ...party("CREDITOR", "Vile Ibrahim Smuggler"), birthDate: "1970-02-03" }, party("DEBTOR", "")],
    });
    expect(screened(paymentToScreen(blank), { hardConflicts: "clear" }).kind).toBe("hit");
  });

  test("the decision says what was set aside and why", () => {
    const outcome = screened(named({ birthDate: "1970-02-03" }), { hardConflicts: "clear" });
    const context = {
      source: { topic: "payments.v1", partition: 0, offset: 1n },
      index: { version: "abc", generation: 7, lists: [] },
      engineVersion: "e",
      policyVersion: "p",
      at: 1,
    };
    expect(toDecision(outcome, context)).toMatchObject({
      outcome: "CLEAR",
      alertId: null,
      setAside: [
        {
          designationId: "uk:BEL1",
          path: "parties[0].name",
          score: 100,
          reason: "birth-date-conflict",
          detail: "born 1970-02-03, but listed as 1980-05-17",
        },
      ],
    });
  });
});
