import { CordonError } from "@cordon/errors";

import type { Designation } from "../designation.ts";
import type { ScreeningIndex } from "../search.ts";
import { compileSearchOptions } from "./options.ts";

const canaries = 32;

/**
 * Asks a freshly opened index for names it must know: the primary names of designations spread over the whole of it.
 * Throws SNAPSHOT_INVALID when it has nobody in it, or when somebody in it is not found under his own name.
 */
export function selfCheck(index: ScreeningIndex): void {
  const options = compileSearchOptions({ weakAliases: "raise" });
  let checked = 0;
  for (const designation of sample(index)) {
    const primary = designation.names[0];
    if (primary === undefined) continue;
    const result = index.search(primary.text, options);
    if (result.kind !== "matches") continue;
    if (!result.matches.some((match) => match.designation.id === designation.id))
      throw new CordonError("SNAPSHOT_INVALID", "the index does not find a designation under its primary name", {
        details: { designation: designation.id },
      });
    checked++;
  }
  if (checked === 0) throw new CordonError("SNAPSHOT_INVALID", "the index holds no designation that can be found");
}

function sample(index: ScreeningIndex): readonly Designation[] {
  const total = index.lists.reduce((sum, { entries }) => sum + entries, 0);
  const step = Math.max(1, Math.floor(total / canaries));
  return [...index.designations()].filter((_, at) => at % step === 0);
}
