import { comparedFields, type Designation, designationHash, normalisedField } from "@cordon/matching";
import fc from "fast-check";
import { expect, test } from "vitest";

import { designation, weak } from "./example-designations.ts";

const designations: readonly Designation[] = [
  designation("1", ["Vile Smuggler", weak("Smug")]),
  { ...designation("2", ["Grey Whale"], "VESSEL"), measures: ["Freeze", "Ban"], nationalities: ["AE"] },
];

const one = fc.constantFrom(...designations);
const words = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 12 });

/** Changes of one field each; some change nothing that counts. */
const change: fc.Arbitrary<(designation: Designation) => Designation> = fc.oneof(
  words.map((regime) => (d: Designation) => ({ ...d, regime })),
  words.map((text) => (d: Designation) => ({
    ...d,
    names: [...d.names, { text, kind: "ALIAS" as const, strength: "WEAK" as const }],
  })),
  words.map((country) => (d: Designation) => ({ ...d, nationalities: [country, ...d.nationalities] })),
  words.map((updatedOn) => (d: Designation) => ({ ...d, updatedOn })),
  words.map((text) => (d: Designation) => ({ ...d, remarks: [{ label: "note", text }] })),
  fc.constant((d: Designation) => ({
    ...d,
    names: d.names.map((name) => ({ ...name, text: ` ${name.text.toUpperCase()} ` })),
  })),
  fc.constant((d: Designation) => ({ ...d, measures: d.measures.toReversed() })),
);

test("the hash of an entry changes exactly where a field that is compared does", () => {
  fc.assert(
    fc.property(one, change, (before, amend) => {
      const after = amend(before);
      const same = comparedFields.every((field) => normalisedField(before, field) === normalisedField(after, field));
      expect(designationHash(after) === designationHash(before)).toBe(same);
    }),
  );
});

test("a stamp of the publisher or a remark changes no hash, a new alias does", () => {
  const [entry] = designations;
  if (entry === undefined) throw new Error("no example");
  const hash = designationHash(entry);
  expect(designationHash({ ...entry, updatedOn: "2031-01-01", remarks: [{ label: "x", text: "y" }] })).toBe(hash);
  expect(
    designationHash({ ...entry, names: [...entry.names, { text: "Another", kind: "ALIAS", strength: "STRONG" }] }),
  ).not.toBe(hash);
});
