import fc from "fast-check";
import { expect, test } from "vitest";

import { earsOf } from "../../src/relations/ears.ts";
import { lettersOf, pairsOf } from "../../src/relations/letters.ts";
import { skeleton } from "../../src/relations/skeleton.ts";

test("no ear is passed over for want of letters that its spellings do without", () => {
  const words = fc.string({ unit: fc.constantFrom(..."abcdeghijlmnorstuwyz".split("")), minLength: 4, maxLength: 9 });
  fc.assert(
    fc.property(words, (word) => {
      const own = skeleton(word);
      expect(earsOf(word, own, lettersOf(word), pairsOf(word))).toEqual(earsOf(word, own, ~0, ~0));
    }),
    { numRuns: 5000 },
  );
});
