import { schemaText, subjectOf, topics } from "@cordon/schemas";
import {
  encodePayment,
  encodeRemittance,
  remittanceSchema,
  sampleParty as party,
  samplePayment as payment,
  sampleRemittance as remittance,
} from "@cordon/screening/testing";
import { describe, expect, test } from "vitest";

import { screenBatch } from "../../src/batch/screen-batch.ts";
import { batchContext, batchOf, type Bench, createBench, now, type RawRecord } from "../support/bench.ts";

interface Row {
  readonly record: string;
  readonly make: (bench: Bench) => RawRecord | Promise<RawRecord>;
  readonly outcome: "CLEAR" | "HIT" | "HOLD";
  readonly reason?: string;
  readonly deadLetter?: boolean;
}

const paying =
  (names: readonly string[]) =>
  ({ paymentSchemaId }: Bench): RawRecord => ({ key: "e", value: encodePayment(payment("e", names), paymentSchemaId) });

const raw = (value: Buffer | null) => (): RawRecord => ({ key: "e", value });

function withHeader(schemaId: number, body: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeInt32BE(schemaId, 1);
  return Buffer.concat([header, body]);
}

/** "What a record must lead to", row by row. */
const table: readonly Row[] = [
  { record: "with names that match nothing", make: paying(["Amelia Whitfield", "Oliver Baker"]), outcome: "CLEAR" },
  { record: "with a name that hits", make: paying(["Amelia Whitfield", "GORAN JALAL"]), outcome: "HIT" },
  { record: "with no party at all", make: paying([]), outcome: "HOLD", reason: "FIELD_MISSING" },
  { record: "with an empty name", make: paying(["Amelia Whitfield", ""]), outcome: "HOLD", reason: "FIELD_MISSING" },
  { record: "with a blank name", make: paying(["Amelia Whitfield", "  "]), outcome: "HOLD", reason: "NAME_UNREADABLE" },
  {
    record: "with a name of symbols",
    make: paying(["@@@", "Oliver Baker"]),
    outcome: "HOLD",
    reason: "NAME_UNREADABLE",
  },
  {
    record: "too broad to finish",
    make: paying(["BROAD", "Oliver Baker"]),
    outcome: "HOLD",
    reason: "QUERY_TOO_BROAD",
  },
  { record: "that hits and has an empty name", make: paying(["Goran Jalal", ""]), outcome: "HIT" },
  { record: "that hits and is too broad", make: paying(["BROAD", "Goran Jalal"]), outcome: "HIT" },
  {
    record: "with an empty name of no role",
    make: ({ paymentSchemaId }) => {
      const event = payment("e");
      const value = encodePayment({ ...event, parties: [...event.parties, party("OTHER", "")] }, paymentSchemaId);
      return { key: "e", value };
    },
    outcome: "CLEAR",
  },
  ...[
    { what: "that is clear, a moment after its decideBy", names: ["A B"], decideBy: now - 1, outcome: "HOLD" as const },
    { what: "that is clear, just in time", names: ["A B"], decideBy: now, outcome: "CLEAR" as const },
    { what: "that hits, long after its decideBy", names: ["GORAN JALAL"], decideBy: 0, outcome: "HIT" as const },
  ].map(({ what, names, decideBy, outcome }): Row => ({
    record: what,
    make: ({ paymentSchemaId }) => ({
      key: "e",
      value: encodePayment({ ...payment("e", names), decideBy }, paymentSchemaId),
    }),
    outcome,
    ...(outcome === "HOLD" ? { reason: "DEADLINE_PASSED" } : {}),
  })),
  ...[
    { what: "without a magic byte", value: Buffer.from("{}") },
    { what: "that is empty", value: Buffer.alloc(0) },
    { what: "that is null", value: null },
    { what: "with an unknown schema id", value: Buffer.from([0, 0, 0, 99, 99, 1, 2, 3]) },
    { what: "with a negative schema id", value: Buffer.from([0, 255, 255, 255, 240, 97, 98, 99]) },
    { what: "with a schema id and no more", value: Buffer.from([0, 0, 0, 0, 1]) },
    { what: "of random bytes", value: Buffer.from("0053a1b2c3d4e5f60718293a4b5c6d7e8f", "hex") },
  ].map(({ what, value }): Row => ({
    record: `with a value ${what}`,
    make: raw(value),
    outcome: "HOLD",
    reason: "RECORD_UNDECODABLE",
    deadLetter: true,
  })),
  {
    record: "that is truncated",
    make: ({ paymentSchemaId }) => {
      const whole = encodePayment(payment("e"), paymentSchemaId);
      return { key: "e", value: whole.subarray(0, whole.length - 3) };
    },
    outcome: "HOLD",
    reason: "RECORD_UNDECODABLE",
    deadLetter: true,
  },
  {
    record: "with trailing bytes",
    make: ({ paymentSchemaId }) => ({
      key: "e",
      value: Buffer.concat([encodePayment(payment("e"), paymentSchemaId), Buffer.from([0])]),
    }),
    outcome: "HOLD",
    reason: "RECORD_UNDECODABLE",
    deadLetter: true,
  },
  {
    record: "written with the schema of something else",
    make: async ({ registry }) => {
      const id = await registry.register("decisions", schemaText(subjectOf(topics.decisions)));
      return { key: "e", value: withHeader(id, Buffer.alloc(40)) };
    },
    outcome: "HOLD",
    reason: "RECORD_UNDECODABLE",
    deadLetter: true,
  },
];

