import type { Designation } from "@cordon/matching";

/** A listed name that must be found, and every designation of its list that an alert on it may rightly name. */
export interface KnownBad {
  readonly list: string;
  readonly text: string;
  readonly type: "PERSON" | "ORGANISATION" | "UNKNOWN";
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

/**
 * How well a name serves, the best first. A list that has none of the best is tried with the next ones: a list without
 * any name is a list that nobody watches.
 */
const tiers: readonly ((name: Candidate) => boolean)[] = [
  ({ party, strong, text }) => party && strong && unmistakable(text),
  ({ party, strong, text }) => party && strong && lettersIn(text) >= 4,
  ({ strong, text }) => strong && lettersIn(text) >= 4,
  ({ text }) => lettersIn(text) > 0,
];

interface Candidate {
  readonly party: boolean;
  readonly strong: boolean;
  readonly text: string;
}

function lettersIn(text: string): number {
  return text.length > longestText ? 0 : (text.match(/\p{L}/gu) ?? []).length;
}

/** Names of the same words in whatever order and case are one name. */
function sameness(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).toSorted().join(" ");
}

/**
 * The names that canaries carry, by list: primary names of persons and organisations that stand as they are for their
 * designation, in the order of the index, so that each run takes the same ones; of a list that has none of these, the
 * next best (see `tiers`). An alert must name somebody of the list itself: else a list could leave behind another one that has
 * the same names. The engine is not asked which names it finds: that would hide what it misses.
 */
export function knownBadNames(designations: Iterable<Designation>): ReadonlyMap<string, readonly KnownBad[]> {
  const byList = Map.groupBy([...designations].filter(isHitAsName), ({ list }) => list);
  return new Map(
    [...byList].flatMap(([list, all]): [string, readonly KnownBad[]][] => {
      const names = namesOf(list, all);
      return names.length === 0 ? [] : [[list, names]];
    }),
  );
}

/** A place or a word is one that must be found in a name only where its entry says that it hits there. */
function isHitAsName({ place }: Designation): boolean {
  if (place === undefined) return true;
  return (place.kind === "WORD" ? place.rule : place.ruleInText) === "hit";
}

function namesOf(list: string, designations: readonly Designation[]): readonly KnownBad[] {
  const bearers = new Map<string, string[]>();
  for (const { id, names } of designations)
    for (const key of new Set(names.map(({ text }) => sameness(text)))) {
      const ids = bearers.get(key) ?? [];
      ids.push(id);
      bearers.set(key, ids);
    }
  for (const serves of tiers) {
    const found = designations.flatMap(({ type, names: [first] }): KnownBad[] => {
      const text = (first?.text ?? "").trim().replaceAll(/\s+/g, " ");
      const party = type === "PERSON" || type === "ORGANISATION";
      if (!serves({ party, strong: first?.strength !== "WEAK", text })) return [];
      return [{ list, text, type: party ? type : "UNKNOWN", designationIds: bearers.get(sameness(text)) ?? [] }];
    });
    if (found.length > 0) return found;
  }
  return [];
}

/** A large prime: steps through the names of any list one by one, far apart. */
const stride = 7919;

/** The names for one turn, one of each list: each list goes through its names. */
export function knownBadAt(turn: number, names: ReadonlyMap<string, readonly KnownBad[]>): readonly KnownBad[] {
  return [...names.values()].flatMap((list) => list[(turn * stride) % list.length] ?? []);
}
