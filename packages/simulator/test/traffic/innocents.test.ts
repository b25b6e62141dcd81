import { compileSearchOptions, compileSnapshot, type Designation, openSnapshot } from "@cordon/matching";
import { bankNames, cultures } from "@cordon/simulator";
import { describe, expect, test } from "vitest";

import { gimDesignations } from "./designations.ts";
import { publishedDesignations, publishedListsAreHere } from "./published-lists.ts";

/** Every name that an innocent party or agent can have. */
function innocentNames(): readonly string[] {
  const people = cultures.flatMap(({ given, family, order }) =>
    given.flatMap((first) => family.map((last) => (order === "given-first" ? `${first} ${last}` : `${last} ${first}`))),
  );
  return [...people, ...cultures.flatMap(({ firms }) => firms), ...bankNames];
}

function hitsAmongInnocents(designations: readonly Designation[]): readonly string[] {
  const index = openSnapshot(compileSnapshot(designations));
  const options = compileSearchOptions({ weakAliases: "raise" });
  return innocentNames().flatMap((name) => {
    const result = index.search(name, options);
    if (result.kind !== "matches") return [`${name}: ${result.kind}`];
    return result.matches.map((match) => `${name}: ${match.name.text} ${String(match.score)}`);
  });
}

test("there are hundreds of names, of many cultures and more than one script", () => {
  const names = innocentNames();
  expect(names.length).toBeGreaterThan(700);
  expect(new Set(names).size).toBe(names.length);
  expect(names.some((name) => /\p{Script=Greek}/u.test(name))).toBe(true);
  expect(names.some((name) => /\p{Script=Cyrillic}/u.test(name))).toBe(true);
});

test("no innocent name is near a listed one of the excerpt kept with the source, and every one can be read", async () => {
  expect(hitsAmongInnocents(await gimDesignations())).toEqual([]);
});

describe.skipIf(!publishedListsAreHere)("with the published lists (skipped where ../shared/data is absent)", () => {
  test("no innocent name is near a listed one", { timeout: 60_000 }, async () => {
    expect(hitsAmongInnocents(await publishedDesignations())).toEqual([]);
  });
});
