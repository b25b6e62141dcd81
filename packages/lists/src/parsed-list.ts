import type { Designation, DesignationType, ListName } from "@cordon/matching/listed";

import type { Counts } from "./tally.ts";

export interface ListCounts {
  /** CSV data rows (of OFAC's files: those of sdn.csv), XML records, or lines of JSON. */
  readonly rows: number;
  readonly designations: number;
  readonly names: number;
  readonly byType: Readonly<Record<DesignationType, number>>;
}

/** One complete version of a publisher's list. */
export interface ParsedList {
  readonly list: ListName;
  /** In the order of the file. Ids are unique and every designation has a name. */
  readonly designations: readonly Designation[];
  /** ISO 8601 date the publisher gives the file, or null when it gives none that can be read. */
  readonly publishedAt: string | null;
  readonly counts: ListCounts;
  /** What the parser did not understand, by kind. Nothing here changes which names are matched. */
  readonly unknown: Counts;
  /** Published values that were understood but have no place in `Designation` yet, by column or element. */
  readonly notKept: Counts;
}

export interface ParsedListParts extends Omit<ParsedList, "counts"> {
  readonly rows: number;
}

/** Completes a parsed list with its counts. */
export function parsedList({ rows, ...parts }: ParsedListParts): ParsedList {
  const byType = { PERSON: 0, ORGANISATION: 0, VESSEL: 0, AIRCRAFT: 0, OTHER: 0 };
  let names = 0;
  for (const designation of parts.designations) {
    byType[designation.type] += 1;
    names += designation.names.length;
  }
  return { ...parts, counts: { rows, designations: parts.designations.length, names, byType } };
}
