import fc from "fast-check";
import { expect, test } from "vitest";

import { type Designation, designationId, designationTypes } from "../../src/designation.ts";
import { openSegmented, openSnapshot } from "../../src/engine/open-index.ts";
import { selfCheck } from "../../src/engine/self-check.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { designation } from "../example-designations.ts";
import { list, listedName, options, queriesOf } from "../situations.ts";

/** New entries, and entries of the base with other names: keys that lie before, between and behind those of the base. */
const changes = fc.array(
  fc.tuple(
    fc.constantFrom("0", "00", "1", "1a", "10", "11", "2", "5", "5z", "9", "zz"),
    fc.array(listedName, { minLength: 1, maxLength: 3 }),
    fc.constantFrom(...designationTypes),
  ),
  { maxLength: 6 },
);

const updates = fc.tuple(list, changes, fc.array(fc.nat(13), { maxLength: 5 })).chain(([base, changed, gone]) => {
  const amended = new Map<string, Designation>(
    changed.map(([key, names, type]) => [key, designation(key, names, type)]),
  );
  return fc.record({
    base: fc.constant(base),
    delta: fc.constant([...amended.values()]),
    removed: fc.constant(gone.map(String).filter((key) => !amended.has(key))),
    queries: fc.array(queriesOf([...base, ...amended.values()]), { minLength: 1, maxLength: 10 }),
    how: options,
  });
});

function rebuilt(
  base: readonly Designation[],
  delta: readonly Designation[],
  removed: readonly string[],
): readonly Designation[] {
  const gone = new Set<string>([...delta.map(({ id }) => id), ...removed.map((key) => designationId("test", key))]);
  return [...base.filter(({ id }) => !gone.has(id)), ...delta];
}

test("a base with a delta and removals answers as a full rebuild: hits, scores, reasons, order, counts", () => {
  let matched = 0;
  fc.assert(
    fc.property(updates, ({ base, delta, removed, queries, how }) => {
      const opened = openSnapshot(compileSnapshot(base));
      const ids = removed.map((key) => designationId("test", key));
      const amended = openSegmented(opened, compileSnapshot(delta), ids);
      const anew = openSnapshot(compileSnapshot(rebuilt(base, delta, removed)));
      for (const query of queries) {
        const expected = anew.search(query, how);
        if (expected.kind === "matches") matched += expected.matches.length;
        expect(amended.search(query, how)).toEqual(expected);
      }
      expect([...amended.designations()]).toEqual([...anew.designations()]);
      expect(Array.from({ length: amended.entries }, (_, at) => amended.designationAt(at))).toEqual([
        ...anew.designations(),
      ]);
      const told = ({ lists, names, entries, withoutComparableName }: typeof anew) => ({
        lists,
        names,
        entries,
        withoutComparableName,
      });
      expect(told(amended)).toEqual(told(anew));
    }),
    { numRuns: 200 },
  );
  expect(matched).toBeGreaterThan(150);
});

test("the base is as it was, and taking an entry away and adding it again changes nothing", () => {
  fc.assert(
    fc.property(updates, ({ base, queries, how }) => {
      const opened = openSnapshot(compileSnapshot(base));
      const before = queries.map((query) => opened.search(query, how));
      const again = openSegmented(
        opened,
        compileSnapshot(base.slice(0, 2)),
        base.slice(0, 2).map(({ id }) => id),
      );
      expect(queries.map((query) => again.search(query, how))).toEqual(before);
      openSegmented(
        opened,
        compileSnapshot([]),
        base.map(({ id }) => id),
      );
      expect(queries.map((query) => opened.search(query, how))).toEqual(before);
    }),
    { numRuns: 40 },
  );
});

test("an amended index passes its self-check, and cannot be amended again: the next update starts from the base", () => {
  const base = openSnapshot(
    compileSnapshot([designation("a", ["Qasem Soleimani"]), designation("b", ["Almir Jahovic"])]),
  );
  const amended = openSegmented(base, compileSnapshot([designation("c", ["Osama Laden"])]), [
    designationId("test", "a"),
  ]);
  expect(() => {
    selfCheck(amended);
  }).not.toThrow();
  expect(() => openSegmented(amended, compileSnapshot([]), [])).toThrow(
    expect.objectContaining({ code: "CONTRACT_VIOLATED" }),
  );
});
