import { compilePolicy, type FieldMatch, paymentToScreen, remittanceToScreen, screenEvent } from "@cordon/decisions";
import { compileSnapshot, openSnapshot } from "@cordon/matching";
import type { ScreenedAgent, ScreenedParty, ScreenedPayment } from "@cordon/schemas";
import { describe, expect, test } from "vitest";

import { setAsideAll } from "../src/set-aside.ts";

const conflictsOnly = { hardConflicts: true, coveredBy: null };
import { agent, party, payment, remittance, withAccount } from "./events.ts";
import { fakeIndex, listed } from "./fake-index.ts";

/* Conditions on which money depends, each with the case in which it alone decides. */

const policy = compilePolicy();
const now = { indexAge: 0, at: 1000 };

function told(event: Parameters<typeof paymentToScreen>[0]): string {
  const outcome = screenEvent(paymentToScreen(event), fakeIndex([]), policy, now);
  return outcome.kind === "hold" ? outcome.reason : outcome.kind;
}

test("a bank that bears the name of a listed ship is found, beside a person of that name who is none", () => {
  const index = fakeIndex([listed("uk:3", "Sea Vile", { type: "VESSEL" })]);
  const event = payment({ parties: [party("DEBTOR", "Sea Vile")], agents: [agent("DEBTOR_AGENT", "Sea Vile")] });
  expect(screenEvent(paymentToScreen(event), index, policy, now)).toMatchObject({
    kind: "hit",
    matches: [{ field: { path: "agents[0].name" } }],
  });
  expect(screenEvent(paymentToScreen({ ...event, agents: [] }), index, policy, now).kind).toBe("clear");
});

test("a person is compared with entries of a type that is none of ours", () => {
  const index = fakeIndex([listed("uk:9", "Vile Smuggler", { type: "OTHER" })]);
  const event = paymentToScreen(payment({ parties: [party("DEBTOR", "Vile Smuggler", "PERSON")] }));
  expect(screenEvent(event, index, policy, now).kind).toBe("hit");
});

test("what is decided at the very millisecond of its deadline is in time, and one later is not", () => {
  expect([1001, 1000, 999].map((decideBy) => told(payment({ decideBy })))).toEqual([
    "clear",
    "clear",
    "DEADLINE_PASSED",
  ]);
});

describe("a character that was lost holds, whoever has it", () => {
  const lost = "Gor\uFFFDn Doe";
  test.each([
    ["a party in no role", payment({ parties: [party("DEBTOR", "Ann"), party("OTHER", lost)] })],
    ["an account holder", payment({ parties: [withAccount(lost, party("DEBTOR", "Ann"))] })],
    ["a line", payment({ remittanceInformation: ["rent", lost] })],
    ["a purpose", payment({ purpose: lost })],
    ["a reference", payment({ endToEndId: lost })],
  ])("%s", (_, event) => {
    expect(told(event)).toBe("NAME_UNREADABLE");
  });

  test("but a hit is a hit", () => {
    const event = payment({ parties: [party("DEBTOR", lost), party("CREDITOR", "Vile Smuggler")] });
    const index = fakeIndex([listed("uk:1", "Vile Smuggler")]);
    expect(screenEvent(paymentToScreen(event), index, policy, now).kind).toBe("hit");
  });
});

describe("a payment without parties", () => {
  const from = { ...agent("DEBTOR_INSTITUTION", null), bic: "TIDEGB2L" };
  const to = { ...agent("CREDITOR_INSTITUTION", null), bic: "TIDEFR2L" };
  test.each<[string, Partial<ScreenedPayment>, string]>([
    ["between two banks that are known by their codes", { agents: [from, to] }, "clear"],
    ["of which one bank alone is known", { agents: [from, { ...to, bic: null }] }, "FIELD_MISSING"],
    ["that asks to cancel another", { agents: [from], messageType: "camt.056.001.08" }, "clear"],
    ["that asks for nothing of the kind", { agents: [from], messageType: "pacs.008.001.08" }, "FIELD_MISSING"],
    ["of anybody", {}, "FIELD_MISSING"],
  ])("%s", (_what, change, expected) => {
    expect(told(payment({ parties: [], ...change }))).toBe(expected);
  });
});

