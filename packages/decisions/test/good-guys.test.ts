import { createHmac } from "node:crypto";

import {
  compilePolicy,
  coveredBy,
  type FieldMatch,
  type GoodGuy,
  goodGuySet,
  partyFingerprint,
  paymentToScreen,
  remittanceToScreen,
  screenEvent,
  type ScreeningOutcome,
} from "@cordon/decisions";
import { designationHash } from "@cordon/matching";
import type { ScreenedParty, ScreenedPayment } from "@cordon/schemas";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { party, payment, remittance } from "./events.ts";
import { fakeIndex, listed } from "./fake-index.ts";

/* Each condition of a good guy, with the case in which it alone decides. */

const key = new Uint8Array(32).fill(7);
const on = compilePolicy({ goodGuys: "on" });
const entry = listed("uk:1", "Vile Smuggler");
const index = fakeIndex([entry]);
const topic = "payments.v1";

const known: ScreenedParty = {
  ...party("CREDITOR", "Vile Smuggler"),
  account: { kind: "IBAN", value: "GB33BUKB20201555555555", name: null },
};
const event = (change: Partial<ScreenedPayment> = {}): ScreenedPayment =>
  payment({ parties: [party("DEBTOR", "Ann Baker"), known], ...change });

const fingerprint = partyFingerprint(known, key).fingerprint ?? "";
const goodGuy: GoodGuy = {
  id: "g-1",
  fingerprint,
  designationId: entry.id,
  designationHash: designationHash(entry),
  topics: [topic],
  rails: [],
  expiresAt: 2000,
};

interface Case {
  readonly event?: ScreenedPayment;
  readonly goodGuys?: readonly GoodGuy[];
  readonly at?: number;
  readonly indexAge?: number;
  readonly topic?: string;
  readonly policy?: typeof on;
  readonly index?: typeof index;
  readonly absent?: boolean;
  readonly key?: Uint8Array;
}

function decide(one: Case = {}): ScreeningOutcome {
  const set = one.absent === true ? null : goodGuySet("v".repeat(64), 3, one.goodGuys ?? [goodGuy]);
  return screenEvent(paymentToScreen(one.event ?? event()), one.index ?? index, one.policy ?? on, {
    indexAge: one.indexAge ?? 0,
    at: one.at ?? 1000,
    goodGuys: { set, fingerprintKey: one.key ?? key, topic: one.topic ?? topic },
  });
}

