import { ask } from "../api.ts";
import { settle } from "../settle.ts";
import { type Desk, draftOf, type OpenAlert, type Opened, tell, updateList } from "../state.ts";
import type { Alert } from "../wire.ts";
import { changesBetween } from "./changes.ts";

function pathOf(alertId: string): string {
  return `/alerts/${encodeURIComponent(alertId)}`;
}

function updateOpen(desk: Desk, alertId: string, change: Partial<OpenAlert>): void {
  const { open } = desk.state;
  if (open?.alertId === alertId) desk.update({ open: { ...open, ...change } });
}

export async function openAlert(desk: Desk, alertId: string, { byItself }: Opened): Promise<void> {
  if (desk.state.open?.alertId === alertId && desk.state.open.status !== "missing") {
    // That came by itself, and now somebody asks for it.
    if (!byItself) updateOpen(desk, alertId, { byItself });
    return;
  }
  desk.update({
    open: {
      alertId,
      alert: null,
      status: "reading",
      byItself,
      shownAt: null,
      leftAt: null,
      proposal: null,
      match: 0,
      changed: null,
      replay: null,
    },
  });
  await readAlert(desk, alertId);
}

async function readAlert(desk: Desk, alertId: string): Promise<void> {
  const answer = await ask<Alert>("GET", pathOf(alertId));
  if (desk.state.open?.alertId !== alertId) return;
  if (answer.kind === "refused" && answer.status === 404) updateOpen(desk, alertId, { status: "missing" });
  else if (settle(desk, answer) && answer.kind === "ok") showAlert(desk, answer.body);
}

/** How long an eye takes to see that it is another one. */
const newFor = 400;

/** Whether the page itself opened it a moment ago, and nobody can have looked at it yet. */
export function isNew({ state: { open } }: Desk): boolean {
  return open?.byItself === true && (open.shownAt === null || performance.now() - open.shownAt < newFor);
}

/** From now on letters are keys, until something is typed or chosen. */
export function leaveText(desk: Desk): void {
  const { open } = desk.state;
  if (open !== null) updateOpen(desk, open.alertId, { leftAt: draftOf(desk.state, open.alertId) });
}

/** An alert as an answer of the service has it: what is shown of it, here and in its row, follows. */
export function showAlert(desk: Desk, alert: Alert): void {
  const proposal = alert.proposal ?? desk.state.open?.proposal ?? null;
  const shownAt = desk.state.open?.shownAt ?? performance.now();
  updateOpen(desk, alert.alertId, { alert, status: "read", shownAt, proposal });
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
async function changeAlert(
  desk: Desk,
  alert: Alert,
  { deed, body = {}, done }: { readonly deed: string; readonly body?: unknown; readonly done: string },
): Promise<boolean> {
  const answer = await send<Alert>(desk, `${pathOf(alert.alertId)}/${deed}`, body);
  if (answer === null) return false;
  if ("alertId" in answer) showAlert(desk, answer);
  tell(desk, done, alert);
  return true;
}

/** Sends a write; null when it was not carried out, which has been told. */
export async function send<T extends object>(desk: Desk, path: string, body: unknown): Promise<T | null> {
  if (desk.state.isSending) return null;
  desk.update({ isSending: true, problem: null, notice: null });
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

export function take(desk: Desk, alert: Alert): Promise<boolean> {
  return changeAlert(desk, alert, { deed: "take", done: "It is yours." });
}

export function giveBack(desk: Desk, alert: Alert): Promise<boolean> {
  return changeAlert(desk, alert, { deed: "give-back", done: "Given back to the queue." });
}

export function addNote(desk: Desk, alert: Alert, note: string): Promise<boolean> {
  return changeAlert(desk, alert, { deed: "notes", body: { note }, done: "The note is kept." });
}

export async function rescreen(desk: Desk, alert: Alert): Promise<void> {
  const answer = await send<object>(desk, `/events/${encodeURIComponent(alert.eventId)}/rescreen`, {});
  if (answer !== null) tell(desk, "It is being screened again. What comes out is shown here.", alert);
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
