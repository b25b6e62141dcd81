import type { IdentifierKind, ListedIdentifier } from "@cordon/screening";

export interface EntryIdentifiers {
  readonly add: (kind: IdentifierKind, value: string, note: string) => void;
  readonly list: () => readonly ListedIdentifier[];
}

/** Collects the identifiers of one entry: each value of a kind once, its different notes joined by `; `. */
export function createEntryIdentifiers(): EntryIdentifiers {
  const byKey = new Map<
    string,
    { readonly kind: IdentifierKind; readonly value: string; readonly notes: Set<string> }
  >();
  return {
    add: (kind, value, note) => {
      if (value === "") return;
      const key = `${kind} ${value}`;
      const known = byKey.get(key) ?? { kind, value, notes: new Set() };
      if (note !== "") known.notes.add(note);
      byKey.set(key, known);
    },
    list: () =>
      [...byKey.values()].map(({ kind, value, notes }) => ({
        kind,
        value,
        note: notes.size > 0 ? [...notes].join("; ") : null,
      })),
  };
}
