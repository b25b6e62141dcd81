import { compilePolicy, type PolicyRule } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import { compileSnapshot, openSnapshot } from "@cordon/matching";
import {
  createEncoder,
  decimalFromString,
  newEventParts,
  type PartsReader,
  type Payment,
  type Remittance,
  schemaText,
  subjectOf,
  topics,
} from "@cordon/schemas";
import { type FastPath, fastPathOf, generationOf, payments, remittances } from "@cordon/screening";
import { describe, expect, test } from "vitest";

import { corridorFinder } from "../../src/fast-path/corridor.ts";
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

  test("is told of the event in hand only, though the one before had more parties", () => {
    const path = pathWhere({ fromAny: ["IQ"] });
    const both = { parties: [living("DEBTOR", "GB"), living("ULTIMATE_DEBTOR", "IQ")] };
    const alone = { parties: [living("DEBTOR", "GB")] };
    expect([holdsOfPayment(path, both), holdsOfPayment(path, alone)]).toEqual([true, false]);
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

test("a side that is not told of has no country", () => {
  expect(corridorFinder().told(null, "gb")).toEqual({ from: [], to: ["GB"] });
  expect(corridorFinder().told("iq", null)).toEqual({ from: ["IQ"], to: [] });
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

function encoded(more: Partial<Payment>): Buffer {
  return paymentEncoder.encode({ ...payment("e-1"), ...more }, 7);
}

/** How often parties and agents were read for these events. */
function read(values: readonly Buffer[], countryOf?: (reads: number) => string) {
  const finder = corridorFinder();
  const parts = newEventParts();
  const told = { party: 0, agent: 0 };
  const reader: PartsReader = {
    ...readerOfPayments!,
    party: (...bytes) => {
      const one = readerOfPayments!.party(...bytes);
      told.party++;
      return countryOf === undefined || one === null ? one : inCountries(one, countryOf(told.party));
    },
    agent: (...bytes) => {
      told.agent++;
      return readerOfPayments!.agent(...bytes);
    },
  };
  for (const value of values) {
    reader.read(value, parts);
    finder.ofPayment({ parts, value, bytes: new DataView(value.buffer), base: value.byteOffset, reader });
  }
  return told;
}

function codeOf(number: number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  return letters.charAt(Math.floor(number / 26) % 26) + letters.charAt(number % 26);
}

function ofTwo(number: number): string {
  return `${codeOf(number)} ${codeOf(Math.floor(number / 676))}`;
}

describe("who was seen before is not read again", () => {
  test("by its bytes, as a party or as an agent", () => {
    const event = encoded({ parties: [living("DEBTOR", "GB")], agents: [bank("DEBTOR_AGENT", "TIDEGB2L")] });
    const another = encoded({ parties: [living("DEBTOR", "IQ")], agents: [bank("DEBTOR_AGENT", "TIDEIQ2L")] });
    expect(read([event, event, another, event, another])).toEqual({ party: 2, agent: 2 });
  });

  const customers = Array.from({ length: 10_001 }, (_, number) =>
    encoded({ parties: [{ ...living("DEBTOR", "GB"), name: `Customer ${String(number)}` }] }),
  );
  const last = customers.slice(-1);

  test("however many there are of one country", () => {
    expect(read([...customers, ...last]).party).toBe(10_001);
  });

  test("as long as there are no more than ten thousand sets of countries", () => {
    expect(read([...customers.slice(0, 10_000), ...customers.slice(9_999, 10_000)], ofTwo).party).toBe(10_000);
    expect(read([...customers, ...last], ofTwo).party).toBe(10_002);
  });
});

type ScreenedParty = NonNullable<ReturnType<PartsReader["party"]>>;

/** In two countries: where it lives, and of its address. */
function inCountries(one: ScreenedParty, codes: string): ScreenedParty {
  const [residence = "", country = ""] = codes.split(" ");
  return {
    ...one,
    residence,
    address: { country, town: null, postCode: null, street: null, lines: [], region: null },
  };
}
