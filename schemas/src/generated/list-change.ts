// Made by `npm run generate` from schemas/avro. Do not edit.

/** What happened to a designation. An unknown symbol is read as AMENDED. */
export type ChangeKind = (typeof changeKindSymbols)[number];
export const changeKindSymbols = ["AMENDED", "ADDED", "REMOVED"] as const;

/** A designation that a new version of the index adds, amends or removes. Keyed by designation id, compacted. */
export interface ListChange {
  /** <list>:<publisher's key>, such as uk:GIM0014. */
  readonly designationId: string;
  /** Short name of the list, such as uk. */
  readonly list: string;
  /** What happened to it. */
  readonly change: ChangeKind;
  /** Its primary name, after the change; before it where it was removed. */
  readonly primaryName: string;
  /** Its regime, as the publisher names it. */
  readonly regime: string;
  /** Which parts of an amended designation differ, such as names or birthDates. */
  readonly changedFields: readonly string[];
  /** SHA-256 of the first index with the change, hexadecimal. */
  readonly indexVersion: string;
  /** Generation of that index. */
  readonly generation: number;
  /** When that index was published, milliseconds since the epoch. */
  readonly at: number;
  /** SHA-256, hexadecimal, of what of the entry counts for screening, after the change. Null where it was removed. */
  readonly designationHash: string | null;
}
