import type { ListedName, NameKind, NameStrength } from "@cordon/matching/listed";

import type { Tally } from "../tally.ts";
import { isNoName } from "./name-words.ts";

/** Which kind stands when one text is published as two. */
const kindRank: Readonly<Record<NameKind, number>> = { PRIMARY: 0, VARIATION: 1, ALIAS: 2, FORMER: 3 };

/** Which strength stands when one text has two: the one that is matched more readily. */
const strengthRank: Readonly<Record<NameStrength, number>> = { STRONG: 0, UNKNOWN: 1, WEAK: 2 };

export interface EntryNames {
  readonly add: (name: ListedName) => void;
  /** Primary names first, otherwise in the order they came. */
  readonly list: () => readonly ListedName[];
}

/**
 * Collects the names of one entry: each text once, with its best kind and strength. Empty texts are left out; so is a
 * word for no name (`N/A`), counted, unless the entry has no other.
 */
export function createEntryNames(unknown: Tally): EntryNames {
  const byText = new Map<string, ListedName>();
  return {
    add: (name) => {
      if (name.text === "") return;
      const known = byText.get(name.text);
      byText.set(name.text, {
        ...known,
        ...name,
        kind: known !== undefined && kindRank[known.kind] < kindRank[name.kind] ? known.kind : name.kind,
        strength:
          known !== undefined && strengthRank[known.strength] < strengthRank[name.strength]
            ? known.strength
            : name.strength,
      });
    },
    list: () => {
      const all = [...byText.values()];
      const names = all.filter(({ text }) => !isNoName(text));
      if (names.length < all.length) unknown.count("word for no name in the place of one", all.length - names.length);
      return (names.length > 0 ? names : all).toSorted(
        (a, b) => Number(a.kind !== "PRIMARY") - Number(b.kind !== "PRIMARY"),
      );
    },
  };
}
