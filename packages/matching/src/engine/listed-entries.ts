import type { Designation } from "../designation.ts";
import { listVariants } from "../normalise/list-variants.ts";
import type { Snapshot } from "../snapshot/open.ts";
import { type ComparableName, comparable } from "./compare-names.ts";

/** A designation with the readings of its names, each made from its text when it is first asked for. */
export interface ListedEntry {
  readonly designation: Designation;
  /** None for a name that the designation does not have. */
  readonly readingsOf: (this: void, name: number) => readonly ComparableName[];
}

const NONE: readonly ComparableName[] = Object.freeze([]);

export function listedEntry(designation: Designation): ListedEntry {
  const made: (readonly ComparableName[] | undefined)[] = [];
  return {
    designation,
    readingsOf(name) {
      const text = designation.names[name]?.text;
      if (text === undefined) return NONE;
      return (made[name] ??= listVariants(text, designation.type).map(comparable));
    },
  };
}

/** Entries remembered; past it the memory starts again empty. */
const MOST_ENTRIES = 1 << 12;

/**
 * The entries of a snapshot by their place in it. Those that are met are met again: most of what a hit costs is to decode
 * a designation and to read its names.
 */
export function listedEntries(snapshot: Snapshot): (position: number) => ListedEntry {
  const remembered = new Map<number, ListedEntry>();
  return (position) => {
    let entry = remembered.get(position);
    if (entry === undefined) {
      entry = listedEntry(snapshot.entity(position));
      if (remembered.size >= MOST_ENTRIES) remembered.clear();
      remembered.set(position, entry);
    }
    return entry;
  };
}