describe("a party that was judged to be somebody else", () => {
  test("is clear, with the good guy and the set in its stamp", () => {
    expect(decide()).toMatchObject({
      kind: "clear",
      setAside: [{ kind: "good-guy", goodGuy: { id: "g-1" }, match: { designation: { id: entry.id } } }],
      goodGuys: { version: "v".repeat(64), generation: 3 },
    });
  });

  const amended = { ...entry, nationalities: ["SY"] };
  test.each<[string, Case]>([
    ["the policy has no good guys", { policy: compilePolicy() }],
    ["there is no set", { absent: true }],
    ["the set is empty", { goodGuys: [] }],
    ["the entry was amended", { index: fakeIndex([amended]) }],
    [
      "it was judged against another state of the entry",
      { goodGuys: [{ ...goodGuy, designationHash: designationHash(amended) }] },
    ],
    ["it was judged against another entry", { goodGuys: [{ ...goodGuy, designationId: "uk:2" }] }],
    ["another party was judged", { goodGuys: [{ ...goodGuy, fingerprint: "0".repeat(64) }] }],
    ["fingerprints are made with another key", { key: new Uint8Array(32).fill(8) }],
    ["it expires at this very millisecond", { at: 2000 }],
    ["it is for another topic", { topic: "remittances.v1" }],
    ["it is for another rail", { goodGuys: [{ ...goodGuy, rails: ["SWIFT"] }] }],
    ["a new namesake is listed", { index: fakeIndex([entry, listed("uk:2", "Vile Smuggler")]) }],
    ["the index is too old", { indexAge: 49 * 3_600_000 }],
    ["something of the event could not be read", { event: event({ remittanceInformation: ["rent \uFFFD"] }) }],
    ["the name stands in a line, too", { event: event({ remittanceInformation: ["for Vile Smuggler"] }) }],
    [
      "its account is another",
      {
        event: event({
          parties: [{ ...known, account: { kind: "IBAN", value: "GB94BARC10201530093459", name: null } }],
        }),
      },
    ],
    ["its birth date is told now", { event: event({ parties: [{ ...known, birthDate: "1980-01-01" }] }) }],
    ["another party of that name pays along", { event: event({ parties: [known, party("DEBTOR", "Vile Smuggler")] }) }],
  ])("hits where %s", (_why, one) => {
    expect(decide(one).kind).toBe("hit");
  });

  test.each<[string, Case]>([
    ["a millisecond before it expires", { at: 1999 }],
    ["for every topic, where none is named", { goodGuys: [{ ...goodGuy, topics: [] }], topic: "any" }],
    ["for its rail", { goodGuys: [{ ...goodGuy, rails: ["FPS"] }] }],
    [
      "by the second of two good guys, the first being over",
      { goodGuys: [{ ...goodGuy, id: "g-0", expiresAt: 5 }, goodGuy] },
    ],
    [
      "whatever its role is",
      { event: event({ parties: [party("CREDITOR", "Ann Baker"), { ...known, role: "DEBTOR" }] }) },
    ],
    ["where two parties are both the one", { event: event({ parties: [known, { ...known, role: "DEBTOR" }] }) }],
  ])("is clear %s", (_when, one) => {
    expect(decide(one).kind).toBe("clear");
  });

  test("is marked in the alert of an event that hits by somebody else", () => {
    const outcome = decide({ event: event({ parties: [known, party("DEBTOR", "Vile Smuggler")] }) });
    if (outcome.kind !== "hit") throw new Error(outcome.kind);
    expect(
      outcome.matches
        .map((one) => [one.field.path, one.goodGuyId])
        .toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
    ).toEqual([
      ["parties[0].name", "g-1"],
      ["parties[1].name", undefined],
    ]);
  });

  test("whose identifier is listed is a hit", () => {
    const passport = { kind: "PASSPORT", value: "P1234567", note: null } as const;
    const withPassport: ScreenedParty = {
      ...known,
      identifiers: [{ kind: "PASSPORT", value: "P1234567", issuer: null }],
    };
    const other = listed("uk:1", "Vile Smuggler", { identifiers: [passport] });
    const judged = {
      ...goodGuy,
      fingerprint: partyFingerprint(withPassport, key).fingerprint ?? "",
      designationHash: designationHash(other),
    };
    expect(
      decide({ event: event({ parties: [withPassport] }), index: fakeIndex([other]), goodGuys: [judged] }).kind,
    ).toBe("hit");
  });

  test("is held, not cleared, when the deadline has passed", () => {
    expect(decide({ event: event({ decideBy: 999 }) })).toMatchObject({ kind: "hold", reason: "DEADLINE_PASSED" });
  });

  test("is told with its set where it cleared the event, beside a conflict or not, and nowhere else", () => {
    const born = listed("uk:1", "Vile Smuggler", {
      birthDates: [{ date: "1949-03-19", until: null, approximate: false }],
    });
    const other = { ...party("DEBTOR", "Vile Smuggler"), birthDate: "1980-02-02" };
    const stampOf = (...parties: readonly ScreenedParty[]): unknown => {
      const outcome = decide({
        event: event({ parties }),
        index: fakeIndex([born]),
        goodGuys: [{ ...goodGuy, designationHash: designationHash(born) }],
        policy: compilePolicy({ goodGuys: "on", hardConflicts: "clear" }),
      });
      if (outcome.kind !== "clear") throw new Error(outcome.kind);
      return [outcome.setAside.map(({ kind }) => kind), outcome.goodGuys?.generation];
    };
    expect(stampOf(party("DEBTOR", "Ann Baker"))).toEqual([[], undefined]);
    expect(stampOf(other)).toEqual([["conflict"], undefined]);
    expect(stampOf(known)).toEqual([["good-guy"], 3]);
    expect(stampOf(other, known)).toEqual([["conflict", "good-guy"], 3]);
  });

  test("is known in remittances, too, where no rail is asked for", () => {
    const sent = remittanceToScreen(remittance({ beneficiary: { ...known, role: "BENEFICIARY" } }));
    const outcome = (rails: readonly string[]): string =>
      screenEvent(sent, index, on, {
        indexAge: 0,
        at: 1000,
        goodGuys: { set: goodGuySet("v", 1, [{ ...goodGuy, topics: [], rails }]), fingerprintKey: key, topic },
      }).kind;
    expect([outcome([]), outcome(["FPS"])]).toEqual(["clear", "hit"]);
  });
});

