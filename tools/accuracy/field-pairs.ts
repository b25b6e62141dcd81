import { existsSync } from "node:fs";
import { join } from "node:path";

import { type LabelledPair, readCsv } from "./cases.ts";

/** The pairs of the field cases, by kind; none where the shared data is absent. */
export function fieldPairs(shared: string): readonly LabelledPair[] {
  const path = join(shared, "field/pairs.csv");
  if (!existsSync(path)) return [];
  return readCsv(path).map(([kind = "", payment = "", listed = "", schema, want]) => ({
    kind,
    type: schema === "Person" ? "PERSON" : "ORGANISATION",
    same: want === "yes",
    use: "tune",
    payment,
    listed,
  }));
}
