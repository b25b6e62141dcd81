import type { Tx } from "../database/connect.ts";
import { type AlertEvidence, type EntryEvidence, evidenceHash, hasChanged } from "../rules/evidence.ts";
import type { AlertRow } from "./alert-row.ts";

export interface Evidence {
  readonly hash: string;
  /** Entries that are others than when the alert was raised, and which of their fields are. */
  readonly changed: readonly { readonly designationId: string; readonly fields: readonly string[] }[];
}

/** What an alert rests on, as of now. */
export async function evidenceOf(tx: Tx, row: AlertRow): Promise<Evidence> {
  const { rows } = await tx.query<{
    designation_id: string;
    as_matched: string | null;
    known: boolean;
    hash: string | null;
    generation: number;
    at: Date;
    changed_fields: string[];
  }>(
    `SELECT DISTINCT m.designation_id, m.designation_hash AS as_matched, d.designation_id IS NOT NULL AS known, d.hash, d.generation, d.at, d.changed_fields
     FROM alert_match m LEFT JOIN designation_now d USING (designation_id) WHERE m.alert_id = $1`,
    [row.alert_id],
  );
  const alert: AlertEvidence = {
    recordHash: row.record_hash,
    holdReason: row.hold_reason,
    generation: row.generation,
    raisedAt: row.raised_at.getTime(),
  };
  const entries = rows.map((one): EntryEvidence & { readonly fields: readonly string[] } => ({
    designationId: one.designation_id,
    asMatched: one.as_matched,
    now: one.known ? { hash: one.hash, generation: one.generation, at: one.at.getTime() } : undefined,
    fields: one.hash === null ? ["removed"] : one.changed_fields,
  }));
  return {
    hash: evidenceHash(alert, entries),
    changed: entries
      .filter((entry) => hasChanged(alert, entry))
      .map(({ designationId, fields }) => ({ designationId, fields })),
  };
}
