import { createHash } from "node:crypto";

import { describe, expect, test } from "vitest";

import { type AuditRow, chained, hashOfRecord, verifyChain, type Witness } from "../src/index.ts";

const release = {
  dispositionId: "6e0d7c0e-5f0a-4b6e-9d3c-8b1f0e2a7c11",
  eventId: "payment-1",
  sourceTopic: "payments.v1",
  sourcePartition: 3,
  sourceOffset: 41,
  decision: "RELEASE",
  alertIds: ["a1"],
  holdReason: null,
  approvedBy: "chen",
};

/** Three rows, the second of which led to a record. */
function chain(): readonly AuditRow[] {
  const rows: AuditRow[] = [];
  for (const [action, detail] of [
    ["proposed", {}],
    ["agreed", { recordHash: hashOfRecord(release) }],
    ["read", {}],
  ] as const)
    rows.push(
      chained(rows.at(-1)?.hash ?? "0".repeat(64), {
        seq: rows.length + 1,
        at: "2026-11-30T09:00:00.000Z",
        actor: "chen",
        action,
        subject: "a1",
        detail: JSON.stringify(detail),
      }),
    );
  return rows;
}

const witnessOf = (row: AuditRow | undefined, record: object): Witness => ({
  seq: row?.seq ?? 0,
  hash: row?.hash ?? "",
  record: hashOfRecord(record),
});

describe("a record that a row led to", () => {
  test("is the one whose hash the row holds, however often it was seen", async () => {
    const rows = chain();
    const seen = witnessOf(rows[1], { ...release, auditSeq: 2, auditHash: rows[1]?.hash });
    expect(await verifyChain(rows, [seen, seen])).toEqual({ ok: true, rows: 3 });
  });

  test.each<[string, object]>([
    ["of another event", { ...release, eventId: "payment-2" }],
    ["of another place", { ...release, sourceOffset: 42 }],
    ["of another decision", { ...release, decision: "REJECT" }],
    ["by another person", { ...release, approvedBy: "omar" }],
    ["of another kind", { ...release, holdReason: "FIELD_MISSING" }],
  ])("is told from one %s that names the same row", async (_what, forged) => {
    const rows = chain();
    expect(await verifyChain(rows, [witnessOf(rows[1], forged)])).toMatchObject({ ok: false, brokenAt: 2 });
  });

  test("is told from one that names a row which led to none", async () => {
    const rows = chain();
    expect(await verifyChain(rows, [witnessOf(rows[2], release)])).toMatchObject({ ok: false, brokenAt: 3 });
  });

  test("is not asked of a row that is older than such hashes, and of the next one it is", async () => {
    const rows = chain();
    const seen = [witnessOf(rows[2], release)];
    expect(await verifyChain(rows, seen, 3)).toMatchObject({ ok: true });
    expect(await verifyChain(rows, seen, 2)).toMatchObject({ ok: false, brokenAt: 3 });
  });

  test("is hashed as docs/specs/delivery.md says, so that others can", () => {
    const text =
      '[["alertIds",["a1"]],["approvedBy","chen"],["decision","RELEASE"],["dispositionId","6e0d7c0e-5f0a-4b6e-9d3c-8b1f0e2a7c11"],' +
      '["eventId","payment-1"],["sourceOffset",41],["sourcePartition",3],["sourceTopic","payments.v1"]]';
    expect(hashOfRecord({ ...release, auditSeq: 2 })).toBe(createHash("sha256").update(text).digest("hex"));
  });
});

test.each<[string, (rows: readonly AuditRow[]) => readonly AuditRow[], number]>([
  ["changed", (rows) => rows.map((row) => (row.seq === 2 ? { ...row, actor: "omar" } : row)), 2],
  ["dropped", (rows) => rows.toSpliced(1, 1), 2],
  [
    "put elsewhere",
    (rows) => rows.map((row) => ({ ...row, seq: [1, 3, 2][row.seq - 1] ?? 0 })).toSorted((a, b) => a.seq - b.seq),
    2,
  ],
  ["cut off", (rows) => rows.slice(0, 2), 3],
])("a row that was %s is told", async (_how, change, at) => {
  const rows = chain();
  const end = rows.map(({ seq, hash }): Witness => ({ seq, hash })).slice(-1);
  expect(await verifyChain(change(rows), end)).toMatchObject({ ok: false, brokenAt: at });
});
