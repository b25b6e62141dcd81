import { compileSearchOptions, compileSnapshot, openSnapshot } from "@cordon/matching";
import { expect, it } from "vitest";

import { generatedDesignations, namePools } from "../../src/bench-engine/generated-names.ts";
import { benchEvents } from "../../src/bench-pipeline/bench-events.ts";

const pools = namePools("no/such/folder");
const index = openSnapshot(compileSnapshot([...generatedDesignations(pools, 500)]));
const events = benchEvents(index, pools);
const options = compileSearchOptions({ threshold: 85 });
const hits = (name: string): boolean => {
  const result = index.search(name, options);
  return result.kind === "matches" && result.matches.length > 0;
};

it("plants a listed name in one of a thousand payments, and nobody else in them is listed", () => {
  const hit = Array.from({ length: 3000 }, (_, number) => number).filter((number) =>
    events.payment(number).parties.some(({ name }) => hits(name)),
  );
  expect(hit).toEqual([500, 1500, 2500]);
  expect(hit.every((number) => events.plantedIn(number) !== null)).toBe(true);
});

it("tells its own event ids from others", () => {
  expect(events.numberOf(events.idOf(17))).toBe(17);
  expect(events.numberOf("other-17")).toBeNull();
});
