import type { Designation, ScreeningIndex } from "@cordon/matching";
import { describe, expect, test } from "vitest";

import { changedEntries } from "../../src/index/changed-entries.ts";
import { fakeIndex, listed } from "../../src/testing/fake-index.ts";

const many = Array.from({ length: 1000 }, (_, at) => listed(String(1000 + at), `Name ${String(at)}`));
const index = (designations: readonly Designation[]): ScreeningIndex => fakeIndex(designations);

function changed(older: ScreeningIndex, newer: ScreeningIndex, most = 100): readonly string[] | null {
  const steps = changedEntries(older, newer, most);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value?.map(({ id }) => id) ?? null;
  }
}

describe("what an index lists that another does not", () => {
  test("is what is new or amended, wherever it stands, and not what is gone", () => {
    const first = listed("0001", "Somebody New");
    const last = listed("9999", "Somebody Else");
    const amended = { ...listed("1500", "Name 500"), regime: "Another regime" };
    const newer = [first, ...many.slice(1, 500), amended, ...many.slice(501, 998), last];
    expect(changed(index(many), index(newer))).toEqual([first.id, amended.id, last.id]);
    expect(changed(index(many), index(many))).toEqual([]);
    expect(changed(index(many), index(many.slice(10)))).toEqual([]);
    expect(changed(index([]), index(many.slice(0, 3)))).toHaveLength(3);
    expect(changed(index(many), index([first, ...many]))).toEqual([first.id]);
    expect(
      changed(index(many), index([...many.slice(0, 500), listed("1499b", "Between"), ...many.slice(500)])),
    ).toEqual(["uk:1499b"]);
  });

  test("is amended by any difference, however deep", () => {
    const one = listed("1003", "Name 3");
    const deep = { ...one, names: one.names.map((name) => ({ ...name, strength: "WEAK" as const })) };
    expect(changed(index(many), index(many.with(3, deep)))).toEqual([one.id]);
  });

  test("cannot be said where it is too much, where places changed, or of two engines", () => {
    const place = {
      kind: "TOWN",
      codes: [],
      elsewhere: [],
      rule: "hit",
      ruleInText: "hit",
      ruleOfOrigin: "tell",
    } as const;
    const town = { ...listed("5000", "Sevastopol"), place };
    expect(changed(index([]), index(many), 999)).toBeNull();
    expect(changed(index([]), index(many), 1000)).toHaveLength(1000);
    expect(changed(index(many), index([...many, town]))).toBeNull();
    expect(changed(index([...many, town]), index(many))).toBeNull();
    expect(changed(index([...many, town]), index([...many, listed("5000", "Sevastopol")]))).toBeNull();
    expect(changed(index([...many, town]), index([...many.slice(1), town]))).toEqual([]);
    expect(changed(index(many), { ...index(many), engineVersion: "another" })).toBeNull();
  });

  test("cannot be said where entries do not come in the order of their ids, or twice", () => {
    expect(changed(index(many), index(many.toReversed()))).toBeNull();
    expect(changed(index([...many, listed("1999", "Name 999")]), index(many))).toBeNull();
    const [one, two] = [listed("1", "Ann"), listed("2", "Bob")];
    expect(changed(index([one, two]), index([two, one]))).toBeNull();
    expect(changed(index([two, one]), index([one, two]))).toBeNull();
  });

  test("is found in steps, between which other work is done", () => {
    expect([...changedEntries(index(many), index(many), 5)]).toHaveLength(5);
  });
});
