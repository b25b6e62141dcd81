import { compilePolicy, type Policy } from "@cordon/decisions";
import type { IndexManifest } from "@cordon/index-store";
import type { ConsumedRecord } from "@cordon/kafka";
import { compileSnapshot, openSnapshot } from "@cordon/matching";
import { canaryTopics, createEncoder, type Payment, schemaText, subjectOf, topics } from "@cordon/schemas";
import {
  type ClearDecision,
  clearOutputs,
  fastPathOf,
  generationOf,
  outputsOf,
  payments,
  type Screening,
  screenRecord,
} from "@cordon/screening";
import { describe, expect, test } from "vitest";

import { listed } from "../../src/testing/fake-index.ts";
import { party, payment } from "../../src/testing/sample-events.ts";

const manifest = { version: "v1", generation: 1, lists: [] } as unknown as IndexManifest;
const generation = generationOf(manifest, openSnapshot(compileSnapshot([listed("A1", "Goran Jalal Rasulov")])));
const encoder = createEncoder(subjectOf(topics.payments));
const schema = schemaText(subjectOf(topics.payments));
const at = 2_000;

function fast(event: Payment, policy: Policy, indexAge = 0): ClearDecision | null {
  const reader = payments.readerFor(schema, new Set()).parts!;
  const value = encoder.encode(event, 7);
  return fastPathOf(policy)({ generation, indexAge }).tryClear({ value, reader, at });
}

describe("what the full path holds as too broad is not clear by parts", () => {
  const policy = compilePolicy();

  test("an event of more fields and identifiers than are allowed", () => {
    const event = payment("e-1", ["Amelia Whitcombe"]);
    const lines = { ...event, remittanceInformation: ["rent", "food"] };
    expect(fast(lines, { ...policy, maxFields: 3 })).toMatchObject({ fieldsScreened: 3 });
    expect(fast(lines, { ...policy, maxFields: 2 })).toBeNull();
  });

  test("an event of more work than is allowed, known or not", () => {
    const amelia = party("DEBTOR", "Amelia Whitcombe");
    const event = { ...payment("e-1"), parties: [amelia, party("DEBTOR", "Oliver Baker"), amelia] };
    const little = { ...policy, maxWork: 4 * 2000 };
    expect(fast(event, policy)).not.toBeNull();
    expect(fast(event, little)).toBeNull();
    // Each party by itself takes less than is allowed, and two are one.
    const fastPath = fastPathOf({ ...policy, maxWork: 4 * 60_000 })({ generation, indexAge: 0 });
    const reader = payments.readerFor(schema, new Set()).parts!;
    const outcomes = [1, 8, 1].map((count) => {
      const value = encoder.encode({ ...event, parties: Array.from({ length: count }, () => amelia) }, 7);
      return fastPath.tryClear({ value, reader, at }) === null;
    });
    expect(outcomes).toEqual([false, true, false]);
  });
});

test("nothing is clear by parts under an index that is too old, or whose age is no number", () => {
  const policy = compilePolicy({ indexMaxAgeHours: 1 });
  const ages = [3_600_000, 3_600_001, Infinity, Number.NaN];
  expect(ages.map((indexAge) => fast(payment("e-1"), policy, indexAge) !== null)).toEqual([true, false, false, false]);
});

function decidingWithin(seconds: number): Policy {
  return compilePolicy({ rules: [{ name: "r", because: "b", when: {}, apply: { decideWithinSeconds: seconds } }] });
}

describe("in time", () => {
  test("is an event up to its deadline, and up to that which the policy gives it", () => {
    const event = payment("e-1");
    const until = (decideBy: number): boolean => fast({ ...event, decideBy }, compilePolicy()) !== null;
    expect([until(at), until(at - 1)]).toEqual([true, false]);
    const since = (createdAt: number): boolean => fast({ ...event, createdAt }, decidingWithin(1)) !== null;
    // Who does not say when it was made has no other deadline.
    expect([since(at - 1000), since(at - 1001), since(0)]).toEqual([true, false, true]);
  });
});

