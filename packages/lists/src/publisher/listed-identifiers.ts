import type { ListedIdentifier } from "@cordon/matching/listed";

import type { Tally } from "../tally.ts";
import { countUnread } from "./count-unread.ts";

export interface ListedIdentifiers {
  readonly add: (identifier: ListedIdentifier) => void;
  /** In the order they came. */
  readonly list: () => readonly ListedIdentifier[];
}

function joined(known: ListedIdentifier, next: ListedIdentifier): ListedIdentifier {
  const notes = [known.note, next.note].filter((note) => note !== null);
  return { ...next, ...known, note: notes.length === 0 ? null : [...new Set(notes)].join("; ") };
}

/**
 * Collects the identifiers of one entry with country and currency: each value of a kind and country once, different
 * notes joined by `; `. One without a country is joined with the same value of any country. Empty values are left out, and
 * values that no payment can hit are counted.
 */
export function createListedIdentifiers(unknown: Tally): ListedIdentifiers {
  const found: ListedIdentifier[] = [];
  return {
    add: (identifier) => {
      if (identifier.value === "") return;
      const at = found.findIndex(
        ({ kind, value, country }) =>
          kind === identifier.kind &&
          value === identifier.value &&
          (country === undefined || identifier.country === undefined || country === identifier.country),
      );
      const known = found[at];
      if (known === undefined) {
        countUnread(unknown, identifier);
        found.push(identifier);
      } else found[at] = joined(known, identifier);
    },
    list: () => found,
  };
}
