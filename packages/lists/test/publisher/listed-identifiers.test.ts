import { expect, test } from "vitest";

import { createListedIdentifiers } from "../../src/publisher/listed-identifiers.ts";
import { createTally } from "../../src/tally.ts";

test("a number is kept once for each kind and country, with all that is said of it", () => {
  const identifiers = createListedIdentifiers(createTally());
  identifiers.add({ kind: "PASSPORT", value: "", note: "none" });
  identifiers.add({ kind: "PASSPORT", value: "P1", note: "first" });
  identifiers.add({ kind: "PASSPORT", value: "P1", note: "second", country: "IQ" });
  identifiers.add({ kind: "PASSPORT", value: "P1", note: null, country: "IR" });
  identifiers.add({ kind: "TAX_ID", value: "P1", note: null });
  expect(identifiers.list()).toEqual([
    { kind: "PASSPORT", value: "P1", note: "first; second", country: "IQ" },
    { kind: "PASSPORT", value: "P1", note: null, country: "IR" },
    { kind: "TAX_ID", value: "P1", note: null },
  ]);
});
