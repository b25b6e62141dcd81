import fc from "fast-check";
import { expect, test } from "vitest";

import { similarity, termOf } from "../../src/relations/similarity.ts";
import { neighbourFinder } from "../../src/retrieval/neighbourhood.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { readSnapshot } from "../../src/snapshot/open.ts";
import { editedWords, words } from "../arbitraries.ts";
import { designation } from "../example-designations.ts";

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
        const expected = Array.from({ length: dictionary.size }, (_, id) => id)
          .map((id) => [id, similarity(term, dictionary.term(id)).percent] as const)
          .filter(([, percent]) => percent > 0);
        const found = find(term);
        expect(Array.from(found.ids.subarray(0, found.count), (id, k) => [id, found.percents[k]])).toEqual(expected);
      }
    }),
    { numRuns: 250 },
  );
});
