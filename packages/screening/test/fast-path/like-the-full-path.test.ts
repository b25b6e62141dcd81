import { compilePolicy, type Policy } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import { compileSnapshot, type Designation, openSnapshot } from "@cordon/matching";
import {
  canaryIdPrefix,
  createEncoder,
  type Payment,
  type Remittance,
  schemaText,
  subjectOf,
  topics,
} from "@cordon/schemas";
import { type EventKind, fastPathOf, generationOf, payments, remittances, screenRecord } from "@cordon/screening";
import { describe, expect, test } from "vitest";

import { listed } from "../../src/testing/fake-index.ts";
import { party, payment, remittance } from "../../src/testing/sample-events.ts";

/* Examples in which an event is, or is not, clear by its parts, for a reason that each of them names; the full path says the same. */

const manifest = { version: "v1", generation: 1, lists: [] } as unknown as IndexManifest;
const place = {
  codes: ["QD"],
  elsewhere: [],
  rule: "hit",
  ruleInText: "hold",
  ruleOfOrigin: "tell",
  kind: "COUNTRY",
} as const;
const goran: Designation = {
  ...listed("A1", "Goran Jalal Rasulov"),
  identifiers: [{ kind: "IBAN", value: "GB82WEST12345698765432", note: null }],
};
const quendria: Designation = { ...listed("P1", "Quendria", "places"), type: "OTHER", place };
const people = generationOf(manifest, openSnapshot(compileSnapshot([goran])));
const withPlaces = generationOf(manifest, openSnapshot(compileSnapshot([goran, quendria])));
const usual = compilePolicy();
const at = 2_000;

const paymentEncoder = createEncoder(subjectOf(topics.payments));
const remittanceEncoder = createEncoder(subjectOf(topics.remittances));
const readerOfPayments = payments.readerFor(schemaText(subjectOf(topics.payments)), new Set());
const readerOfRemittances = remittances.readerFor(schemaText(subjectOf(topics.remittances)), new Set());

interface Under {
  readonly policy?: Policy;
  readonly generation?: typeof people;
}

/** Whether it is clear by its parts, which it is exactly if the full path finds nothing of it. */
function isClear(
  value: Buffer,
  by: ReturnType<EventKind["readerFor"]>,
  { policy = usual, generation = people }: Under = {},
): boolean {
  const screening = { generation, policy, indexAge: 0 };
  const fast = fastPathOf(policy)(screening).tryClear({ value, reader: by.parts, at });
  const full = screenRecord({ event: by.read(value), why: null }, screening, at);
  const outcome = full.kind === "screened" ? full.outcome : null;
  expect(outcome?.kind === "clear" && outcome.told.length === 0).toBe(fast !== null);
  if (fast !== null)
    expect(outcome).toMatchObject({ fieldsScreened: fast.fieldsScreened, fieldsLeftOut: fast.fieldsLeftOut });
  return fast !== null;
}

const pays = (more: Partial<Payment>, under?: Under): boolean =>
  isClear(paymentEncoder.encode({ ...payment("e-1", ["Amelia Whitcombe"]), ...more }, 7), readerOfPayments, under);
const sends = (more: Partial<Remittance>, under?: Under): boolean =>
  isClear(
    remittanceEncoder.encode({ ...remittance("e-1", "Amelia Whitcombe", "Oliver Baker"), ...more }, 7),
    readerOfRemittances,
    under,
  );

describe("what stands across the ends of lines", () => {
  test.each<[string, Partial<Payment>, boolean]>([
    ["nothing", { remittanceInformation: ["rent", "food"] }, true],
    ["a name, of two lines", { remittanceInformation: ["for Goran", "Jalal Rasulov"] }, false],
    ["a name, of three", { remittanceInformation: ["rent", "for Goran Jalal", "Rasulov"] }, false],
    ["a name in instructions", { instructions: ["for Goran", "Jalal Rasulov"] }, false],
    ["a name in reporting", { regulatoryReporting: ["for Goran", "Jalal Rasulov"] }, false],
    ["an identifier", { remittanceInformation: ["GB82 WEST 1234", "5698 7654 32"] }, false],
    [
      "an identifier over more lines than a name",
      { remittanceInformation: "GB82WEST12345698765432".match(/../g) ?? [] },
      false,
    ],
    [
      "nothing, of lines of two arrays",
      { remittanceInformation: ["for Goran"], instructions: ["Jalal Rasulov"] },
      true,
    ],
    ["nothing, of a line and a text alone", { remittanceInformation: ["for Goran"], purpose: "Jalal Rasulov" }, true],
  ])("counts as what stands in them: %s", (_, event, clear) => {
    expect(pays(event)).toBe(clear);
  });
});

