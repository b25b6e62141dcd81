import fc from "fast-check";
import { expect, test } from "vitest";

import { boundedOsa } from "../../src/relations/osa.ts";
import { editsAllowed, likeness, speltOf } from "../../src/relations/spelling.ts";
import { editedWords, words } from "../arbitraries.ts";

test("no pair of words within the edits that their length allows is thrown out by its letters", () => {
  let alike = 0;
  fc.assert(
    fc.property(fc.oneof(editedWords(), fc.tuple(words(1, 12), words(1, 12))), ([a, b]) => {
      const [one, other] = [speltOf(a), speltOf(b)];
      const allowed = editsAllowed(Math.min(a.length, b.length));
      const within = allowed > 0 && one.digits === other.digits && boundedOsa(a, b, allowed) <= allowed;
      if (within) alike++;
      expect(likeness(one, other).percent > 0).toBe(within);
    }),
    { numRuns: 5000 },
  );
  expect(alike).toBeGreaterThan(500);
});
