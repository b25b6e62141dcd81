import { ask, query } from "../api.ts";
import { settle } from "../settle.ts";
import { type Desk, emptyList, updateList } from "../state.ts";
import type { AlertPage, View } from "../wire.ts";
import { mergeQuietly } from "./merge.ts";

const pageSize = 100;
const mostRefreshed = 200;

/** Grows with each reading of the list, so that a slow answer never overwrites a newer one. */
let turn = 0;

function pathOf(desk: Desk, more: { readonly after?: string; readonly limit: number }): string {
  const { view, q, list } = desk.state.list;
  return `/alerts${query({ view, q, list, ...more })}`;
}

/** Reads the list anew: its beginning, as the service orders it. */
export async function readList(desk: Desk): Promise<void> {
  const mine = ++turn;
  updateList(desk, { status: "reading" });
  const answer = await ask<AlertPage>("GET", pathOf(desk, { limit: pageSize }));
  if (mine !== turn) return;
  if (!settle(desk, answer) || answer.kind !== "ok") {
    updateList(desk, { status: "read" });
    return;
  }
  const { items, next = null, counts, own = {} } = answer.body;
  const { cursor } = desk.state.list;
  const kept = items.some(({ alertId }) => alertId === cursor) ? cursor : null;
  updateList(desk, { rows: items, next, status: "read", waiting: 0, cursor: kept });
  desk.update({ counts: { ...desk.state.counts, ...counts }, own });
}

export async function showView(desk: Desk, view: View): Promise<void> {
  const { seen } = desk.state.list;
  desk.update({ list: { ...emptyList(view), seen: { top: 0, height: seen.height } } });
  await readList(desk);
}

/** Reads on where the list ends, when the last rows come into sight. */
export async function readMore(desk: Desk): Promise<void> {
  const { next, status } = desk.state.list;
  if (next === null || status !== "read") return;
  const mine = ++turn;
  updateList(desk, { status: "reading" });
  const answer = await ask<AlertPage>("GET", pathOf(desk, { after: next, limit: pageSize }));
  if (mine !== turn) return;
  updateList(desk, { status: "read" });
  if (!settle(desk, answer) || answer.kind !== "ok") return;
  const { rows } = desk.state.list;
  const known = new Set(rows.map(({ alertId }) => alertId));
  const more = answer.body.items.filter(({ alertId }) => !known.has(alertId));
  updateList(desk, { rows: [...rows, ...more], next: answer.body.next ?? null });
}

/** What changed is shown in its place; what is new is counted and waits. */
async function refreshQuietly(desk: Desk): Promise<void> {
  const { rows, status } = desk.state.list;
  if (status !== "read") return;
  const mine = ++turn;
  const limit = Math.min(mostRefreshed, Math.max(pageSize, rows.length + 20));
  const answer = await ask<AlertPage>("GET", pathOf(desk, { limit }));
  if (mine !== turn || answer.kind !== "ok") return;
  const { items, next = null, counts, own = {} } = answer.body;
  const merged = mergeQuietly(desk.state.list.rows, items, next === null);
  desk.update({ counts: { ...desk.state.counts, ...counts }, own });
  // A list that was empty has no row that could move under a hand.
  if (desk.state.list.rows.length === 0) updateList(desk, { rows: items, next });
  else updateList(desk, merged);
}

let wait: ReturnType<typeof setTimeout> | undefined;

/** Many changes in a moment are one question. */
export function refreshSoon(desk: Desk): void {
  wait ??= setTimeout(() => {
    wait = undefined;
    void refreshQuietly(desk);
  }, 300);
}

export function removeRow(desk: Desk, alertId: string): void {
  updateList(desk, { rows: desk.state.list.rows.filter((row) => row.alertId !== alertId) });
}

let typing: ReturnType<typeof setTimeout> | undefined;

export function filterBy(desk: Desk, q: string): void {
  updateList(desk, { q });
  clearTimeout(typing);
  typing = setTimeout(() => void readList(desk), 250);
}

export function filterByList(desk: Desk, list: string): void {
  updateList(desk, { list });
  void readList(desk);
}
