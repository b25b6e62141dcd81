import { assert, boolean, constantFrom, property, shuffledSubarray, uniqueArray } from "fast-check";
import { expect, test } from "vitest";

import { mergeQuietly } from "../../../src/page/queue/merge.ts";
import type { Item } from "../../../src/page/wire.ts";

function item(alertId: string, version = 1): Item {
  return { alertId, eventId: alertId, state: "OPEN", version, name: alertId };
}

const ids = Array.from({ length: 12 }, (_, index) => `a${String(index)}`);
const someIds = uniqueArray(constantFrom(...ids));

test("no row moves, comes or goes, whatever the service says", () => {
  assert(
    property(someIds, someIds, boolean(), (shown, fresh, isWhole) => {
      const merged = mergeQuietly(
        shown.map((id) => item(id)),
        fresh.map((id) => item(id, 2)),
        isWhole,
      );
      expect(merged.rows.map(({ alertId }) => alertId)).toEqual(shown);
    }),
  );
});

test("what waits is what is not shown; of a view that is read in part only what stands before the last row that is shown", () => {
  assert(
    property(someIds, shuffledSubarray(ids), (shown, fresh) => {
      const waiting = fresh.filter((id) => !shown.includes(id));
      const rows = shown.map((id) => item(id));
      expect(
        mergeQuietly(
          rows,
          fresh.map((id) => item(id)),
          true,
        ).waiting,
      ).toBe(waiting.length);
      const last = fresh.findLastIndex((id) => shown.includes(id));
      expect(
        mergeQuietly(
          rows,
          fresh.map((id) => item(id)),
          false,
        ).waiting,
      ).toBe(waiting.filter((id) => fresh.indexOf(id) < last).length);
    }),
  );
});

test("a row that left the view stays and says so, if the whole view is known", () => {
  const rows = [item("a1"), item("a2")];
  expect(mergeQuietly(rows, [item("a2", 5)], true).rows).toEqual([{ ...item("a1"), gone: true }, item("a2", 5)]);
  expect(mergeQuietly(rows, [item("a2", 5)], false).rows).toEqual([item("a1"), item("a2", 5)]);
});
