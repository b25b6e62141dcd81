import fc from "fast-check";
import { expect, test } from "vitest";

import { similarity, termOf } from "../../src/relations/similarity.ts";
import { neighbourFinder } from "../../src/retrieval/neighbourhood.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { readSnapshot } from "../../src/snapshot/open.ts";
import { designation } from "../example-designations.ts";
import { comparedWithAll, retrieved } from "./neighbours.ts";

/** Words that meet by every relation that a table or a key retrieves. */
const vocabulary = (
  "mohammed muhammad mehmet محمد мухаммад hussein hussain حسين hassan gaddafi qadhafi القذافي vladimir volodymyr wladimir " +
  "volodya sasha alexander aleksandr oleksandr bill william will robert bob bobby v a s m abd abdul مقتدشي muqtadashi " +
  "mqtdsh زقورت zaqurat zaqort yahia yahiya tagiyev taguev moshtagiv mushtagayev kim gim lee ri yi 2 two ii second 3 " +
  "three hong yong jong song rajesh ramesh thanh thang 0mhmd 0hsyn נתניהו netanyahu ウラジーミル 弗拉基米尔 김정은 田中角栄 " +
  "oumar ournar warda vvarda adel acll trading trdg trad engineering engg services svcs srvces nazhmuddin nzhmddn " +
  "nezhmeddin faraj frj kavoshyar kvoshyr bank bnk corp corpn technology tech tekhnologii petrochemical petrochem " +
  "okacha ukasha soerjo suryo chodorkowski khodorkovsky ouassim wassim zhumabek jumabek 00tik tikriti 01mo 01a oma omar lua luna kis kish pti apti sea bsea seea telecom telecommunications " +
  "02guihua guihua guihau 02lee 05lee 05jung jung jeong jongg 05kwang kwang gwang 04sfjomd 04wfjomd 04sgfdeo 04zz 04sfzz wong huang hwang wah 03jiawei jiawei jiaweii 03lee"
).split(" ");

test("the neighbourhood of a word of any relation is every word related to it, and nothing else", () => {
  const some = fc.subarray(vocabulary, { minLength: 1 });
  let related = 0;
  fc.assert(
    fc.property(some, some, (listed, queries) => {
      const { dictionary } = readSnapshot(compileSnapshot(listed.map((word, at) => designation(String(at), [word]))));
      const find = neighbourFinder(dictionary);
      for (const query of [
        ...queries,
        ...Array.from({ length: dictionary.size }, (_, id) => dictionary.term(id).text),
      ]) {
        if (!/^[a-z0-9]+$/.test(query)) continue;
        const term = termOf(query);
        const expected = comparedWithAll(dictionary, term);
        related += expected.length;
        expect(retrieved(dictionary, find, term)).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
  expect(related).toBeGreaterThan(1000);
});

test("an initial in the payment may stand for a listed name; one in the list is met by itself only", () => {
  expect(similarity(termOf("v"), termOf("vladimir")).relation).toBe("initial");
  expect(similarity(termOf("vladimir"), termOf("v")).relation).toBe("none");
  expect(similarity(termOf("v"), termOf("v")).relation).toBe("exact");
});
