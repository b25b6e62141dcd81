import { appendAudit } from "../audit/append.ts";
import type { Tx } from "../database/connect.ts";
import { isRationale } from "../rules/reasons.ts";
import { Refusal } from "../rules/refusal.ts";
import { type AlertRow, lockedAlert } from "./alert-row.ts";
import { conflict, keepNote, move, notify, refuseUnlessMovable } from "./deeds.ts";
import type { DeskDeps } from "./desk-deps.ts";

/** Makes an open alert this person's; of one that is so already, the lease begins anew. */
export function take(alertId: string, userId: string, deps: DeskDeps): Promise<string> {
  return deps.database.transaction(async (tx) => {
    const row = await lockedAlert(tx, alertId);
    if (row.state === "TAKEN" && row.assignee === userId) {
      await tx.query("UPDATE alert SET lease_until = now() + make_interval(mins => $2) WHERE alert_id = $1", [
        alertId,
        deps.leaseMinutes,
      ]);
      await appendAudit(tx, [{ actor: userId, action: "taken", subject: alertId, detail: { again: true } }]);
      return alertId;
    }
    await move(tx, row, "take", { assignee: userId, leaseMinutes: deps.leaseMinutes });
    await appendAudit(tx, [{ actor: userId, action: "taken", subject: alertId }]);
    return alertId;
  });
}

/** The most urgent open alert, taken; null: there is none. People who ask at once get others. */
export function takeNext(userId: string, deps: DeskDeps): Promise<string | null> {
  return deps.database.transaction(async (tx) => {
    const { rows } = await tx.query<AlertRow>(
      `UPDATE alert SET state = 'TAKEN', version = version + 1, assignee = $1, lease_until = now() + make_interval(mins => $2),
         first_seen_at = coalesce(first_seen_at, now())
       WHERE alert_id = (SELECT alert_id FROM alert WHERE state = 'OPEN' AND kind = 'alert'
                         ORDER BY rank, due_at, alert_id LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING *`,
      [userId, deps.leaseMinutes],
    );
    const [row] = rows;
    if (row === undefined) return null;
    await notify(tx, row);
    await appendAudit(tx, [{ actor: userId, action: "taken", subject: row.alert_id, detail: { next: true } }]);
    return row.alert_id;
  });
}

export function giveBack(alertId: string, userId: string, deps: DeskDeps): Promise<string> {
  return deps.database.transaction(async (tx) => {
    const row = await lockedAlert(tx, alertId);
    refuseUnlessMovable(row.state, "give-back");
    if (row.assignee !== userId) throw conflict(row);
    await move(tx, row, "give-back");
    await appendAudit(tx, [{ actor: userId, action: "given back", subject: alertId }]);
    return alertId;
  });
}

/** Alerts whose takers were silent for too long are open again. Answers how many. */
export function endLeases({ database }: Pick<DeskDeps, "database">): Promise<number> {
  return database.transaction(async (tx) => {
    const { rows } = await tx.query<AlertRow & { was: string }>(
      `UPDATE alert a SET state = 'OPEN', version = a.version + 1, assignee = NULL, lease_until = NULL
       FROM (SELECT alert_id, assignee AS was FROM alert WHERE state = 'TAKEN' AND lease_until < now()
             ORDER BY alert_id LIMIT 500 FOR UPDATE SKIP LOCKED) over
       WHERE a.alert_id = over.alert_id RETURNING a.*, over.was`,
    );
    for (const row of rows) await notify(tx, row);
    await appendAudit(
      tx,
      rows.map(({ alert_id: subject, was }) => ({ actor: "cordon", action: "lease over", subject, detail: { was } })),
    );
    return rows.length;
  });
}

/** A note in an alert's story; whoever has taken it keeps it. */
export function addNote(
  alertId: string,
  userId: string,
  { note, deps }: { readonly note: string; readonly deps: DeskDeps },
): Promise<string> {
  return deps.database.transaction(async (tx: Tx) => {
    const row = await lockedAlert(tx, alertId);
    if (!isRationale(note)) throw new Refusal("RATIONALE_MISSING", "a note takes 10 to 4,000 characters");
    const id = await keepNote(tx, { alertId, author: userId, action: "note", text: note }, deps);
    if (row.state === "TAKEN" && row.assignee === userId)
      await tx.query("UPDATE alert SET lease_until = now() + make_interval(mins => $2) WHERE alert_id = $1", [
        alertId,
        deps.leaseMinutes,
      ]);
    await notify(tx, row);
    await appendAudit(tx, [{ actor: userId, action: "note", subject: alertId, detail: { note: id } }]);
    return alertId;
  });
}
