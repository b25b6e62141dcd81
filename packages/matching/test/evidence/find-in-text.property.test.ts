import fc from "fast-check";
import { expect, test } from "vitest";

import { everyIdentifierIn } from "../../src/evidence/find-in-text.ts";
import { foldText } from "../../src/evidence/fold-text.ts";
import { mayHoldIdentifier } from "../../src/evidence/may-hold-identifier.ts";

const pieces = fc.constantFrom(
  ..."IMO 9278064|9278064|imo9074729|passport|PPT No. |inn|TIN: |a12b|1234|AB12|NLSH|RUMM|GB33 BUKB 2020 1555 5555 55".split(
    "|",
  ),
  ..."ELECTRIC|desk@lantern.example|bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq|MMSI/|5493001KJTIIGC8Y1R12|ß|٣|x".split(
    "|",
  ),
  ..."SWIFT|AAAA|IR|TH|BIC|AAAAIRTH|XXX|bic|at|dot|(at)|[dot]|example|info|@|A|9|O|l|1|rnXy|VQzg|xZe7|TR1E|PzTk|Gj2j|xH4L|MJYh".split(
    "|",
  ),
  ..."INN7719898900|C4KNRMNCF|12/SAKHANA(N)|020199|AD|002119|паспорт|سفر|护照号|№|+98|00|(0)|21|8888|12.03.2024|KPP|a|ab|abc|abcde|longword|longerwords".split(
    "|",
  ),
);
const texts = fc
  .array(
    fc.tuple(
      fc.oneof(pieces, fc.string({ maxLength: 9 })),
      fc.constantFrom("", " ", " ", "-", "/", ": ", ",", ".", ";"),
    ),
  )
  .map((parts) => parts.flat().join(""));

test("the quick look never says no to a text that holds an identifier", () => {
  let tried = 0;
  let held = 0;
  fc.assert(
    fc.property(texts, (text) => {
      tried++;
      // As texts come to it.
      const folded = foldText(text).text;
      if (mayHoldIdentifier(folded)) return;
      expect(everyIdentifierIn(folded)).toEqual([]);
      held++;
    }),
    // Labels that begin within a run, one whose last letter is not of ASCII, a letter that is two capitals, and a word too long for a number.
    { numRuns: 20_000, examples: [["0cAllAD AD"], ["BICß AANLSHA 0"], ["ßpassportx"], ["0.example,8888;PPT No. "]] },
  );
  expect(held / tried).toBeGreaterThan(500 / 20_000);
});