test("nothing is clear by parts without bytes, nor without what finds their parts", () => {
  const fastPath = fastPathOf(compilePolicy())({ generation, indexAge: 0 });
  const reader = payments.readerFor(schema, new Set()).parts!;
  expect(fastPath.tryClear({ value: null, reader, at })).toBeNull();
  expect(fastPath.tryClear({ value: encoder.encode(payment("e-1"), 7), reader: null, at })).toBeNull();
});

test("an event whose id is none, or beyond ASCII, is not clear by parts", () => {
  const policy = compilePolicy();
  expect(fast(payment("pay-1", ["Amelia Whitcombe"]), policy)).not.toBeNull();
  expect([
    fast(payment("", ["Amelia Whitcombe"]), policy),
    fast(payment("p\u00e4y", ["Amelia Whitcombe"]), policy),
  ]).toEqual([null, null]);
});

const saying = (...remittanceInformation: string[]): Payment => ({
  ...payment("e-1", ["Amelia Whitcombe"]),
  remittanceInformation,
});

test("what stands across lines and is not clear is so however much work is allowed", () => {
  const endless: Policy = { ...compilePolicy(), maxWork: Infinity };
  expect(fast(saying("rent", "for Goran"), endless)).not.toBeNull();
  expect(fast(saying("for Goran", "Jalal Rasulov"), endless)).toBeNull();
});

test("an event must have a party, and a name", () => {
  const nobody = { ...payment("e-1"), parties: [] };
  const agent = {
    role: "DEBTOR_AGENT",
    bic: null,
    lei: null,
    name: "Tide Bank",
    clearingId: null,
    address: null,
  } as const;
  const withBank = { ...nobody, agents: [{ ...agent, account: null }] };
  const other = { ...nobody, parties: [party("OTHER", "Amelia Whitcombe")] };
  const policy = compilePolicy();
  expect([fast(nobody, policy), fast(withBank, policy)]).toEqual([null, null]);
  expect(fast(other, policy)).toMatchObject({ fieldsScreened: 1 });
  expect(fast({ ...nobody, parties: [party("OTHER", "")], remittanceInformation: ["rent"] }, policy)).toBeNull();
});

test("a text that a rule leaves out is left out, whatever stands in it", () => {
  const identifiers = [{ kind: "IMO" as const, value: "9278064", note: null }];
  const index = openSnapshot(compileSnapshot([{ ...listed("A1", "Goran Jalal Rasulov"), identifiers }]));
  const rules = [{ name: "r", because: "b", when: { kind: ["TEXT"] }, apply: { screened: false } }] as const;
  const clears = (policy: Policy): ClearDecision | null => {
    const value = encoder.encode(
      { ...payment("e-1"), remittanceInformation: ["IMO 9278064", "Goran", "Jalal Rasulov"] },
      7,
    );
    const reader = payments.readerFor(schema, new Set()).parts!;
    return fastPathOf(policy)({ generation: generationOf(manifest, index), indexAge: 0 }).tryClear({
      value,
      reader,
      at,
    });
  };
  expect(clears(compilePolicy())).toBeNull();
  expect(clears(compilePolicy({ rules }))).toMatchObject({ fieldsScreened: 2, fieldsLeftOut: 3 });
});

test("a text that is encoded is never told apart by its numbers only", () => {
  const policy = compilePolicy();
  const fastPath = fastPathOf(policy)({ generation, indexAge: 0 });
  const reader = payments.readerFor(schema, new Set()).parts!;
  const clear = (line: string): boolean => {
    const value = encoder.encode({ ...payment("e-1"), remittanceInformation: [line] }, 7);
    return fastPath.tryClear({ value, reader, at }) !== null;
  };
  expect(clear("order 4711 for 5822")).toBe(true);
  expect(clear("order 4712 for 5823")).toBe(true);
  expect(clear("order 4712 for 5823 \uFFFD")).toBe(false);
  // Goran Jalal in entities of four digits, after others that say nothing.
  expect(clear("&#1058;&#1086;&#1084;")).toBe(true);
  const letters = Array.from(
    "Горан Джалал Расулов",
    (letter) => `&#${String(letter.codePointAt(0)).padStart(4, "0")};`,
  );
  expect(clear(letters.join(""))).toBe(false);
});

