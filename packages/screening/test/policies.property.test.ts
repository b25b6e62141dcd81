import { compilePolicy, type PolicyRule, type RuleConditions, type RuleSettings, textKinds } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import { compileSnapshot, type Designation, openSnapshot } from "@cordon/matching";
import {
  createEncoder,
  decimalFromString,
  type Payment,
  type Remittance,
  schemaText,
  subjectOf,
  topics,
} from "@cordon/schemas";
import {
  type EventKind,
  fastPathOf,
  generationOf,
  payments,
  remittances,
  type Screening,
  screenRecord,
} from "@cordon/screening";
import fc from "fast-check";
import { expect, test } from "vitest";

import { listed } from "../src/testing/fake-index.ts";
import { party, payment, remittance } from "../src/testing/sample-events.ts";

/*
 * Whatever a policy says, the fast path clears nothing that the full one does not, clears it with the same numbers, and clears
 * all that it should.
 */

const HOUR_MS = 3_600_000;

const place = { codes: [], elsewhere: [], rule: "hit", ruleInText: "hold", ruleOfOrigin: "tell" } as const;

const designations: readonly Designation[] = [
  listed("A1", "Goran Jalal Rasulov"),
  {
    ...listed("A2", "Northern Lantern Shipping"),
    type: "ORGANISATION",
    regime: "Lanterns",
    list: "un",
    id: "un:A2" as Designation["id"],
  },
  { ...listed("P1", "Tirganta", "places"), type: "OTHER", place: { ...place, kind: "TOWN" } },
  { ...listed("P2", "Quendria", "places"), type: "OTHER", place: { ...place, kind: "COUNTRY", codes: ["QD"] } },
  { ...listed("W1", "order 4711", "words"), type: "OTHER", place: { ...place, kind: "WORD", rule: "hold" } },
];

const manifest = { version: "v1", generation: 1, lists: [] } as unknown as IndexManifest;
const indexed = (some: readonly Designation[]) => generationOf(manifest, openSnapshot(compileSnapshot(some)));
const withPlaces = indexed(designations);
const withoutPlaces = indexed(designations.filter((one) => one.place === undefined));

function mostly<T>(innocent: readonly T[], other: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...innocent) },
    { weight: 1, arbitrary: fc.constantFrom(...other) },
  );
}

const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(some, { nil: null, freq: 2 });
const names = mostly(
  ["Amelia Whitcombe", "Oliver Baker"],
  ["Goran Jalal Rasulov", "Northern Lantern Shipping", "", "—"],
);
const texts = mostly(
  ["rent", "order 4712", "ref 99"],
  ["for Goran Jalal Rasulov", "order 4711", "to Tirganta", "Jon \ufffd"],
);
const towns = mostly(["Leeds", "Bath"], ["Tirganta", "Tirgamta"]);
const countries = mostly(["GB", "IQ", "gb", "US"], ["QD", "Mars and more", "", "Quendria"]);
const bics = mostly(["TIDEGB2L", "TIDEIQ2L"], ["TIDEQD2L", "X"]);
const ibans = mostly(["GB29NWBK60161331926819", "IQ98NBIQ850123456789012"], ["QD00XXXX0000000000000"]);
const address = maybe(
  fc.record({
    country: maybe(countries),
    town: maybe(towns),
    postCode: fc.constant(null),
    street: maybe(mostly(["12 High Street"], ["3 Tirganta Road"])),
    lines: fc.array(towns, { maxLength: 2 }),
    region: fc.constant(null),
  }),
);
const roles = ["OTHER", "DEBTOR", "CREDITOR", "ULTIMATE_CREDITOR", "RELATED_PARTY"] as const;
const agentRoles = ["OTHER", "DEBTOR_AGENT", "CREDITOR_AGENT", "INTERMEDIARY"] as const;

const parties: fc.Arbitrary<Payment["parties"][number]> = fc
  .record({
    role: fc.constantFrom(...roles),
    name: names,
    birthDate: maybe(fc.constant("1970-01-31")),
    residence: maybe(countries),
    nationalities: fc.array(countries, { maxLength: 1 }),
    address,
    account: maybe(fc.record({ kind: fc.constant("IBAN" as const), value: ibans, name: maybe(names) })),
    identifiers: fc.array(
      fc.record({ kind: fc.constantFrom("BIC" as const, "LEI" as const), value: bics, issuer: fc.constant(null) }),
      { maxLength: 1 },
    ),
  })
  .map(({ role, name, ...more }) => ({ ...party(role, name), ...more }));

