import { hashOfRecord } from "@cordon/audit-chain";
import type { Disposition } from "@cordon/schemas";

import { appendAudit, type Deed } from "../audit/append.ts";
import type { Tx } from "../database/connect.ts";
import { Refusal } from "../rules/refusal.ts";
import { type AlertState, isFinal, mayMove, type Move, moves } from "../rules/states.ts";
import { monthOf } from "../sealing/month-keys.ts";
import type { AlertRow } from "./alert-row.ts";
import type { DeskDeps } from "./desk-deps.ts";
import { sealText } from "./sealed-text.ts";

/** What an alert becomes beside its state. */
export interface Moved {
  readonly assignee?: string | null;
  readonly leaseMinutes?: number;
}

/**
 * Moves a locked alert, or throws STATE_FINAL or VERSION_CONFLICT. The condition stands in the statement, too: it does not rest on the
 * lock.
 */
export async function move(
  tx: Tx,
  row: AlertRow,
  how: Move,
  { assignee = null, leaseMinutes = 0 }: Moved = {},
): Promise<AlertRow> {
  refuseUnlessMovable(row.state, how);
  const { from, to } = moves[how];
  const { rows } = await tx.query<AlertRow>(
    `UPDATE alert SET state = $2, version = version + 1, assignee = $3,
       lease_until = CASE WHEN $3::text IS NULL THEN NULL ELSE now() + make_interval(mins => $4) END,
       closed_at = CASE WHEN $2 IN ('RELEASED', 'REJECTED', 'SUPERSEDED') THEN now() END,
       first_seen_at = coalesce(first_seen_at, now())
     WHERE alert_id = $1 AND version = $5 AND state = ANY($6) RETURNING *`,
    [row.alert_id, to, assignee, leaseMinutes, row.version, from],
  );
  const [moved] = rows;
  if (moved === undefined) throw conflict(row);
  await notify(tx, moved);
  return moved;
}

export function refuseUnlessMovable(state: AlertState, how: Move): void {
  if (isFinal(state)) throw new Refusal("STATE_FINAL", "this is decided and never changes");
  if (!mayMove(how, state))
    throw new Refusal("VERSION_CONFLICT", `this cannot be done to an alert that is ${state}`, { state });
}

export function conflict({ state, version, assignee }: AlertRow): Refusal {
  return new Refusal("VERSION_CONFLICT", "somebody else has changed this meanwhile", { state, version, assignee });
}

/** Open pages hear of it when the transaction is done. */
export async function notify(
  tx: Tx,
  { alert_id: alertId, version }: Pick<AlertRow, "alert_id" | "version">,
): Promise<void> {
  await tx.query("SELECT pg_notify('desk', $1)", [JSON.stringify({ alertId, version })]);
}

/** A notice holds 8,000 bytes. */
const mostInNotice = 100;

/** The same of many: whoever has one of them open asks for it again. */
export async function notifyChanged(tx: Tx, alertIds: readonly string[]): Promise<void> {
  for (let from = 0; from < alertIds.length; from += mostInNotice)
    await tx.query("SELECT pg_notify('desk', $1)", [
      JSON.stringify({ changed: alertIds.slice(from, from + mostInNotice) }),
    ]);
}

/** Keeps a text beside an alert, sealed, and answers its number, which the audit names. */
export async function keepNote(
  tx: Tx,
  {
    alertId,
    author,
    action,
    text,
  }: { readonly alertId: string; readonly author: string; readonly action: string; readonly text: string },
  { keys }: Pick<DeskDeps, "keys">,
): Promise<number> {
  const month = monthOf(Date.now());
  const sealed = sealText(await keys.of(tx, month), `note ${alertId}`, text);
  const { rows } = await tx.query<{ note_id: number }>(
    "INSERT INTO note (alert_id, author, action, body, month) VALUES ($1, $2, $3, $4, $5) RETURNING note_id",
    [alertId, author, action, sealed, month],
  );
  return rows[0]?.note_id ?? 0;
}

/** A disposition but for what the audit adds to it. */
export type Decided = Omit<Disposition, "auditSeq" | "auditHash" | "deskVersion">;

/**
 * Ends the transaction of a deed: its rows of the audit, and the disposition that it leads to. Each is the other's witness: the first row
 * holds the hash of the whole disposition, and the disposition, which others read in Kafka, the number and hash of that row.
 */
export async function conclude(
  tx: Tx,
  [deed, ...others]: readonly [Deed, ...Deed[]],
  { decided, topic, version }: { readonly decided?: Decided | null; readonly topic: string; readonly version: string },
): Promise<Disposition | null> {
  if (decided === undefined || decided === null) {
    await appendAudit(tx, [deed, ...others]);
    return null;
  }
  const said = { ...decided, deskVersion: version };
  const detail = { ...deed.detail, recordHash: hashOfRecord(said) };
  const [row] = await appendAudit(tx, [{ ...deed, detail }, ...others]);
  if (row === undefined) throw new Error("a deed without a row in the audit");
  const disposition: Disposition = { ...said, auditSeq: row.seq, auditHash: row.hash };
  await tx.query("INSERT INTO outbox (topic, key, value) VALUES ($1, $2, $3)", [
    topic,
    disposition.eventId,
    JSON.stringify(disposition),
  ]);
  await tx.query("SELECT pg_notify('desk_outbox', '')");
  return disposition;
}
