import { ask } from "../api.ts";
import { settle } from "../settle.ts";
import { type Desk, type OpenAlert, updateList } from "../state.ts";
import type { Alert } from "../wire.ts";
import { changesBetween } from "./changes.ts";

function pathOf(alertId: string): string {
  return `/alerts/${encodeURIComponent(alertId)}`;
}

function updateOpen(desk: Desk, alertId: string, change: Partial<OpenAlert>): void {
  const { open } = desk.state;
  if (open?.alertId === alertId) desk.update({ open: { ...open, ...change } });
}

export async function openAlert(desk: Desk, alertId: string): Promise<void> {
  if (desk.state.open?.alertId === alertId && desk.state.open.status !== "missing") return;
  desk.update({
    open: { alertId, alert: null, status: "reading", proposal: null, match: 0, changed: null, replay: null },
  });
  await readAlert(desk, alertId);
}

async function readAlert(desk: Desk, alertId: string): Promise<void> {
  const answer = await ask<Alert>("GET", pathOf(alertId));
  if (desk.state.open?.alertId !== alertId) return;
  if (answer.kind === "refused" && answer.status === 404) updateOpen(desk, alertId, { status: "missing" });
  else if (settle(desk, answer) && answer.kind === "ok") showAlert(desk, answer.body);
}

/** An alert as an answer of the service has it: what is shown of it, here and in its row, follows. */
export function showAlert(desk: Desk, alert: Alert): void {
  const proposal = alert.proposal ?? desk.state.open?.proposal ?? null;
  updateOpen(desk, alert.alertId, { alert, status: "read", proposal });
  document.title = `${alert.name} · Cordon desk`;
  const { state, version, assignee = null } = alert;
  updateList(desk, {
    rows: desk.state.list.rows.map((row) =>
      row.alertId === alert.alertId ? { ...row, state, version, assignee } : row,
    ),
  });
}

/**
 * The alert that is open changed elsewhere. It is shown as it is now, and said so: who judges must not judge what he has
 * not seen. What was typed stays.
 */
export async function readAgainLive(desk: Desk, alertId: string): Promise<readonly string[]> {
  const before = desk.state.open?.alert ?? null;
  const answer = await ask<Alert>("GET", pathOf(alertId));
  if (answer.kind !== "ok" || desk.state.open?.alertId !== alertId) return [];
  const after = answer.body;
  const changes = before === null ? [] : changesBetween(before, after);
  showAlert(desk, after);
  if (before !== null && before.evidenceHash !== after.evidenceHash)
    updateOpen(desk, alertId, { changed: { at: Date.now(), changes } });
  return changes;
}

/** A write whose answer is the alert. */
async function changeAlert(desk: Desk, path: string, body: unknown, notice: string): Promise<boolean> {
  const answer = await send<Alert>(desk, path, body);
  if (answer === null) return false;
  if ("alertId" in answer) showAlert(desk, answer);
  desk.update({ notice, problem: null });
  return true;
}

/** Sends a write; null when it was not carried out, which has been told. */
export async function send<T extends object>(desk: Desk, path: string, body: unknown): Promise<T | null> {
  if (desk.state.isSending) return null;
  desk.update({ isSending: true, problem: null, notice: "" });
  const answer = await ask<T>("POST", path, body);
  desk.update({ isSending: false });
  if (settle(desk, answer)) return answer.kind === "ok" ? answer.body : ({} as T);
  if (answer.kind === "refused" && answer.status === 409) await tellConflict(desk);
  return null;
}

/** After a conflict the newer state is shown beside what was typed, and what changed is told. */
async function tellConflict(desk: Desk): Promise<void> {
  const { open } = desk.state;
  if (open === null) return;
  const changes = await readAgainLive(desk, open.alertId);
  const { problem } = desk.state;
  if (problem !== null) desk.update({ problem: { ...problem, changes } });
}

export function take(desk: Desk, { alertId }: Alert): Promise<boolean> {
  return changeAlert(desk, `${pathOf(alertId)}/take`, {}, "It is yours.");
}

export function giveBack(desk: Desk, { alertId }: Alert): Promise<boolean> {
  return changeAlert(desk, `${pathOf(alertId)}/give-back`, {}, "Given back to the queue.");
}

export function addNote(desk: Desk, { alertId }: Alert, note: string): Promise<boolean> {
  return changeAlert(desk, `${pathOf(alertId)}/notes`, { note }, "The note is kept.");
}

export async function rescreen(desk: Desk, { eventId }: Alert): Promise<void> {
  const answer = await send<object>(desk, `/events/${encodeURIComponent(eventId)}/rescreen`, {});
  if (answer !== null) desk.update({ notice: "It is being screened again. What comes out is shown here." });
}

export async function replay(desk: Desk, { alertId }: Alert): Promise<void> {
  const answer = await send<{ same?: boolean; differences?: readonly unknown[]; notReplayed?: string }>(
    desk,
    `${pathOf(alertId)}/replay`,
    {},
  );
  if (answer !== null)
    updateOpen(desk, alertId, {
      replay: {
        same: answer.same === true,
        differences: answer.differences ?? [],
        notReplayed: answer.notReplayed ?? null,
      },
    });
}

export function chooseMatch(desk: Desk, alertId: string, match: number): void {
  updateOpen(desk, alertId, { match });
}
