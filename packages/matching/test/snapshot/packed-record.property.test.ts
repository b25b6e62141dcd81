import fc from "fast-check";
import { expect, test } from "vitest";

import {
  type Designation,
  designationId,
  designationTypes,
  identifierKinds,
  type ListedIdentifier,
  type ListedName,
  nameKinds,
  nameStrengths,
} from "../../src/designation.ts";
import { openSnapshot } from "../../src/engine/open-index.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";

/** Few texts, so that many are shared; digits among them, as a shared text is written as its number. */
const text = fc.constantFrom("", "0", "1", "null", "IQ", "Town", "issued in Town", "😀", "\ud800", '"', "12");
const some = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 3 });
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
/** Left out when there is nothing in it. */
const filled = <T>(of: fc.Arbitrary<T>) => maybe(fc.array(of, { minLength: 1, maxLength: 2 }));

const record = <T>(model: { [K in keyof T]-?: fc.Arbitrary<T[K]> }) =>
  fc.record(model).map((made) => JSON.parse(JSON.stringify(made)) as T);

const name = record<ListedName>({
  text: fc.oneof(fc.constant("Beta Person"), text),
  kind: fc.constantFrom(...nameKinds),
  strength: fc.constantFrom(...nameStrengths),
  script: maybe(text),
  language: maybe(text),
});

const designation = record<Omit<Designation, "id">>({
  list: fc.constantFrom("uk", "un"),
  type: fc.constantFrom(...designationTypes),
  names: fc.array(name, { minLength: 1, maxLength: 3 }),
  regime: text,
  regimeCode: orNull(text),
  measures: some(text),
  birthDates: some(record({ date: text, until: orNull(text), approximate: fc.boolean() })),
  nationalities: some(text),
  identifiers: some(
    record<ListedIdentifier>({
      kind: fc.constantFrom(...identifierKinds),
      value: text,
      note: orNull(text),
      country: maybe(text),
      currency: maybe(text),
    }),
  ),
  designatedOn: orNull(text),
  updatedOn: orNull(text),
  references: some(text),
  assetFreeze: maybe(fc.boolean()),
  addresses: filled(record({ text, city: orNull(text), postalCode: orNull(text), country: orNull(text) })),
  birthPlaces: filled(text),
  vesselFacts: filled(record({ kind: fc.constantFrom("FLAG", "OWNER"), value: text })),
  remarks: filled(record({ label: text, text })),
  place: maybe(
    record({
      kind: fc.constantFrom("TOWN", "COUNTRY", "WORD"),
      codes: some(text),
      elsewhere: some(record({ spelling: text, countries: some(text) })),
      rule: fc.constantFrom("hit", "hold", "tell"),
      ruleInText: fc.constantFrom("hit", "hold", "tell"),
      ruleOfOrigin: fc.constantFrom("hit", "hold", "tell"),
    }),
  ),
});

test("whatever a list says of an entry is read from a snapshot as it was compiled", () => {
  fc.assert(
    fc.property(fc.array(designation, { maxLength: 5 }), (made) => {
      const listed = made.map((each, at): Designation => ({ id: designationId("uk", String(at)), ...each }));
      const read = [...openSnapshot(compileSnapshot(listed)).designations()];
      expect(read).toStrictEqual(listed);
    }),
  );
});
