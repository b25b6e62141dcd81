import { assert, nat, property, uniqueArray } from "fast-check";
import { expect, test } from "vitest";

import { rowHeight, windowOf } from "../../../src/page/queue/window.ts";

test("what is seen is drawn, what is drawn is little, and the whole keeps its height", () => {
  assert(
    property(
      nat(20_000),
      uniqueArray(nat(100), { maxLength: 5 }),
      nat(1_200_000),
      nat(2_000),
      (count, at, top, height) => {
        const headings = new Map(at.filter((index) => index < count).map((index) => [index, "Late"] as const));
        const { from, to, before, after } = windowOf(count, headings, { top, height });
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(count);
        const firstSeen = Math.floor(top / rowHeight) - headings.size;
        const lastSeen = Math.min(count, Math.floor((top + height) / rowHeight));
        expect(from).toBeLessThanOrEqual(Math.max(0, firstSeen));
        expect(to).toBeGreaterThanOrEqual(lastSeen);
        expect(to - from).toBeLessThan(height / rowHeight + 50);
        expect(before).toBeGreaterThanOrEqual(0);
        expect(after).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
