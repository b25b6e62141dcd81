import { isDeepStrictEqual } from "node:util";

import { differencesOf } from "@cordon/looking-again";
import fc from "fast-check";
import { expect, test } from "vitest";

test("names each place in which two records differ", () => {
  const before = { a: 1, b: { c: [1, 2], d: Buffer.from("x") }, e: null };
  const after = { a: 2, b: { c: [1, 3, 4], d: Buffer.from("y") }, e: null };
  expect(differencesOf(before, after)).toEqual([
    { path: "a", recorded: 1, replayed: 2 },
    { path: "b.c[1]", recorded: 2, replayed: 3 },
    { path: "b.c[2]", recorded: undefined, replayed: 4 },
    { path: "b.d", recorded: "eA==", replayed: "eQ==" },
  ]);
});

test("finds none in what is equal, and some in what is not", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(differencesOf(a, structuredClone(a))).toEqual([]);
      expect(differencesOf(a, b).length > 0).toBe(!isDeepStrictEqual(a, b));
    }),
  );
});