test("an identifier in a text is looked for, though another number in its place was clear", () => {
  const identifiers = [{ kind: "REGISTRATION" as const, value: "4711582290", note: null }];
  const generation = generationOf(manifest, openSnapshot(compileSnapshot([{ ...goran, identifiers }])));
  const path = fastPathOf(usual)({ generation, indexAge: 0 });
  const clear = ["4711582291", "4711582290", "4711582291"].map((number) => {
    const value = paymentEncoder.encode(
      { ...payment("e-1", ["Amelia Whitcombe"]), remittanceInformation: [`Invoice ${number}`] },
      7,
    );
    return path.tryClear({ value, reader: readerOfPayments.parts, at }) !== null;
  });
  expect(clear).toEqual([true, false, true]);
});

test("countries in fields of the event itself are looked for where places are listed", () => {
  const under = { generation: withPlaces };
  expect([sends({ fromCountry: "QD" }, under), sends({ toCountry: "QD" }, under), sends({}, under)]).toEqual([
    false,
    false,
    true,
  ]);
  expect([sends({ fromCountry: "QD" }), pays({}, under)]).toEqual([true, true]);
});

function clears(eventId: string): boolean {
  const value = paymentEncoder.encode(payment(eventId), 7);
  const path = fastPathOf(usual)({ generation: people, indexAge: 0 });
  return path.tryClear({ value, reader: readerOfPayments.parts, at }) !== null;
}

test("a canary is never clear by its parts", () => {
  expect([clears(`${canaryIdPrefix}1`), clears(canaryIdPrefix), clears(canaryIdPrefix.slice(0, -1))]).toEqual([
    false,
    false,
    true,
  ]);
});

const amelia = party("DEBTOR", "Amelia Whitcombe");

function withGoranAs(role: "DEBTOR" | "CREDITOR"): Partial<Payment> {
  return { parties: [amelia, party("CREDITOR", "Oliver Baker"), party(role, "Goran Jalal Rasulov")] };
}

describe("a party or an agent", () => {
  const bank = { bic: null, lei: null, name: null, clearingId: null, address: null, account: null };

  test("must have a name in a named role only", () => {
    expect(pays({ parties: [amelia, party("OTHER", "")] })).toBe(true);
    expect(pays({ parties: [amelia, party("CREDITOR", "")] })).toBe(false);
    // An agent may have none, but not an empty one.
    const through = (role: "OTHER" | "DEBTOR_AGENT", name: string | null): boolean =>
      pays({ parties: [amelia], agents: [{ ...bank, role, name }] });
    expect([through("OTHER", ""), through("DEBTOR_AGENT", ""), through("DEBTOR_AGENT", null)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test("is treated as its role is", () => {
    const rules = [{ name: "r", because: "b", when: { role: ["DEBTOR"] }, apply: { screened: false } }] as const;
    const policy = compilePolicy({ rules });
    expect([pays(withGoranAs("DEBTOR"), { policy }), pays(withGoranAs("CREDITOR"), { policy })]).toEqual([true, false]);
  });

  test("whose bytes say nothing is not clear, whatever the policy asks", () => {
    const byCountry = compilePolicy({
      rules: [{ name: "r", because: "b", when: { fromAny: ["IQ"] }, apply: { threshold: 99 } }],
    });
    const account = { kind: "IBAN" as const, value: "GB33BUKB20201555555555", name: null };
    const agents = [{ ...bank, role: "DEBTOR_AGENT" as const, name: "Tide Bank", account }];
    const value = paymentEncoder.encode({ ...payment("e-1"), parties: [amelia], agents }, 7);
    // A type and a kind of account that there are not, in the byte behind the name and in that before the length of the number.
    const behindName = value.indexOf(amelia.name) + amelia.name.length;
    const beforeNumber = value.indexOf(account.value) - 2;
    for (const policy of [usual, byCountry])
      for (const damaged of [behindName, beforeNumber]) {
        const bytes = Buffer.from(value);
        const path = fastPathOf(policy)({ generation: people, indexAge: 0 });
        expect(path.tryClear({ value: bytes, reader: readerOfPayments.parts, at })).not.toBeNull();
        bytes[damaged] = 0x7e;
        expect(path.tryClear({ value: bytes, reader: readerOfPayments.parts, at })).toBeNull();
      }
  });
});

test("what takes more work than is allowed is not clear, at whichever text it is too much", () => {
  const value = paymentEncoder.encode(
    { ...payment("e-1", ["Amelia Whitcombe"]), remittanceInformation: ["rent and food", "of May"] },
    7,
  );
  const told = Array.from({ length: 50 }, (_, times) => {
    const policy = { ...usual, maxWork: times * 20_000 };
    return fastPathOf(policy)({ generation: people, indexAge: 0 }).tryClear({
      value,
      reader: readerOfPayments.parts,
      at,
    });
  }).map((clear) => clear?.fieldsScreened ?? null);
  const first = told.indexOf(3);
  expect(first).toBeGreaterThan(0);
  expect(told).toEqual(told.map((_, times) => (times < first ? null : 3)));
});