describe("a record …", () => {
  test.each(table)("$record is $outcome $reason", async ({ make, outcome, reason, deadLetter = false }) => {
    const bench = await createBench();
    await screenBatch(batchOf(topics.payments, [await make(bench)]), batchContext(), bench.deps);
    expect(bench.decisions()).toHaveLength(1);
    expect(bench.decisions()[0]).toMatchObject({ eventId: "e", outcome, holdReason: reason ?? null });
    expect(bench.alerts()).toHaveLength(outcome === "HIT" ? 1 : 0);
    expect(bench.deadLetters()).toHaveLength(deadLetter ? 1 : 0);
  });

  test("of remittances is read as one", async () => {
    const bench = await createBench();
    const id = await bench.registry.register(`${topics.remittances}-value`, remittanceSchema);
    const value = encodeRemittance(remittance("r", "Amelia Whitfield", "Alen Basil"), id);
    await screenBatch(batchOf(topics.remittances, [{ key: "r", value }]), batchContext(), bench.deps);
    expect(bench.decisions()).toMatchObject([{ eventId: "r", outcome: "HIT", sourceTopic: topics.remittances }]);
    expect(bench.alerts()[0]?.matches.map(({ field }) => field.path)).toEqual(["beneficiary.name"]);
  });

  test.each([
    ["no key", null],
    ["an empty key", ""],
    ["another key than its event id", "another"],
  ])("with %s is screened under its event id, and counted", async (_, key) => {
    const bench = await createBench();
    const value = encodePayment(payment("e"), bench.paymentSchemaId);
    await screenBatch(batchOf(topics.payments, [{ key, value }]), batchContext(), bench.deps);
    expect(bench.sent.flat().map((record) => record.key?.toString())).toEqual(["e"]);
    expect(bench.decisions()).toMatchObject([{ eventId: "e", outcome: "CLEAR" }]);
    expect(bench.told.of("batchScreened")[0]?.keyMismatches).toBe(1);
  });
});

describe("a record that cannot be decoded", () => {
  test("becomes a dead letter with its own key and bytes, and headers that tell where it was", async () => {
    const bench = await createBench();
    const value = Buffer.from([1, 2, 3]);
    await screenBatch(batchOf(topics.payments, [{ key: "e", value }]), batchContext(), bench.deps);
    expect(bench.deadLetters()).toEqual([
      {
        topic: topics.deadLetters,
        key: Buffer.from("e"),
        value,
        headers: {
          "cordon-error-code": "RECORD_UNDECODABLE",
          "cordon-error-message": "the value does not begin with the byte 0 and a schema id, and no header has one",
          "cordon-source-topic": topics.payments,
          "cordon-source-partition": "3",
          "cordon-source-offset": "100",
          "cordon-at": new Date(1_790_000_000_000).toISOString(),
        },
      },
    ]);
  });

  test.each([
    ["without a key", null],
    ["with an empty key", ""],
    ["with a key too long to be an id", "k".repeat(513)],
  ])("%s has a dead letter and no decision, for nobody could tell its event", async (_, key) => {
    const bench = await createBench();
    await screenBatch(batchOf(topics.payments, [{ key, value: Buffer.from([1]) }]), batchContext(), bench.deps);
    expect(bench.deadLetters()).toHaveLength(1);
    expect(bench.decisions()).toEqual([]);
    expect(bench.told.of("batchScreened")[0]?.outcomes.HOLD).toBe(1);
  });

  test("does not keep the others of its batch from being screened", async () => {
    const bench = await createBench();
    const value = encodePayment(payment("good"), bench.paymentSchemaId);
    const records = [
      { key: "bad", value: null },
      { key: "good", value },
    ];
    await screenBatch(batchOf(topics.payments, records), batchContext(), bench.deps);
    expect(bench.decisions().map(({ eventId, outcome }) => [eventId, outcome])).toEqual([
      ["bad", "HOLD"],
      ["good", "CLEAR"],
    ]);
  });
});
