import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";

import { parseUkSanctionsList } from "@cordon/lists";
import { type Designation, designationId, newDesignation } from "@cordon/matching";

/** The excerpt of the UK list that is kept with the source. */
export async function gimDesignations(): Promise<readonly Designation[]> {
  const path = fileURLToPath(new URL("../../../../data/gim/uk-gim.csv", import.meta.url));
  return (await parseUkSanctionsList(createReadStream(path))).designations;
}

/** An invented designation. */
export function designation(
  key: string,
  names: Designation["names"],
  more: Partial<Pick<Designation, "type">> = {},
): Designation {
  return newDesignation({
    id: designationId("uk", key),
    list: "uk",
    type: "PERSON",
    names,
    regime: "Invented",
    ...more,
  });
}
