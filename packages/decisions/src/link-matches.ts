import type { Designation } from "@cordon/matching";

import type { FieldMatch, MatchReason } from "./field-match.ts";

/** Linked entries named in one reason; the rest are counted. */
const MOST_NAMED = 5;

/**
 * Says in each match which other designations of the same alert are the same party: entries that cite each other or a
 * common entry, and entries with one name and one birth date. Designations stay apart, for each has measures of its own.
 */
export function linkMatches(matches: readonly FieldMatch[]): readonly FieldMatch[] {
  const designations = new Map(matches.map(({ designation }) => [designation.id, designation]));
  if (designations.size < 2) return matches;
  const cited = groupsOf(designations.values(), citations);
  const alike = groupsOf(designations.values(), namesAndBirthDates);
  return matches.map((match) => {
    const reasons = [
      linkReason("the lists cite each other or a common entry", othersOf(match.designation, cited, citations)),
      linkReason("same name and birth date", othersOf(match.designation, alike, namesAndBirthDates)),
    ].filter((reason) => reason !== null);
    return reasons.length === 0 ? match : { ...match, reasons: [...match.reasons, ...reasons] };
  });
}

function citations({ id, references }: Designation): readonly string[] {
  return [id, ...references];
}

/** A name in whatever order its words stand, with a birth date; weak aliases are too common to link by. */
function namesAndBirthDates({ type, names, birthDates }: Designation): readonly string[] {
  if (type !== "PERSON") return [];
  const words = names
    .filter(({ strength }) => strength !== "WEAK")
    .map(({ text }) => (text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).toSorted().join(" "));
  const dates = birthDates.filter(({ until, approximate }) => until === null && !approximate);
  return [...new Set(words)].flatMap((name) => dates.map(({ date }) => `${date} ${name}`));
}

type Groups = ReadonlyMap<string, ReadonlySet<string>>;

function groupsOf(designations: Iterable<Designation>, keysOf: (one: Designation) => readonly string[]): Groups {
  const groups = new Map<string, Set<string>>();
  for (const designation of designations)
    for (const key of keysOf(designation)) {
      const group = groups.get(key) ?? new Set();
      groups.set(key, group.add(designation.id));
    }
  return groups;
}

function othersOf(
  one: Designation,
  groups: Groups,
  keysOf: (one: Designation) => readonly string[],
): readonly string[] {
  const others = new Set(keysOf(one).flatMap((key) => [...(groups.get(key) ?? [])]));
  others.delete(one.id);
  return [...others].toSorted();
}

function linkReason(why: string, others: readonly string[]): MatchReason | null {
  if (others.length === 0) return null;
  const more = others.length > MOST_NAMED ? ` and ${String(others.length - MOST_NAMED)} more` : "";
  return { kind: "linked", detail: `also ${others.slice(0, MOST_NAMED).join(", ")}${more}: ${why}`, points: 0 };
}
