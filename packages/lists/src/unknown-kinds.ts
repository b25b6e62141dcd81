import { identifierKinds } from "@cordon/matching/listed";

/** What can be not understood of a list, for metrics: a closed set, whatever words a file brings. */
export const unknownKinds = ["identifier", "short_identifier", "name", "date", "place", "structure"] as const;
export type UnknownKind = (typeof unknownKinds)[number];

const identifier = new RegExp(
  String.raw`^(?:${identifierKinds.join("|")}|IMO number|document|identification|TYPE_OF_DOCUMENT|Passport|Identification)(?=\s|$)`,
);

/** The kind of one thing that a parser counted; `words` are those of `ParsedList.unknown`. */
export function unknownKind(words: string): UnknownKind {
  // First what ends in words of the file: they may say anything.
  if (/^(?:element|attribute|column|property|feature|listed schema|text in)\s/.test(words)) return "structure";
  if (words.endsWith("too short to tell anybody apart")) return "short_identifier";
  if (identifier.test(words)) return "identifier";
  if (/\b(?:name|alias)\b/.test(words)) return "name";
  if (/\bdate\b|date$|_DATE$|^date|^generationDate$|^DateOf|Date$|^TYPE_OF_DATE$/.test(words)) return "date";
  if (/^(?:nationality|country|address|location)\b/.test(words)) return "place";
  return "structure";
}

/** How many things of each kind, 0 for none. */
export function countByKind(unknown: Readonly<Record<string, number>>): Readonly<Record<UnknownKind, number>> {
  const counts: Record<UnknownKind, number> = {
    identifier: 0,
    short_identifier: 0,
    name: 0,
    date: 0,
    place: 0,
    structure: 0,
  };
  for (const [words, count] of Object.entries(unknown)) counts[unknownKind(words)] += count;
  return counts;
}
