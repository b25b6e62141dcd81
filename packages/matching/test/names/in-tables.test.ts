import fc from "fast-check";
import { expect, test } from "vitest";

import { classesOf, formalIdsOf, nicknameIdsOf, wordsOfClasses } from "../../src/names/classes.ts";
import { isBorneName, isCommonName, isKnownName, mayBeInTables } from "../../src/names/known.ts";
import { isSyllable } from "../../src/names/syllables.ts";
import { commonNames } from "../../src/weights/common-names.ts";
import { commonWords } from "../../src/weights/common-words.ts";
import { words } from "../arbitraries.ts";

const isTabled = (word: string): boolean =>
  isBorneName(word) ||
  isCommonName(word) ||
  (isKnownName(word) && !isSyllable(word)) ||
  classesOf(word).length + nicknameIdsOf(word).length + formalIdsOf(word).length > 0;

test("no word of the tables is passed over, and most others are", () => {
  const tabled = [...wordsOfClasses(), ...[...commonNames, ...commonWords].flatMap(([, some]) => some.split(" "))];
  expect(tabled.length).toBeGreaterThan(10_000);
  expect(tabled.filter((word) => !mayBeInTables(word))).toEqual([]);
  let others = 0;
  let passed = 0;
  fc.assert(
    fc.property(words(1, 9), (word) => {
      expect(mayBeInTables(word) || !isTabled(word)).toBe(true);
      if (isTabled(word)) return;
      others++;
      if (!mayBeInTables(word)) passed++;
    }),
    { numRuns: 5000 },
  );
  expect(passed / others).toBeGreaterThan(0.8);
});
