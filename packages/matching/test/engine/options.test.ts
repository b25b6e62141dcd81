import { expect, test } from "vitest";

import type { DesignationType } from "../../src/designation.ts";
import { compileSearchOptions } from "../../src/engine/options.ts";

test("the defaults are threshold 85, all types, weak aliases confirm; the result is frozen", () => {
  const options = compileSearchOptions();
  expect(options).toEqual({ threshold: 85, typeMask: 0b11111, weakAliases: "confirm" });
  expect(Object.isFrozen(options)).toBe(true);
});

test("types become bits in the order of designationTypes", () => {
  expect(compileSearchOptions({ types: ["VESSEL", "PERSON"] }).typeMask).toBe(0b101);
});

test.each([49, 101, 85.5, Number.NaN, Number.POSITIVE_INFINITY])("a threshold of %d is refused", (threshold) => {
  expect(() => compileSearchOptions({ threshold })).toThrow(expect.objectContaining({ code: "OPTIONS_INVALID" }));
});

test("no types and unknown types are refused", () => {
  expect(() => compileSearchOptions({ types: [] })).toThrow(expect.objectContaining({ code: "OPTIONS_INVALID" }));
  const unknown = ["PLANET"] as unknown as readonly DesignationType[];
  expect(() => compileSearchOptions({ types: unknown })).toThrow(expect.objectContaining({ code: "OPTIONS_INVALID" }));
});