const at = (path: string, bearer: FieldMatch["field"]["bearer"]): Partial<FieldMatch> => ({
  field: { path, bearer, role: "CREDITOR", text: "Vile Smuggler" },
});

describe("a match beside a good guy of its party and entry", () => {
  const parties = [{ path: "parties[1]", party: known }];
  const covers = ({ goodGuys = [goodGuy], named = parties } = {}) =>
    coveredBy(
      { set: goodGuySet("v", 1, goodGuys), fingerprintKey: key, topic },
      { parties: named, rail: "FPS", at: 1 },
    );
  const matchOf = (change: Partial<FieldMatch> = {}): FieldMatch => ({
    field: { path: "parties[1].name", bearer: "party", role: "CREDITOR", text: known.name ?? "" },
    designation: entry,
    name: { text: "Vile Smuggler", kind: "PRIMARY", strength: "UNKNOWN" },
    score: 9000,
    start: 0,
    end: 5,
    reasons: [],
    evidence: [],
    identifier: null,
    ...change,
  });
  const identifier: FieldMatch["identifier"] = {
    kind: "PASSPORT",
    listed: { kind: "PASSPORT", value: "P1", note: null },
    via: null,
  };

  test("is covered by it", () => {
    expect(covers()(matchOf())?.id).toBe("g-1");
  });

  test.each<[string, Partial<FieldMatch>]>([
    ["its name is that of an agent, whatever its path says", at("parties[1].name", "agent")],
    ["it is an identifier's, whatever its path says", { identifier }],
    ["its path is that of another field of the party", at("parties[1].account.name", "party")],
    ["its path is that of no party", at("parties[7].name", "party")],
  ])("is not where %s", (_why, change) => {
    expect(covers()(matchOf(change))).toBeNull();
  });

  test("is not where the party has no fingerprint, whatever a set calls one", () => {
    const vague = [{ path: "parties[1]", party: party("CREDITOR", "Vile Smuggler") }];
    const odd = ["null", "undefined"].map((text) => ({ ...goodGuy, fingerprint: text }));
    expect(covers({ named: vague, goodGuys: odd })(matchOf())).toBeNull();
  });
});

test("no event is clear by a good guy whose entry is not in the index as it was judged", () => {
  fc.assert(
    fc.property(
      fc.record({
        amend: fc.boolean(),
        expiresAt: fc.integer({ min: 995, max: 1005 }),
        topics: fc.subarray(["payments.v1", "remittances.v1"]),
        rails: fc.subarray(["FPS", "SWIFT"]),
        account: fc.constantFrom("GB33BUKB20201555555555", "another", ""),
        set: fc.boolean(),
      }),
      ({ amend, expiresAt, topics, rails, account, set }) => {
        const live = amend ? { ...entry, measures: ["Ban"] } : entry;
        const bearer: ScreenedParty = { ...known, account: { kind: "IBAN", value: account, name: null } };
        const outcome = decide({
          event: event({ parties: [bearer] }),
          index: fakeIndex([live]),
          goodGuys: [{ ...goodGuy, expiresAt, topics, rails }],
          absent: !set,
        });
        const covered =
          set &&
          !amend &&
          expiresAt > 1000 &&
          (topics.length === 0 || topics.includes(topic)) &&
          (rails.length === 0 || rails.includes("FPS")) &&
          account === known.account?.value;
        expect(outcome.kind).toBe(covered ? "clear" : "hit");
      },
    ),
  );
});

function addressIn(country: string | null): ScreenedParty["address"] {
  return { country, town: null, postCode: null, street: null, lines: [], region: null };
}

