import {
  type Designation,
  identifiersIn,
  identifiersOf,
  type ListedIdentifier,
  nothingKnown,
  type ScreeningIndex,
  type TextIdentifier,
  weigh,
} from "@cordon/matching";

import { evidenceReasons, type FieldMatch, type MatchReason } from "./field-match.ts";
import { identifierWords } from "./identifier-words.ts";
import type { ScreenableField } from "./screenable-event.ts";
import type { ScreenableIdentifier } from "./screenable-identifier.ts";
import { shortened } from "./shortened.ts";

/** Score of an exact identifier, hundredths of a percent. */
const EXACT = 10_000;

/** An identifier of an event, where it stands in its field, and the keys to look it up by. */
interface Asked {
  readonly identifier: ScreenableIdentifier;
  readonly start: number;
  readonly end: number;
  readonly keys: readonly string[];
}

/** Every designation that an identifier in a field of its own belongs to, and the entries linked with it. */
export function matchIdentifier(identifier: ScreenableIdentifier, index: ScreeningIndex): readonly FieldMatch[] {
  const { text, kind, facts } = identifier;
  const found = listedIn(text, index, () => identifiersOf(kind, text, facts.countries));
  return matchesOfAny(identifier, found, index);
}

/** Texts of fields that `matchIdentifier` reads, which knows more of them. */
const ownField = /\.(?:identifiers\[\d+\]\.value|account\.value|contact|bic|lei|clearingId)$/;

/** The same for identifiers that stand in a name or in any other text. */
export function matchIdentifiersIn(field: ScreenableField, index: ScreeningIndex): readonly FieldMatch[] {
  const { path, bearer, role, text, facts } = field;
  if (bearer === "text" && ownField.test(path)) return [];
  const known = bearer === "text" ? nothingKnown : facts;
  const identifier = { path, bearer, role, text, kind: "OTHER", issuer: null, facts: known } as const;
  return matchesOfAny(identifier, listedIn(text, index, identifiersIn), index);
}

/** What may be identifiers in a text, if any of them is listed: of most texts the index tells at once that none is. */
export function listedIn(
  text: string,
  index: Pick<ScreeningIndex, "findIdentifier" | "mayFindIdentifier">,
  find: (text: string) => readonly TextIdentifier[],
): readonly TextIdentifier[] {
  if (!index.mayFindIdentifier(text)) return NONE;
  const found = find(text);
  return found.length === 0 || index.findIdentifier(found.flatMap(({ keys }) => keys)).length === 0 ? NONE : found;
}

const NONE: readonly never[] = Object.freeze([]);

/** None twice. */
function matchesOfAny(
  identifier: ScreenableIdentifier,
  found: readonly TextIdentifier[],
  index: ScreeningIndex,
): readonly FieldMatch[] {
  if (found.length === 0) return NONE;
  const matches = new Map<string, FieldMatch>();
  for (const { kind, start, end, keys } of found)
    for (const match of matchesOf({ identifier: { ...identifier, kind }, start, end, keys }, index))
      if (!matches.has(match.designation.id)) matches.set(match.designation.id, match);
  return [...matches.values()];
}

function matchesOf(asked: Asked, index: ScreeningIndex): readonly FieldMatch[] {
  const matches = new Map<string, FieldMatch>();
  const found = index.findIdentifier(asked.keys);
  for (const { designation, identifier } of found)
    matches.set(designation.id, fieldMatch(asked, { designation, listed: identifier, by: designation }));
  for (const { designation: by, identifier: listed } of found)
    for (const designation of index.linkedTo(by))
      if (!matches.has(designation.id)) matches.set(designation.id, fieldMatch(asked, { designation, listed, by }));
  return [...matches.values()];
}

interface Found {
  readonly designation: Designation;
  readonly listed: ListedIdentifier;
  /** The entry that lists it: the designation itself, or one that it is linked with. */
  readonly by: Designation;
}

function fieldMatch({ identifier, start, end }: Asked, { designation, listed, by }: Found): FieldMatch {
  const { path, bearer, role, text, facts } = identifier;
  const kind = identifier.kind === "OTHER" ? listed.kind : identifier.kind;
  const evidence = weigh(facts, designation);
  const own = by.id === designation.id;
  const what = `${identifierWords[kind]} "${text.slice(start, end)}"`;
  const same = `listed as "${listed.value}"`;
  const reason: MatchReason = own
    ? { kind: "identifier", detail: `${what} is that of this entry, ${same}`, points: EXACT }
    : { kind: "linked", detail: `${what} is that of ${by.id}, ${same}; the lists link the two entries`, points: EXACT };
  const [primary] = designation.names;
  return {
    field: { path, bearer, role, text },
    designation,
    name: primary ?? { text: "", kind: "PRIMARY", strength: "UNKNOWN" },
    score: EXACT,
    start,
    end,
    reasons: [reason, issuerReason(identifier, listed), ...evidenceReasons(evidence)],
    evidence,
    identifier: { kind, listed, via: own ? null : by.id },
  };
}

/** Who issued a number tells two equal ones apart; it is told, and decides nothing. */
function issuerReason({ issuer }: ScreenableIdentifier, { country, currency }: ListedIdentifier): MatchReason {
  const listed = country ?? currency ?? null;
  if (issuer === null || issuer.trim() === "")
    return { kind: "issuer-absent", detail: "the event does not say who issued it", points: 0 };
  if (listed === null) return { kind: "issuer-absent", detail: "the list does not say who issued it", points: 0 };
  const told = issuer.trim().toUpperCase();
  if (told === listed.toUpperCase()) return { kind: "issuer-agree", detail: `both say ${listed}`, points: 0 };
  // A scheme's name and a country's code say different things of one number.
  if (!/^[A-Z]{2}$/.test(told) || !/^[A-Z]{2}$/.test(listed))
    return { kind: "issuer-absent", detail: `${shortened(told)}, listed as ${listed}: not comparable`, points: 0 };
  return { kind: "issuer-conflict", detail: `${told}, but listed as ${listed}`, points: 0 };
}