test.each([
  "Chou En-lai O1234",
  "12345678 Chou En-lai",
  "Chou En-lai 1234567",
  "Goran 04XM264R Rasulov",
  "teng1234 hs1ao-ping",
])("%s is not cleared by a key in which its number is another", (line) => {
  const names = [listed("A1", "Zhou Enlai"), listed("A2", "Goran Rasulov"), listed("A3", "Deng Xiaoping")];
  const fastPath = fastPathOf(compilePolicy())({
    generation: generationOf(manifest, openSnapshot(compileSnapshot(names))),
    indexAge: 0,
  });
  const reader = payments.readerFor(schema, new Set()).parts!;
  const clear = (text: string): boolean => {
    const value = encoder.encode({ ...payment("e-1"), remittanceInformation: [text] }, 7);
    return fastPath.tryClear({ value, reader, at }) !== null;
  };
  expect(clear("order O1234 12345678 04XM264R")).toBe(true);
  expect(clear(line)).toBe(false);
});

test("a batch of clear events is written as if each were screened in full, past the end of the writer's chunk", () => {
  const policy = compilePolicy();
  const screening: Screening = { generation, policy, indexAge: 0 };
  const format = {
    topics: { ...topics, canaryDecisions: canaryTopics.decisions, canaryAlerts: canaryTopics.alerts },
    decisions: { encoder: createEncoder(subjectOf(topics.decisions)), schemaId: 9 },
    alerts: { encoder: createEncoder(subjectOf(topics.alerts)), schemaId: 10 },
    decisionsWritten: "all" as const,
  };
  const deps = { source: { topic: "payments.v1", partition: 3 }, screening, format };
  const reader = payments.readerFor(schema, new Set()).parts!;
  const { read } = payments.readerFor(schema, new Set());
  const fastPath = fastPathOf(policy)({ generation, indexAge: 0 });
  const write = clearOutputs(deps);
  const written = Array.from({ length: 3000 }, (_, i) => {
    const eventId = `event-${"x".repeat(i % 100)}-${String(i)}`;
    const value = encoder.encode(payment(eventId), 7);
    const record: ConsumedRecord = {
      offset: BigInt(i),
      timestamp: 0,
      key: Buffer.from(eventId),
      value,
      header: () => undefined,
    };
    const clear = fastPath.tryClear({ value, reader, at })!;
    const full = screenRecord({ event: read(value), why: null }, screening, at);
    if (full.kind === "clear-by-parts") throw new Error("the full path is none by parts");
    return { fast: write(record, clear), full: outputsOf(record, full, deps) };
  });
  // Compared when all are written, so that none may have been written over.
  for (const { fast: one, full } of written) expect([{ key: one.key, value: one.value }]).toEqual(keysAndValues(full));
  expect(written.reduce((sum, { fast: { value } }) => sum + (value?.length ?? 0), 0)).toBeGreaterThan(256 * 1024);
});

test("a decision on a clear event has its trace context, and there is none on a record without a value", () => {
  const deps = {
    source: { topic: "payments.v1", partition: 3 },
    screening: { generation, policy: compilePolicy(), indexAge: 0 },
    format: {
      topics: { ...topics, canaryDecisions: canaryTopics.decisions, canaryAlerts: canaryTopics.alerts },
      decisions: { encoder: createEncoder(subjectOf(topics.decisions)), schemaId: 9 },
      alerts: { encoder: createEncoder(subjectOf(topics.alerts)), schemaId: 10 },
      decisionsWritten: "all" as const,
    },
  };
  const clear = fast(payment("e-1"), compilePolicy())!;
  const record: ConsumedRecord = {
    offset: 1n,
    timestamp: 0,
    key: null,
    value: encoder.encode(payment("e-1"), 7),
    header: () => undefined,
  };
  const traceparent = Buffer.from("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  const write = clearOutputs(deps);
  expect(write(record, clear).headers).toStrictEqual({ "cordon-outcome": "CLEAR" });
  expect(write({ ...record, header: () => traceparent }, clear).headers).toEqual({
    "cordon-outcome": "CLEAR",
    traceparent,
  });
  expect(() => write({ ...record, value: null }, clear)).toThrow(
    expect.objectContaining({ code: "CONTRACT_VIOLATED" }) as Error,
  );
});

function keysAndValues(records: ReturnType<typeof outputsOf>): readonly object[] {
  return records.map(({ key, value }) => ({ key, value }));
}
