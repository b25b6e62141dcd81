import {
  comparisons,
  compilePolicy,
  longestIndexAgeHours,
  type PolicyRule,
  type PolicySettings,
} from "@cordon/decisions";
import { designationTypes } from "@cordon/matching";
import { describe, expect, test } from "vitest";

import { fixedRule } from "./golden/events.ts";
import golden from "./golden/policy-outcomes.json" with { type: "json" };

function typesOf(mask: number): readonly string[] {
  return designationTypes.filter((_, bit) => (mask >> bit) % 2 === 1);
}

function rule(apply: PolicyRule["apply"], when: PolicyRule["when"] = {}): PolicyRule {
  return { name: "r", because: "b", when, apply };
}

/** The version of a policy of one rule. */
function ruled(one: PolicyRule): string {
  return compilePolicy({ rules: [one] }).version;
}

/** The longest age of an index, in hours. */
function most(indexMaxAgeHours: number, ...rules: readonly PolicyRule[]): number {
  return longestIndexAgeHours(compilePolicy({ indexMaxAgeHours, rules }));
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
      { goodGuys: "on" },
      { rules: [rule({ hardConflicts: "clear" })] },
    ];
    expect(new Set(settings.map((one) => compilePolicy(one).version)).size).toBe(settings.length);
  });

  test("is that which golden outcomes stand beside, also with everything told that is off", () => {
    expect(compilePolicy().version).toBe(golden.policyVersion);
    expect(compilePolicy({ goodGuys: "off", rules: [], ignoredFields: [] }).version).toBe(golden.policyVersion);
    expect(compilePolicy({ rules: [fixedRule] }).version).toBe(golden.ruledPolicyVersion);
  });

  const amount = { currency: "GBP", atLeast: "1", below: "2" };
  const version = ruled(
    rule({ threshold: 90, lists: { only: ["uk", "un"], except: ["eu"] } }, { rail: ["FPS"], event: "payment", amount }),
  );

  test("is the same for the same rules, in whichever order their settings and conditions were written", () => {
    const turned = { below: "2", atLeast: "1", currency: "GBP" };
    const lists = { except: ["eu"], only: ["uk", "un"] };
    expect([
      ruled(rule({ lists, threshold: 90 }, { amount: turned, event: "payment", rail: ["FPS"] })),
      ruled({
        ...rule({ threshold: 90, lists }, { event: "payment", rail: ["FPS"], amount: { ...turned, currency: "GBP" } }),
        name: "another name",
        because: null,
      }),
    ]).toEqual([version, version]);
  });

  test("differs with every value of a rule, however deep, and with what it is a value of", () => {
    const base = { threshold: 90, lists: { only: ["uk", "un"], except: ["eu"] } };
    const when = { rail: ["FPS"], event: "payment", amount } as const;
    const versions = [
      version,
      ruled(rule({ ...base, threshold: 91 }, when)),
      ruled(rule({ ...base, lists: { only: ["eu"], except: ["uk", "un"] } }, when)),
      ruled(rule(base, { ...when, rail: ["SWIFT"] })),
      ruled(rule(base, { ...when, amount: { ...amount, below: "3" } })),
      ruled(rule(base, { ...when, amount: { ...amount, currency: "EUR" } })),
      ruled(rule(base, { rail: ["FPS"], event: "payment" })),
    ];
    expect(new Set(versions).size).toBe(versions.length);
  });
});

test("the longest age of an index is that of the policy or of the rule that allows most, whichever is longer", () => {
  const ages = [24, 72].map((hours) => rule({ indexMaxAgeHours: hours }, { rail: ["FPS"] }));
  expect([most(48), most(48, rule({ threshold: 90 })), most(48, ...ages), most(96, ...ages)]).toEqual([48, 48, 72, 96]);
});

test.each([
  [{ threshold: 49 }],
  [{ threshold: 101 }],
  [{ threshold: 85.5 }],
  [{ threshold: Number.NaN }],
  [{ weakAliases: "ignore" as never }],
  [{ hardConflicts: "ignore" as never }],
  [{ goodGuys: "some" as never }],
  [{ indexMaxAgeHours: 0 }],
  [{ indexMaxAgeHours: Number.NaN }],
  [{ indexMaxAgeHours: Infinity }],
])("%j is refused by name", (settings) => {
  const [name = ""] = Object.keys(settings);
  expect(() => compilePolicy(settings)).toThrow(
    expect.objectContaining({ code: "OPTIONS_INVALID", message: expect.stringContaining(name) as string }),
  );
});