describe("a role that we do not know needs a name", () => {
  const strange: ScreenedParty = { ...party("OTHER", ""), role: "UNKNOWN" };
  const bank: ScreenedAgent = { ...agent("OTHER", ""), role: "UNKNOWN" };
  const ann = party("DEBTOR", "Ann Baker");
  test.each([
    ["a party without one", payment({ parties: [ann, strange] }), "FIELD_MISSING"],
    ["an agent of an empty one", payment({ agents: [bank] }), "FIELD_MISSING"],
    ["an agent that says none", payment({ agents: [{ ...bank, name: null }] }), "clear"],
    ["a party whose name is blank", payment({ parties: [ann, { ...strange, name: " " }] }), "NAME_UNREADABLE"],
    ["a party with one", payment({ parties: [ann, { ...strange, name: "Bob" }] }), "clear"],
    ["a party in no role needs none", payment({ parties: [ann, party("OTHER", "")] }), "clear"],
  ])("%s: %s", (_, event, expected) => {
    expect(told(event)).toBe(expected);
  });

  test("and is told as no role of ours, save where its place says what it is", () => {
    const index = fakeIndex([listed("uk:1", "Vile Smuggler")]);
    const bearer = { ...strange, name: "Vile Smuggler" };
    expect(screenEvent(paymentToScreen(payment({ parties: [bearer] })), index, policy, now)).toMatchObject({
      matches: [{ field: { role: "OTHER" } }],
    });
    expect(screenEvent(remittanceToScreen(remittance({ sender: bearer })), index, policy, now)).toMatchObject({
      matches: [{ field: { role: "SENDER" } }],
    });
  });
});

describe("what a hard conflict sets aside", () => {
  const conflict = { aspect: "birth-date", verdict: "conflict", hard: true, worth: -1, detail: "other dates" } as const;
  const match = (change: Partial<FieldMatch> = {}): FieldMatch => ({
    field: { path: "parties[0].name", bearer: "party", role: "DEBTOR", text: "Vile Smuggler" },
    designation: listed("uk:1", "Vile Smuggler"),
    name: { text: "Vile Smuggler", kind: "PRIMARY", strength: "UNKNOWN" },
    score: 10_000,
    start: 0,
    end: 13,
    reasons: [],
    evidence: [conflict],
    identifier: null,
    ...change,
  });

  test("is the name of a party, and never that of the holder of its account, a text, or one of several names in a field", () => {
    expect(setAsideAll([match()], conflictsOnly)).toHaveLength(1);
    const { field } = match();
    expect(setAsideAll([match({ field: { ...field, bearer: "account" } })], conflictsOnly)).toBeNull();
    expect(setAsideAll([match({ field: { ...field, bearer: "text" } })], conflictsOnly)).toBeNull();
    expect(setAsideAll([match({ within: true })], conflictsOnly)).toBeNull();
    expect(setAsideAll([match({ evidence: [] })], conflictsOnly)).toBeNull();
  });

  test("is never an identifier, whatever else is said of the party that has it", () => {
    const identifier = {
      kind: "PASSPORT",
      listed: { kind: "PASSPORT", value: "ZK4711923", note: null },
      via: null,
    } as const;
    expect(setAsideAll([match({ identifier })], conflictsOnly)).toBeNull();
    const entry = listed("uk:1", "Vile Smuggler", {
      birthDates: [{ date: "1949-03-19", until: null, approximate: false }],
      identifiers: [identifier.listed],
    });
    const bearer = { ...party("DEBTOR", "Vile Smuggler"), birthDate: "1980-02-02" };
    const outcome = (change: Partial<ScreenedParty>): string => {
      const event = paymentToScreen(payment({ parties: [{ ...bearer, ...change }] }));
      return screenEvent(event, fakeIndex([entry]), compilePolicy({ hardConflicts: "clear" }), now).kind;
    };
    expect(outcome({})).toBe("clear");
    expect(outcome({ identifiers: [{ kind: "PASSPORT", value: "ZK4711923", issuer: null }] })).toBe("hit");
  });

  test("are a hundred matches, and not one more", () => {
    expect(
      setAsideAll(
        Array.from({ length: 100 }, () => match()),
        conflictsOnly,
      ),
    ).toHaveLength(100);
    expect(
      setAsideAll(
        Array.from({ length: 101 }, () => match()),
        conflictsOnly,
      ),
    ).toBeNull();
  });

  test("is not one of two people in one field, of whom the birth date is said of nobody knows whom", () => {
    const index = openSnapshot(
      compileSnapshot([
        listed("uk:1", "Willard Chiwewe", { birthDates: [{ date: "1949-03-19", until: null, approximate: false }] }),
      ]),
    );
    const clearing = compilePolicy({ hardConflicts: "clear" });
    const outcome = (name: string): string => {
      const bearer = { ...party("DEBTOR", name), birthDate: "1980-02-02" };
      return screenEvent(paymentToScreen(payment({ parties: [bearer] })), index, clearing, now).kind;
    };
    expect(outcome("Willard Chiwewe")).toBe("clear");
    expect(outcome("Freya Ashworth and/or Willard Chiwewe")).toBe("hit");
  });
});
