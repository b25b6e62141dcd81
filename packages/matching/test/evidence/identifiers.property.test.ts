import fc from "fast-check";
import { expect, test } from "vitest";

import { type Designation, identifierKinds, type ListedIdentifier } from "../../src/designation.ts";
import { openSnapshot } from "../../src/engine/open-index.ts";
import { keysOfAsked } from "../../src/evidence/asked-identifier.ts";
import { identifiersIn } from "../../src/evidence/find-in-text.ts";
import type { AskedKind } from "../../src/evidence/identifier-keys.ts";
import { keysOfListed } from "../../src/evidence/listed-keys.ts";
import { scanIdentifiers, scanLinked } from "../../src/evidence/scan-identifiers.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { designation } from "../example-designations.ts";

/** Few of them, so that lists and events often mean the same. */
const values = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("A1234567", "а-123 4567", "A12345678901", "IMO9074729", "9074729", "9074728"),
  },
  { weight: 6, arbitrary: fc.constantFrom("AAAAIRTH", "aaaairthxxx", "AAAAIRTH123", "BBBBRUMM", "BBBBRUMM456") },
  {
    weight: 4,
    arbitrary: fc.constantFrom("GB33BUKB20201555555555", "5493001KJTIIGC8Y1R12", "+98 21 8888 7777", "a@b.example"),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom("1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B"),
  },
  { weight: 3, arbitrary: fc.constantFrom("OGRN: 1247700291200KPP: 770701001INN: 9707028663", "9707028663", "12345") },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 20 }) },
);
const identifier: fc.Arbitrary<ListedIdentifier> = fc.record({
  kind: fc.constantFrom(...identifierKinds),
  value: values,
  note: fc.constant(null),
});
const entry = fc.record({
  identifiers: fc.array(identifier, { maxLength: 4 }),
  references: fc.uniqueArray(fc.constantFrom("test:0", "test:1", "un:QDi.001", "ofsi:7"), { maxLength: 2 }),
});
const entries = (offset: number) =>
  fc
    .array(entry, { maxLength: 8 })
    .map((all) => all.map((one, at): Designation => ({ ...designation(String(at + offset), ["Some Body"]), ...one })));
const askedKinds: readonly AskedKind[] = [...identifierKinds, "ACCOUNT", "CLEARING"];
const questions = fc.array(fc.tuple(fc.constantFrom(...askedKinds), values), { minLength: 1, maxLength: 12 });

test("the index finds exactly the identifiers and links that a comparison with every entry finds", () => {
  let matched = 0;
  fc.assert(
    fc.property(entries(0), questions, (list, asked) => {
      const index = openSnapshot(compileSnapshot(list));
      for (const [kind, value] of asked) {
        const expected = scanIdentifiers(list, keysOfAsked(kind, value));
        matched += expected.length;
        expect(index.findIdentifier(keysOfAsked(kind, value))).toEqual(expected);
      }
      for (const one of list) expect(index.linkedTo(one)).toEqual(scanLinked(list, one));
    }),
    { numRuns: 300 },
  );
  expect(matched).toBeGreaterThan(60);
});

test("whatever is listed is found by the very value that the list has, or by a number of it, if it is indexed at all", () => {
  fc.assert(
    fc.property(identifier, (one) => {
      const keys = keysOfListed(one);
      // A cell of several numbers is asked for by one of them, never as a whole.
      fc.pre(keys.length > 0 && !one.value.includes(":"));
      const numbers = one.value.normalize("NFKC").split(/[^\p{L}\p{N}\p{M}]+/u);
      // What stands under a kind whose form it has not (a passport as an IMO number) is asked for by its own.
      const asked = askedKinds.flatMap((kind) => [one.value, ...numbers].flatMap((value) => keysOfAsked(kind, value)));
      expect(asked.some((key) => keys.includes(key))).toBe(true);
    }),
    // A sign that is no letter parts numbers.
    { examples: [[{ kind: "WALLET", value: "一ぁ㉑ﵐ一𞻰0", note: null }]] },
  );
});

test("what is found in a text lies in it, whatever the text", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(values, fc.string({ unit: "binary" })), { maxLength: 6 }), (parts) => {
      const text = parts.join(" ");
      for (const { start, end, keys } of identifiersIn(text)) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(keys.length).toBeGreaterThan(0);
      }
    }),
  );
});
