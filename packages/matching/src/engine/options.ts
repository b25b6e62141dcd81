import { CordonError } from "@cordon/errors";

import { type DesignationType, designationTypes } from "../designation.ts";
import type { CompiledSearchOptions, SearchOptions } from "../search.ts";

/** Percent. */
export const DEFAULT_THRESHOLD = 85;

/** Checks and freezes. Throws `OPTIONS_INVALID` for a threshold outside [50, 100] or not whole, or types not known. */
export function compileSearchOptions({
  threshold = DEFAULT_THRESHOLD,
  types = designationTypes,
  weakAliases = "confirm",
}: SearchOptions = {}): CompiledSearchOptions {
  if (!(Number.isInteger(threshold) && threshold >= 50 && threshold <= 100)) {
    throw new CordonError("OPTIONS_INVALID", "threshold must be a whole percent in [50, 100]", {
      details: { threshold },
    });
  }
  if (weakAliases !== "confirm" && weakAliases !== "raise") {
    throw new CordonError("OPTIONS_INVALID", 'weakAliases must be "confirm" or "raise"');
  }
  return Object.freeze({ threshold, typeMask: typeMaskOf(types), weakAliases });
}

function typeMaskOf(types: readonly DesignationType[]): number {
  let mask = 0;
  for (const type of types) {
    const bit = designationTypes.indexOf(type);
    if (bit < 0) throw new CordonError("OPTIONS_INVALID", `types may only hold ${designationTypes.join(", ")}`);
    mask |= 1 << bit;
  }
  if (mask === 0) throw new CordonError("OPTIONS_INVALID", "types must name at least one type of designation");
  return mask;
}
