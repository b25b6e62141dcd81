import { createReadStream, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { listSources } from "@cordon/lists";
import type { Designation } from "@cordon/matching";

const lists = fileURLToPath(new URL("../../../../../shared/data/lists", import.meta.url));
const uk = `${lists}/uk/UK-Sanctions-List.csv`;
const un = `${lists}/un/consolidated_20260227.xml`;

/** Whether the published files are here; tests that need them say that they are skipped where they are not. */
export const publishedListsAreHere = existsSync(uk) && existsSync(un);

/** The UK and the UN list as published. */
export async function publishedDesignations(): Promise<readonly Designation[]> {
  const both = await Promise.all([
    listSources.uk.parse(createReadStream(uk)),
    listSources.un.parse(createReadStream(un)),
  ]);
  return both.flatMap(({ designations }) => designations);
}
