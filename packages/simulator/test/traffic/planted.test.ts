import { compileSearchOptions, compileSnapshot, type Designation, openSnapshot } from "@cordon/matching";
import { createTraffic, plantedNames } from "@cordon/simulator";
import { describe, expect, test } from "vitest";

import { gimDesignations } from "./designations.ts";
import { publishedDesignations, publishedListsAreHere } from "./published-lists.ts";

/** Planted names, of so many events, that the engine does not find. */
function missed(designations: readonly Designation[], events: number): readonly string[] {
  const index = openSnapshot(compileSnapshot(designations));
  const options = compileSearchOptions({ types: ["PERSON", "ORGANISATION", "OTHER"] });
  const traffic = createTraffic({
    seed: 7,
    idPrefix: "planted",
    planted: plantedNames(index.designations()),
    plantedEvery: 1,
    heldEvery: 1000,
  });
  return Array.from({ length: events }, (_, number) => traffic.eventAt(number, 0)).flatMap(({ expected }) => {
    if (expected.outcome !== "HIT") return ["an event without a planted name"];
    const result = index.search(expected.text, options);
    const found = result.kind === "matches" ? result.matches.map(({ designation }) => designation.id as string) : [];
    return found.some((id) => expected.designationIds.includes(id))
      ? []
      : [`${expected.text} (${expected.how}): ${expected.designationIds.join(" or ")}`];
  });
}

test("the engine finds every disguised name of the excerpt kept with the source", async () => {
  expect(missed(await gimDesignations(), 2000)).toEqual([]);
});

describe.skipIf(!publishedListsAreHere)("with the published lists (skipped where ../shared/data is absent)", () => {
  test("the engine finds every disguised name", { timeout: 60_000 }, async () => {
    expect(missed(await publishedDesignations(), 20_000)).toEqual([]);
  });
});
