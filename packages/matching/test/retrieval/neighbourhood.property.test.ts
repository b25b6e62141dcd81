import fc from "fast-check";
import { expect, test } from "vitest";

import { termOf } from "../../src/relations/similarity.ts";
import { neighbourFinder } from "../../src/retrieval/neighbourhood.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { readSnapshot } from "../../src/snapshot/open.ts";
import { editedWords, words } from "../arbitraries.ts";
import { designation } from "../example-designations.ts";
import { comparedWithAll, retrieved } from "./neighbours.ts";

test("the neighbourhood of a token is every token related to it, and nothing else", () => {
  const pairs = fc.array(editedWords(), { minLength: 1, maxLength: 25 });
  fc.assert(
    fc.property(pairs, fc.array(words(1, 12), { maxLength: 20 }), (related, others) => {
      const listed = [...related.map(([word]) => word), ...others];
      const { dictionary } = readSnapshot(compileSnapshot(listed.map((word, at) => designation(String(at), [word]))));
      const find = neighbourFinder(dictionary);
      for (const query of [...related.map(([, edited]) => edited), ...others]) {
        if (query === "") continue;
        const term = termOf(query);
        const expected = comparedWithAll(dictionary, term);
        expect(retrieved(dictionary, find, term)).toEqual(expected);
      }
    }),
    { numRuns: 250 },
  );
});
