import { type AuditRow, chained } from "@cordon/audit-chain";

import type { Tx } from "../database/connect.ts";

/** A thing that was done: by whom, what, to what. `detail` holds ids, hashes and words of closed lists; never a name. */
export interface Deed {
  readonly actor: string;
  readonly action: string;
  /** An alert's id, a good guy's, a user's, or what else was acted on. */
  readonly subject: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * Adds rows to the chain. The row of its end is locked until the transaction ends, so numbers have no gap and no two rows follow one: do
 * it last. Answers the rows as they stand.
 */
export async function appendAudit(tx: Tx, deeds: readonly Deed[]): Promise<readonly AuditRow[]> {
  if (deeds.length === 0) return [];
  const { rows } = await tx.query<{ seq: number; hash: string; at: Date }>(
    "SELECT seq, hash, clock_timestamp() AS at FROM audit_head WHERE one FOR UPDATE",
  );
  const [head] = rows;
  if (head === undefined) throw new Error("the audit has no end to add to");
  const at = head.at.toISOString();
  const added: AuditRow[] = [];
  let { seq, hash } = head;
  for (const { actor, action, subject, detail = {} } of deeds) {
    const row = chained(hash, { seq: seq + 1, at, actor, action, subject, detail: JSON.stringify(detail) });
    added.push(row);
    ({ seq, hash } = row);
  }
  await tx.query(
    `INSERT INTO audit (seq, at, actor, action, subject, detail, prev, hash)
     SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])`,
    [
      added.map((row) => row.seq),
      added.map((row) => row.at),
      added.map((row) => row.actor),
      added.map((row) => row.action),
      added.map((row) => row.subject),
      added.map((row) => row.detail),
      added.map((row) => row.prev),
      added.map((row) => row.hash),
    ],
  );
  await tx.query("UPDATE audit_head SET seq = $1, hash = $2 WHERE one", [seq, hash]);
  return added;
}
