import type { Item } from "../wire.ts";
import { millisOf } from "../words.ts";

const hour = 3_600_000;

/**
 * A heading for each row that begins a group, by index. The service orders by urgency, then by when alerts are due: rows
 * before the part that is ordered by time are the urgent ones.
 */
export function headingsOf(items: readonly Item[], now: number): ReadonlyMap<number, string> {
  const due = items.map(({ dueAt }) => millisOf(dueAt));
  const headings = new Map<number, string>();
  if (due.some((at) => at === null)) return headings;
  const times = due as readonly number[];
  let ordered = times.length;
  while (ordered > 0 && (ordered === times.length || (times[ordered - 1] ?? 0) <= (times[ordered] ?? 0))) ordered--;
  let last = "";
  for (const [index, at] of times.entries()) {
    const heading = index < ordered ? "First of all" : groupOf(at, now);
    if (heading !== last) headings.set(index, heading);
    last = heading;
  }
  return headings;
}

function groupOf(dueAt: number, now: number): string {
  if (dueAt < now) return "Late";
  if (dueAt - now < hour) return "Due within the hour";
  return new Date(dueAt).toDateString() === new Date(now).toDateString() ? "Later today" : "Later";
}
