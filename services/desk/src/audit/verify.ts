import { type AuditRow, hashOfRecord, type Verification, verifyChain, type Witness } from "@cordon/audit-chain";
import type { Disposition } from "@cordon/schemas";

import type { Database, Tx } from "../database/connect.ts";

const page = 5000;

/** Checks the whole chain as it stood at one moment, with the desk's own note of its end and what dispositions say of it. */
export function verifyAudit(database: Database): Promise<Verification> {
  return database.transaction(async (tx) => {
    await tx.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const { rows: heads } = await tx.query<Witness>("SELECT seq, hash FROM audit_head");
    const { rows: sent } = await tx.query<{ value: string }>("SELECT value FROM outbox ORDER BY seq");
    const witnesses = sent.map(({ value }): Witness => {
      const disposition = JSON.parse(value) as Disposition;
      const { auditSeq: seq, auditHash: hash } = disposition;
      return { seq, hash, record: hashOfRecord(disposition) };
    });
    return verifyChain(rowsOf(tx), [...witnesses, ...heads.filter(({ seq }) => seq > 0)], await beforeRecords(tx));
  });
}

async function* rowsOf(tx: Tx): AsyncGenerator<AuditRow> {
  // From the very first row: one before row 1 is none of the chain's.
  for (let after: number | null = null; ;) {
    const { rows }: { rows: (Omit<AuditRow, "at"> & { readonly at: Date })[] } = await tx.query(
      "SELECT seq, at, actor, action, subject, detail, prev, hash FROM audit WHERE $1::bigint IS NULL OR seq > $1 ORDER BY seq LIMIT $2",
      [after, page],
    );
    for (const row of rows) yield { ...row, at: row.at.toISOString() };
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

/** The last row of the audit that is older than the hashes of what rows led to. */
export async function beforeRecords(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ seq: number }>("SELECT seq FROM audit_before_records");
  return rows[0]?.seq ?? 0;
}