const agents: fc.Arbitrary<Payment["agents"][number]> = fc.record({
  role: fc.constantFrom(...agentRoles),
  bic: maybe(bics),
  lei: fc.constant(null),
  name: maybe(names),
  clearingId: fc.constant(null),
  address,
  account: fc.constant(null),
});

const money = fc.record({
  amount: fc.constantFrom("0", "999.99", "1000", "1000.01", "-5", "250000").map(decimalFromString),
  currency: fc.constantFrom("GBP", "EUR"),
});
const createdAt = mostly([1_500], [1, 0]);
const decideBy = mostly([null, 3_000], [1_000]);

const anyPayment: fc.Arbitrary<Payment> = fc
  .record({
    rail: fc.constantFrom("FPS" as const, "SWIFT" as const, "OTHER" as const),
    createdAt,
    decideBy,
    money,
    parties: fc.array(parties, { minLength: 1, maxLength: 3 }),
    agents: fc.array(agents, { maxLength: 2 }),
    remittanceInformation: fc.array(texts, { maxLength: 3 }),
    purpose: maybe(texts),
    endToEndId: maybe(texts),
    problems: mostly([[]], [[{ code: "FIELD_TRUNCATED", sourcePath: null, detail: "a field is cut" }]]),
  })
  .map((more) => ({ ...payment("pay-1"), ...more }));

const anyRemittance: fc.Arbitrary<Remittance> = fc
  .record({
    channel: fc.constantFrom("CASH" as const, "CARD" as const),
    createdAt,
    decideBy,
    sendMoney: money,
    fromCountry: countries,
    toCountry: countries,
    sender: parties,
    beneficiary: parties,
    payoutAgent: maybe(agents),
    message: fc.array(texts, { maxLength: 3 }),
    relationship: maybe(texts),
  })
  .map((more) => ({ ...remittance("rem-1", "", ""), ...more }));

const some = <T>(values: readonly T[]): fc.Arbitrary<readonly T[]> => fc.subarray([...values], { minLength: 1 });
const codes = some(["GB", "IQ", "US", "QD", "unknown"]);
const condition: fc.Arbitrary<RuleConditions> = fc.oneof(
  fc.record({ event: fc.constantFrom("payment" as const, "remittance" as const) }),
  fc.record({ rail: some(["FPS", "SWIFT", "OTHER"]) }),
  fc.record({ channel: some(["CASH", "CARD"]) }),
  fc.record({ from: codes }),
  fc.record({ to: codes }),
  fc.record({ fromAny: codes }),
  fc.record({ toAny: codes }),
  fc.record({
    amount: fc.constantFrom(
      { currency: "GBP", atLeast: "1000" },
      { currency: "GBP", below: "1000" },
      { currency: "EUR", atLeast: "0", below: "1000.01" },
    ),
  }),
  fc.record({
    role: some([
      ...roles,
      ...agentRoles,
      ...(["REMITTANCE_INFORMATION", "MESSAGE", "PURPOSE", "SENDER", "BENEFICIARY", "REFERENCE"] as const),
    ]),
  }),
  fc.record({ kind: some(textKinds) }),
);
const when: fc.Arbitrary<RuleConditions> = fc
  .array(condition, { maxLength: 2 })
  .map((conditions) => Object.assign({}, ...conditions) as RuleConditions);
