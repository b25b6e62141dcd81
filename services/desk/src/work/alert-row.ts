import type { Tx } from "../database/connect.ts";
import { Refusal } from "../rules/refusal.ts";
import type { AlertState } from "../rules/states.ts";

/** An alert as the database has it. */
export interface AlertRow {
  readonly alert_id: string;
  readonly kind: "alert" | "hold" | "undecodable";
  readonly source_topic: string;
  readonly source_partition: number;
  readonly source_offset: number;
  readonly event_id: string;
  readonly origin: "STREAM" | "LOOK_BACK" | "CUSTOMER";
  readonly raised_at: Date;
  readonly received_at: Date;
  readonly due_at: Date;
  readonly rank: number;
  readonly state: AlertState;
  readonly version: number;
  readonly assignee: string | null;
  readonly top_score: number | null;
  readonly list: string | null;
  readonly regime: string | null;
  readonly rail: string | null;
  readonly designation_id: string | null;
  readonly hold_reason: string | null;
  readonly generation: number;
  readonly record_hash: string;
  readonly month: string;
  readonly brief: Buffer;
  readonly closed_at: Date | null;
}

/** Throws NOT_FOUND. */
export async function alertRow(tx: Tx, alertId: string): Promise<AlertRow> {
  const { rows } = await tx.query<AlertRow>("SELECT * FROM alert WHERE alert_id = $1", [alertId]);
  const [row] = rows;
  if (row === undefined) throw new Refusal("NOT_FOUND", "there is no such alert");
  return row;
}

/**
 * The alert and its event, locked until the transaction ends: the event first, for its alerts are agreed one after another.
 * Throws NOT_FOUND.
 */
export async function lockedAlert(tx: Tx, alertId: string): Promise<AlertRow> {
  const { source_topic: topic, source_partition: partition, source_offset: offset } = await alertRow(tx, alertId);
  await tx.query(
    "SELECT 1 FROM event_case WHERE source_topic = $1 AND source_partition = $2 AND source_offset = $3 FOR UPDATE",
    [topic, partition, offset],
  );
  const { rows } = await tx.query<AlertRow>("SELECT * FROM alert WHERE alert_id = $1 FOR UPDATE", [alertId]);
  const [row] = rows;
  if (row === undefined) throw new Refusal("NOT_FOUND", "there is no such alert");
  return row;
}
