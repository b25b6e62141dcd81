import { type AuditRow, type Verification, verifyChain, type Witness } from "@cordon/audit-chain";

import type { Database, Tx } from "../database/connect.ts";

const page = 5000;

/** Checks the whole chain as it stood at one moment, with the desk's own note of its end and what dispositions say of it. */
export function verifyAudit(database: Database): Promise<Verification> {
  return database.transaction(async (tx) => {
    await tx.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const { rows: heads } = await tx.query<Witness>("SELECT seq, hash FROM audit_head");
    const { rows: sent } = await tx.query<{ value: string }>("SELECT value FROM outbox ORDER BY seq");
    const witnesses = sent.map(({ value }): Witness => {
      const { auditSeq, auditHash } = JSON.parse(value) as { readonly auditSeq: number; readonly auditHash: string };
      return { seq: auditSeq, hash: auditHash };
    });
    return verifyChain(rowsOf(tx), [...witnesses, ...heads.filter(({ seq }) => seq > 0)]);
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