describe("a fingerprint", () => {
  const bare = party("DEBTOR", "Vile Smuggler");
  test.each<[string, Partial<ScreenedParty>, boolean]>([
    ["a bare name", {}, false],
    ["a birth date alone", { birthDate: "1980-01-01" }, false],
    ["a nationality alone", { nationalities: ["GB"] }, false],
    ["a birth date and a nationality", { birthDate: "1980-01-01", nationalities: ["GB"] }, true],
    ["a birth date and a residence", { birthDate: "1980-01-01", residence: "GB" }, true],
    ["an account", { account: { kind: "OTHER", value: "123", name: null } }, true],
    ["an account of blanks", { account: { kind: "OTHER", value: " - ", name: null } }, false],
    ["an identifier", { identifiers: [{ kind: "OTHER", value: "X1", issuer: null }] }, true],
    ["an identifier of no letter", { identifiers: [{ kind: "OTHER", value: "--", issuer: null }] }, false],
    ["a birth date that says nothing, and a country", { birthDate: "?", residence: "GB" }, false],
    ["a birth date and a nationality that says nothing", { birthDate: "1980-01-01", nationalities: ["-"] }, false],
    ["a birth date and the country of an address", { birthDate: "1980-01-01", address: addressIn("GB") }, true],
    ["a birth date and an address without a country", { birthDate: "1980-01-01", address: addressIn(null) }, false],
    ["a country alone", { residence: "GB", nationalities: ["GB"], address: addressIn("GB") }, false],
  ])("is made of %s, or not", (_what, facts, made) => {
    expect(partyFingerprint({ ...bare, ...facts }, key).fingerprint !== null).toBe(made);
  });

  test("changes with each fact, and with nothing else", () => {
    const all: ScreenedParty = {
      ...known,
      birthDate: "1980-01-01",
      birthPlace: "Leeds",
      nationalities: ["GB", "IE"],
      residence: "GB",
      identifiers: [{ kind: "PASSPORT", value: "P1", issuer: "GB" }],
    };
    const base = partyFingerprint(all, key).fingerprint;
    const changes: readonly Partial<ScreenedParty>[] = [
      { name: "Vile Smugler" },
      { type: "UNKNOWN" },
      { birthDate: "1980-01-02" },
      { birthPlace: "York" },
      { nationalities: ["GB"] },
      { residence: "IE" },
      { identifiers: [{ kind: "PASSPORT", value: "P1", issuer: "IE" }] },
      { account: null },
    ];
    for (const change of changes) expect(partyFingerprint({ ...all, ...change }, key).fingerprint).not.toBe(base);
    expect(
      partyFingerprint({ ...all, nationalities: ["IE", "GB"], role: "DEBTOR", contact: "x" }, key).fingerprint,
    ).toBe(base);
  });

  test("is the same for ever: good guys last longer than a release", () => {
    const told: ScreenedParty = {
      ...bare,
      birthDate: "1980-01-01",
      birthPlace: "-",
      nationalities: ["IE", "GB"],
      address: addressIn("GB"),
      identifiers: [
        { kind: "PASSPORT", value: "P2", issuer: "GB" },
        { kind: "OTHER", value: "A1", issuer: null },
        { kind: "OTHER", value: " ", issuer: null },
      ],
      account: { kind: "IBAN", value: "GB33BUKB20201555555555", name: "whatever" },
    };
    const facts = [
      ["name", "Vile Smuggler"],
      ["type", bare.type],
      ["birthDate", "1980-01-01"],
      ["nationalities", ["GB", "IE"]],
      ["country", "GB"],
      [
        "identifiers",
        [
          ["OTHER", "A1", null],
          ["PASSPORT", "P2", "GB"],
        ],
      ],
      ["account", ["IBAN", "GB33BUKB20201555555555"]],
    ];
    const expected = createHmac("sha256", key).update(JSON.stringify(facts)).digest("hex");
    const fields = facts.map(([name]) => name);
    expect(partyFingerprint(told, key)).toEqual({ fingerprint: expected, fields });
    const turned = { ...told, identifiers: told.identifiers.toReversed() };
    expect(partyFingerprint(turned, key).fingerprint).toBe(expected);
    expect(partyFingerprint(bare, key)).toEqual({ fingerprint: null, fields: ["name", "type"] });
  });
});
