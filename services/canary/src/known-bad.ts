import type { Designation } from "@cordon/screening";

/** A listed name that must be found, and every designation that an alert on it may rightly name. */
export interface KnownBad {
  readonly list: string;
  readonly text: string;
  readonly type: "PERSON" | "ORGANISATION";
  readonly designationIds: readonly string[];
}

const leastLetters = 10;
const longestText = 100;

/** Latin letters, two words or more, and enough letters that nobody may take the name for another one. */
function unmistakable(text: string): boolean {
  const words = text.split(" ").filter((word) => /[A-Za-z]{2}/.test(word));
  const letters = text.replaceAll(/[^A-Za-z]/g, "").length;
  return (
    /^[A-Za-z][A-Za-z' .-]*$/.test(text) && text.length <= longestText && words.length >= 2 && letters >= leastLetters
  );
}

/** Names of the same words in whatever order and case are one name. */
function sameness(text: string): string {
  return (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).toSorted().join(" ");
}

/**
 * The primary names of persons and organisations that stand as they are for their designation, by list. The engine is
 * not asked which names it finds: that would hide what it misses.
 */
export function knownBadNames(designations: Iterable<Designation>): ReadonlyMap<string, readonly KnownBad[]> {
  const all = [...designations];
  const bearers = new Map<string, string[]>();
  for (const { id, names } of all)
    for (const key of new Set(names.map(({ text }) => sameness(text)))) {
      const ids = bearers.get(key) ?? [];
      ids.push(id);
      bearers.set(key, ids);
    }
  const byList = new Map<string, KnownBad[]>();
  for (const { list, type, names } of all) {
    const text = (names[0]?.text ?? "").trim().replaceAll(/\s+/g, " ");
    if ((type !== "PERSON" && type !== "ORGANISATION") || names[0]?.strength === "WEAK" || !unmistakable(text))
      continue;
    const known = byList.get(list) ?? [];
    known.push({ list, text, type, designationIds: bearers.get(sameness(text)) ?? [] });
    byList.set(list, known);
  }
  return byList;
}

/** A large prime: steps through the names of any list one by one, far apart. */
const stride = 7919;

/** The name for one turn: the lists take turns, and each goes through its names. `null` when no list has any. */
export function knownBadAt(turn: number, names: ReadonlyMap<string, readonly KnownBad[]>): KnownBad | null {
  const lists = [...names.values()];
  const list = lists[turn % Math.max(1, lists.length)];
  if (list === undefined) return null;
  const place = Math.floor(turn / lists.length);
  return list[(place * stride) % list.length] ?? null;
}
