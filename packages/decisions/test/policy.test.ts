import { comparisons, compilePolicy, type PolicySettings } from "@cordon/decisions";
import { designationTypes } from "@cordon/matching";
import { describe, expect, test } from "vitest";

function typesOf(mask: number): readonly string[] {
  return designationTypes.filter((_, bit) => (mask >> bit) % 2 === 1);
}

test("the defaults are a threshold of 85, weak aliases that only confirm, conflicts that only explain, and an index of at most 48 hours", () => {
  expect(compilePolicy()).toMatchObject({
    threshold: 85,
    weakAliases: "confirm",
    hardConflicts: "explain",
    indexMaxAgeHours: 48,
  });
});

test("a policy cannot be changed", () => {
  const policy = compilePolicy();
  expect([policy, policy.search, policy.search.any, policy.search.person].every((one) => Object.isFrozen(one))).toBe(
    true,
  );
});

test("the engine is told threshold, weak aliases and the types of each comparison", () => {
  const { search } = compilePolicy({ threshold: 90, weakAliases: "raise" });
  expect(search.any).toMatchObject({ threshold: 90, weakAliases: "raise" });
  expect(typesOf(search.any.typeMask)).toEqual(comparisons.any);
  expect(typesOf(search.person.typeMask)).toEqual(comparisons.person);
});

describe("the version of a policy", () => {
  test("is the same for the same settings, told or left out", () => {
    const told = compilePolicy({ indexMaxAgeHours: 48, weakAliases: "confirm", threshold: 85 });
    expect(told.version).toBe(compilePolicy().version);
    expect(told.version).toMatch(/^[0-9a-f]{16}$/);
  });

  test("differs with every setting that can change an outcome", () => {
    const settings: readonly PolicySettings[] = [
      {},
      { threshold: 86 },
      { weakAliases: "raise" },
      { hardConflicts: "clear" },
      { indexMaxAgeHours: 47 },
    ];
    expect(new Set(settings.map((one) => compilePolicy(one).version)).size).toBe(settings.length);
  });
});

test.each([
  [{ threshold: 49 }],
  [{ threshold: 101 }],
  [{ threshold: 85.5 }],
  [{ threshold: Number.NaN }],
  [{ weakAliases: "ignore" as never }],
  [{ hardConflicts: "ignore" as never }],
  [{ indexMaxAgeHours: 0 }],
  [{ indexMaxAgeHours: Number.NaN }],
  [{ indexMaxAgeHours: Infinity }],
])("%j is refused by name", (settings) => {
  const [name = ""] = Object.keys(settings);
  expect(() => compilePolicy(settings)).toThrow(
    expect.objectContaining({ code: "OPTIONS_INVALID", message: expect.stringContaining(name) as string }),
  );
});
