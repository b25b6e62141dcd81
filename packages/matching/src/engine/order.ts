import { CordonError } from "@cordon/errors";

import { type Designation, type DesignationType, designationTypes } from "../designation.ts";

/** Sorted by id, by UTF-16 code units. Throws `LIST_MALFORMED` if an id occurs twice. */
export function inIdOrder(designations: Iterable<Designation>): readonly Designation[] {
  const sorted = [...designations].toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i]!.id === sorted[i - 1]!.id) {
      throw new CordonError("LIST_MALFORMED", "two designations have one id", { details: { id: sorted[i]!.id } });
    }
  }
  return sorted;
}

/** The bit of a type in a type mask. */
export function typeBit(type: DesignationType): number {
  return 1 << designationTypes.indexOf(type);
}
