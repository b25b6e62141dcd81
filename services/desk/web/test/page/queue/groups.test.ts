import { expect, test } from "vitest";

import { headingsOf } from "../../../src/page/queue/groups.ts";
import type { Item } from "../../../src/page/wire.ts";

const now = new Date(2026, 9, 12, 14, 0).getTime();

function due(minutes: number | null): Item {
  const dueAt = minutes === null ? null : now + minutes * 60_000;
  return { alertId: String(minutes), eventId: "", state: "OPEN", version: 1, name: "", dueAt };
}

test("rows in the order of their times stand under late, within the hour, later today, later", () => {
  expect([...headingsOf([-9, -1, 5, 59, 61, 120, 60 * 30].map(due), now)]).toEqual([
    [0, "Late"],
    [2, "Due within the hour"],
    [4, "Later today"],
    [6, "Later"],
  ]);
});

test("what the service puts before its order by time is urgent for another reason", () => {
  expect([...headingsOf([300, -9, 5].map(due), now)]).toEqual([
    [0, "First of all"],
    [1, "Late"],
    [2, "Due within the hour"],
  ]);
});

test("without times there are no headings", () => {
  expect([...headingsOf([5, null, 7].map(due), now)]).toEqual([]);
  expect([...headingsOf([], now)]).toEqual([]);
});
