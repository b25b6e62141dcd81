import { join } from "node:path";

import type { Designation } from "@cordon/matching";

import { generatedDesignations, namePools } from "../bench-engine/generated-names.ts";
import { realLists } from "../bench-engine/real-lists.ts";

/** The published lists under `shared`; generated entries where they are absent, which is said. */
export async function benchLists(shared: string): Promise<readonly Designation[]> {
  const real = await realLists(join(shared, "lists"));
  if (real.length > 0) return real;
  process.stderr.write("../shared/data/lists is absent: generated names only\n");
  return [...generatedDesignations(namePools(join(shared, "names/popular_names")), 20_000)];
}

/** The lists as they were: without three in five of the changed entries, which stand all over them, and the others without their last names. */
export function listsBefore(after: readonly Designation[], changed: number): readonly Designation[] {
  const every = Math.max(1, Math.floor(after.length / changed));
  return after.flatMap((designation, at) => {
    if (at % every !== 0 || at / every >= changed) return [designation];
    if ((at / every) % 5 < 3) return [];
    return [{ ...designation, regime: `${designation.regime} (earlier)`, names: designation.names.slice(0, 1) }];
  });
}
