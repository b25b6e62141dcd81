import { type Desk, updateList } from "../state.ts";
import { readMore } from "./list.ts";
import { rowHeight } from "./window.ts";

function rowLink(alertId: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-testid="queue-row"][data-alert-id="${CSS.escape(alertId)}"]`);
}

/** The row that J and K are counted from: the cursor, or the alert that is open. */
function place({ state: { list, open } }: Desk): number {
  const at = list.cursor ?? open?.alertId;
  return list.rows.findIndex(({ alertId }) => alertId === at);
}

/** Moves the cursor by one row and the focus with it. At the ends it stays. */
export function moveCursor(desk: Desk, step: 1 | -1): void {
  const { rows } = desk.state.list;
  if (rows.length === 0) return;
  const from = place(desk);
  const to = Math.max(0, Math.min(rows.length - 1, from < 0 ? 0 : from + step));
  const row = rows[to];
  if (row === undefined) return;
  updateList(desk, { cursor: row.alertId });
  desk.flush();
  if (rowLink(row.alertId) === null) bringIntoWindow(desk, to);
  const link = rowLink(row.alertId);
  link?.focus({ preventScroll: true });
  link?.scrollIntoView({ block: "nearest" });
  if (to >= rows.length - 10) void readMore(desk);
}

/** A row far off is not drawn: the rows are scrolled to it first. */
function bringIntoWindow(desk: Desk, index: number): void {
  const rows = document.querySelector<HTMLElement>(".rows");
  if (rows === null) return;
  rows.scrollTop = index * rowHeight;
  updateList(desk, { seen: { top: rows.scrollTop, height: rows.clientHeight } });
  desk.flush();
}
