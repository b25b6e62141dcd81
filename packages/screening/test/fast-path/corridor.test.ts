import { compilePolicy, type PolicyRule } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import { compileSnapshot, openSnapshot } from "@cordon/matching";
import {
  createEncoder,
  decimalFromString,
  type Payment,
  type Remittance,
  schemaText,
  subjectOf,
  topics,
} from "@cordon/schemas";
import { type FastPath, fastPathOf, generationOf, payments, remittances } from "@cordon/screening";
import { describe, expect, test } from "vitest";

import { listed } from "../../src/testing/fake-index.ts";
import { party, payment, remittance } from "../../src/testing/sample-events.ts";

/* What the rules of a policy ask of an event: where one holds that gives it no time, the event is not clear by its parts. */

const manifest = { version: "v1", generation: 1, lists: [] } as unknown as IndexManifest;
const generation = generationOf(manifest, openSnapshot(compileSnapshot([listed("A1", "Goran Jalal Rasulov")])));
const paymentEncoder = createEncoder(subjectOf(topics.payments));
const remittanceEncoder = createEncoder(subjectOf(topics.remittances));
const readerOfPayments = payments.readerFor(schemaText(subjectOf(topics.payments)), new Set()).parts;
const readerOfRemittances = remittances.readerFor(schemaText(subjectOf(topics.remittances)), new Set()).parts;
const at = 100_000;

function pathWhere(when: PolicyRule["when"]): FastPath {
  const policy = compilePolicy({ rules: [{ name: "r", because: "b", when, apply: { decideWithinSeconds: 1 } }] });
  return fastPathOf(policy)({ generation, indexAge: 0 });
}

function holdsOfPayment(path: FastPath, more: Partial<Payment>): boolean {
  const value = paymentEncoder.encode({ ...payment("e-1"), createdAt: 1, ...more }, 7);
  return path.tryClear({ value, reader: readerOfPayments, at }) === null;
}

function holdsOfRemittance(path: FastPath, more: Partial<Remittance>): boolean {
  const value = remittanceEncoder.encode(
    { ...remittance("e-1", "Amelia Whitfield", "Oliver Baker"), createdAt: 1, ...more },
    7,
  );
  return path.tryClear({ value, reader: readerOfRemittances, at }) === null;
}

type Party = Payment["parties"][number];
const living = (role: Party["role"], residence: string | null): Party => ({
  ...party(role, "Amelia Whitcombe"),
  residence,
});
const bank = (role: Payment["agents"][number]["role"], bic: string | null): Payment["agents"][number] => ({
  role,
  bic,
  lei: null,
  name: "Tide Bank",
  clearingId: null,
  address: null,
  account: null,
});

describe("where a payment comes from", () => {
  test.each<[string, Partial<Payment>, boolean]>([
    ["its debtor lives there", { parties: [living("DEBTOR", "IQ")] }, true],
    ["its creditor lives there", { parties: [living("CREDITOR", "IQ")] }, false],
    ["somebody of neither side lives there", { parties: [living("DEBTOR", "GB"), living("OTHER", "IQ")] }, false],
    ["one of two debtors lives there", { parties: [living("DEBTOR", "GB"), living("ULTIMATE_DEBTOR", "IQ")] }, true],
    ["nobody says where they live", { parties: [living("DEBTOR", null)] }, false],
    [
      "its debtor's bank is there",
      { parties: [living("DEBTOR", "GB")], agents: [bank("DEBTOR_AGENT", "TIDEIQ2L")] },
      true,
    ],
    [
      "its creditor's bank is there",
      { parties: [living("DEBTOR", "GB")], agents: [bank("CREDITOR_AGENT", "TIDEIQ2L")] },
      false,
    ],
    ["a line says so", { parties: [living("DEBTOR", "GB")], remittanceInformation: ["IQ"] }, false],
  ])("is told by its parties and agents: %s", (_, event, holds) => {
    const path = pathWhere({ fromAny: ["IQ"] });
    // Who was seen before tells the same.
    expect([holdsOfPayment(path, event), holdsOfPayment(path, event)]).toEqual([holds, holds]);
  });

  test("is told of each party by itself, however many were seen before", () => {
    const path = pathWhere({ fromAny: ["IQ"] });
    const countries = ["IQ", "GB", "FR", "IQ", "GB", "IQ"];
    expect(countries.map((country) => holdsOfPayment(path, { parties: [living("DEBTOR", country)] }))).toEqual(
      countries.map((country) => country === "IQ"),
    );
  });

  test("is not where it goes to", () => {
    const path = pathWhere({ toAny: ["IQ"] });
    const told = (role: Party["role"]): boolean => holdsOfPayment(path, { parties: [living(role, "IQ")] });
    expect([told("CREDITOR"), told("DEBTOR")]).toEqual([true, false]);
  });
});

test("where a remittance comes from and goes to is told by its own fields", () => {
  const from = pathWhere({ fromAny: ["IQ"] });
  const to = pathWhere({ toAny: ["IQ"] });
  const countries = { fromCountry: "IQ", toCountry: "GB" };
  expect([holdsOfRemittance(from, countries), holdsOfRemittance(to, countries)]).toEqual([true, false]);
  const back = { fromCountry: "GB", toCountry: "IQ" };
  expect([holdsOfRemittance(from, back), holdsOfRemittance(to, back)]).toEqual([false, true]);
});

test("a rail, a channel, an amount and the kind of event are told as they are", () => {
  const money = { amount: decimalFromString("1000"), currency: "GBP" };
  const amount = { amount: { currency: "GBP", atLeast: "1000" } } as const;
  expect([
    holdsOfPayment(pathWhere({ rail: ["FPS"] }), {}),
    holdsOfPayment(pathWhere({ rail: ["SWIFT"] }), {}),
    holdsOfRemittance(pathWhere({ channel: ["CASH"] }), { channel: "CASH" }),
    holdsOfRemittance(pathWhere({ channel: ["CARD"] }), { channel: "CASH" }),
    holdsOfPayment(pathWhere(amount), { money }),
    holdsOfPayment(pathWhere(amount), {}),
    holdsOfPayment(pathWhere({ event: "payment" }), {}),
    holdsOfPayment(pathWhere({ event: "remittance" }), {}),
    holdsOfRemittance(pathWhere({ event: "remittance" }), {}),
    holdsOfRemittance(pathWhere({ event: "payment" }), {}),
  ]).toEqual([true, false, true, false, true, false, true, false, true, false]);
});
