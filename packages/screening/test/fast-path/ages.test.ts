import { compilePolicy, type PartVerdict } from "@cordon/decisions";
import { compileSnapshot, type Designation, openSnapshot } from "@cordon/matching";
import { expect, test } from "vitest";

import { type Age, ageAfter, firstAge, judgesOf, packedVerdict } from "../../src/fast-path/ages.ts";
import { NOT_PACKED, packed } from "../../src/fast-path/packed-verdict.ts";
import { NOTHING_KEPT } from "../../src/fast-path/recent-bytes.ts";
import { listed } from "../../src/testing/fake-index.ts";

const indexOf = (...designations: readonly Designation[]) => openSnapshot(compileSnapshot(designations));
const policy = compilePolicy();
const one = indexOf(listed("A1", "Goran Jalal Rasulov"));
const none = indexOf();

const clear = { fieldsScreened: 1, namesScreened: 1, fieldsLeftOut: 0, size: 1, work: 1 };
const kept = packed(clear);

/** An age after so many others, each of which lists somebody new. */
function ageOf(number: number): Age {
  let age = firstAge(one);
  for (let at = 0; at < number; at++) age = ageAfter(age, one, one);
  return age;
}

/** What comes of a verdict that was kept in an age, and how often the part was judged for it. */
function renewed(age: Age, keptAt: number, verdict: PartVerdict = clear, part = kept) {
  let judged = 0;
  const result = judgesOf(age, policy, policy.usual).renewed(part, keptAt, () => {
    judged++;
    return verdict;
  });
  return { result, judged };
}

const nothing = { result: NOTHING_KEPT, judged: 0 };

test("a part that was clear is judged once for each age since, whose work it takes, too", () => {
  expect(renewed(ageOf(5), 4)).toEqual({ result: packed({ ...clear, work: 2 * 8192 }), judged: 1 });
  expect(renewed(ageOf(5), 2)).toEqual({ result: packed({ ...clear, work: 4 * 8192 }), judged: 3 });
});

test("one of this very age is as it was", () => {
  expect(renewed(ageOf(5), 5)).toEqual({ result: kept, judged: 0 });
});

test("one of a later age, or kept too long ago, must be judged anew, and so must one that was not clear", () => {
  expect(renewed(ageOf(5), 6)).toEqual(nothing);
  expect(renewed(ageOf(5), 1)).toEqual(nothing);
  expect(renewed(ageOf(5), 4, clear, NOT_PACKED)).toEqual(nothing);
});

test("one that is not clear any more must be judged anew, as must one that takes too much work", () => {
  for (const verdict of ["not-clear", "unknown"] as const)
    expect(renewed(ageOf(5), 2, verdict)).toEqual({ ...nothing, judged: 1 });
  expect(renewed(ageOf(5), 4, { ...clear, work: 4095 * 8192 })).toEqual({ ...nothing, judged: 1 });
});

test("nothing is judged for an age that lists nothing new", () => {
  const age = ageAfter(ageAfter(firstAge(one), one, none), one, one);
  expect(renewed(age, 0).judged).toBe(1);
  expect(renewed(ageAfter(firstAge(one), one, none), 0)).toEqual({ result: kept, judged: 0 });
});

test("a verdict is kept, whether clear or not, unless there is none", () => {
  expect([packedVerdict(clear), packedVerdict("not-clear"), packedVerdict("unknown")]).toEqual([
    kept,
    NOT_PACKED,
    null,
  ]);
});