const choice = fc.constantFrom({ only: ["uk"] }, { except: ["UK", "places"] }, { only: ["un", "words"] });
const setting: fc.Arbitrary<RuleSettings> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ screened: fc.boolean() }) },
  fc.record({ threshold: fc.constantFrom(60, 80, 100) }),
  fc.record({ lists: choice }),
  fc.record({ regimes: fc.constantFrom({ except: ["lanterns"] }, { only: ["Test regime"] }) }),
  fc.record({ places: fc.constantFrom("hit" as const, "hold" as const, "tell" as const, "listed" as const) }),
  fc.record({ name: fc.constantFrom("required" as const, "code" as const, "optional" as const) }),
  fc.record({
    required: fc.constantFrom([], ["address"] as const, ["country", "birthDate"] as const, ["code"] as const),
  }),
  fc.record({ hardConflicts: fc.constantFrom("explain" as const, "clear" as const) }),
  fc.record({ indexMaxAgeHours: fc.constantFrom(1, 24, 100) }),
  fc.record({ deadline: fc.constantFrom("hold" as const, "tell" as const) }),
  fc.record({ decideWithinSeconds: fc.constantFrom(1, 2) }),
  fc.record({ problems: fc.constantFrom({ FIELD_TRUNCATED: "tell" as const }, { FIELD_TRUNCATED: "hold" as const }) }),
);
const apply: fc.Arbitrary<RuleSettings> = fc
  .array(setting, { minLength: 1, maxLength: 2 })
  .map((settings) => Object.assign({}, ...settings) as RuleSettings);
const rules: fc.Arbitrary<readonly PolicyRule[]> = fc.array(
  fc.record({ name: fc.constant("a rule"), because: fc.constant("it is tried"), when, apply }),
  { minLength: 1, maxLength: 4 },
);

const at = 2_000;

interface Kind<T> {
  readonly kind: EventKind;
  readonly subject: "payments.v1-value" | "remittances.v1-value";
  readonly records: fc.Arbitrary<T>;
  readonly encode: (record: T) => Buffer;
}

const paymentEncoder = createEncoder(subjectOf(topics.payments));
const remittanceEncoder = createEncoder(subjectOf(topics.remittances));
const kinds = [
  {
    kind: payments,
    subject: "payments.v1-value",
    records: anyPayment,
    encode: (one: Payment) => paymentEncoder.encode(one, 7),
  },
  {
    kind: remittances,
    subject: "remittances.v1-value",
    records: anyRemittance,
    encode: (one: Remittance) => remittanceEncoder.encode(one, 7),
  },
] as const satisfies readonly (Kind<Payment> | Kind<Remittance>)[];

test.each(kinds.map((kind) => ({ title: kind.subject, kind: kind as unknown as Kind<object> })))(
  "under any policy the fast path clears exactly what the full path clears, with the same numbers: $title",
  ({ kind: { kind, subject, records, encode } }) => {
    const { parts: reader, read } = kind.readerFor(schemaText(subject), new Set());
    let tried = 0;
    let clear = 0;
    let leftOut = 0;
    fc.assert(
      fc.property(
        rules,
        fc.array(records, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        fc.constantFrom(0, 30 * HOUR_MS, 60 * HOUR_MS),
        (all, events, places, indexAge) => {
          tried++;
          const policy = compilePolicy({ rules: all });
          const generation = places ? withPlaces : withoutPlaces;
          const screening: Screening = { generation, policy, indexAge };
          const fastPath = fastPathOf(policy)(screening);
          for (const event of events) {
            const value = encode(event);
            const fast = fastPath.tryClear({ value, reader, at });
            const full = screenRecord({ event: read(value), why: null }, screening, at);
            if (full.kind !== "screened") throw new Error("an event that cannot be read");
            const { outcome } = full;
            const plain = outcome.kind === "clear" && outcome.told.length === 0 && outcome.setAside.length === 0;
            // What is plainly clear in full is clear by its parts, and nothing else is.
            expect([plain, fast === null ? "in full" : "by parts"]).toEqual([plain, plain ? "by parts" : "in full"]);
            const { fieldsScreened, fieldsLeftOut } = fast ?? outcome;
            expect(outcome).toMatchObject({ fieldsScreened, fieldsLeftOut });
            if (fast !== null) clear++;
            if (fast !== null && fieldsLeftOut > 0) leftOut++;
          }
        },
      ),
      { numRuns: 400 },
    );
    // Or nothing would be shown: of 400 examples, 50 events and 5.
    expect(clear / tried).toBeGreaterThan(50 / 400);
    expect(leftOut / tried).toBeGreaterThan(5 / 400);
  },
);
