import type { Designation, ListedIdentifier } from "../designation.ts";

/** One designation, and the first of its identifiers that was asked for. */
export interface IdentifierMatch {
  readonly designation: Designation;
  readonly identifier: ListedIdentifier;
}
