import { listNames, listSources } from "@cordon/lists";
import { expect, test } from "vitest";

test("every list that is named has a source of that name, in the same order", () => {
  expect(Object.keys(listSources)).toEqual(listNames);
  expect(Object.values(listSources).map(({ list }) => list)).toEqual(listNames);
});
