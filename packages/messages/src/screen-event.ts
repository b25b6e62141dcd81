import type { HoldReason } from "@cordon/errors";
import { type NameMatch, nothingKnown, type ScreeningIndex, type SearchResult, weigh } from "@cordon/screening";

import { alertIdOf } from "./alert-id.ts";
import { byEvidence } from "./by-evidence.ts";
import { evidenceReasons, type FieldMatch } from "./field-match.ts";
import { acrossSeam, lineOfSeam, seamsOf } from "./line-seams.ts";
import { linkMatches } from "./link-matches.ts";
import { matchIdentifier, matchIdentifiersIn } from "./match-identifiers.ts";
import type { Policy } from "./policy.ts";
import type { ScreenableEvent, ScreenableField } from "./screenable-event.ts";
import { type SetAside, setAsideAll } from "./set-aside.ts";

/** What became of an event. `fieldsScreened` counts the texts that were compared with the whole index. */
export type ScreeningOutcome =
  | {
      readonly kind: "clear";
      readonly eventId: string;
      readonly fieldsScreened: number;
      /** Matches that a hard conflict set aside; none unless the policy says so. */
      readonly setAside: readonly SetAside[];
    }
  | {
      readonly kind: "hit";
      readonly eventId: string;
      readonly fieldsScreened: number;
      readonly alertId: string;
      /** At least one; best first, one for each designation and field. */
      readonly matches: readonly [FieldMatch, ...FieldMatch[]];
    }
  | {
      readonly kind: "hold";
      readonly eventId: string;
      readonly fieldsScreened: number;
      readonly reason: HoldReason;
    };

/** What an outcome depends on besides the event, the index and the policy. */
export interface Circumstances {
  readonly indexIsStale: boolean;
  /** When the event is decided, milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Which reason is told when several hold one event. What is wrong with the event itself comes first, for waiting does
 * not mend it; then an index that is too old, which the next sync mends; last that the decision came too late, which
 * alone a second screening waives.
 */
export const holdPriority = [
  "RECORD_UNDECODABLE",
  "FIELD_MISSING",
  "NAME_UNREADABLE",
  "QUERY_TOO_BROAD",
  "INDEX_STALE",
  "DEADLINE_PASSED",
] as const satisfies readonly HoldReason[];

/**
 * Compares every field of an event with the index, and looks up every identifier: one that is listed is a hit whatever the
 * names. A hit outranks a hold, for it tells more; a hold outranks a clear. An event is clear only when every field was read and compared, at least one name was, the index is fresh,
 * and `decideBy` has not passed: who asked for a decision by then has gone on without it.
 * Pure: the same arguments give the same outcome for ever.
 */
export function screenEvent(
  event: ScreenableEvent,
  index: ScreeningIndex,
  policy: Policy,
  { indexIsStale, at }: Circumstances,
): ScreeningOutcome {
  const { eventId } = event;
  const { problems, matches, fieldsScreened, namesScreened } = compare(event, index, policy);
  const fresh = problems.size === 0 && namesScreened > 0 && !indexIsStale;
  const setAside = policy.hardConflicts === "clear" && fresh ? setAsideAll(matches) : null;
  const [best, ...others] = linkMatches(matches).toSorted(byEvidence);
  if (best !== undefined && setAside === null) {
    const ids = matches.map((match) => match.designation.id);
    return { kind: "hit", eventId, fieldsScreened, alertId: alertIdOf(eventId, ids), matches: [best, ...others] };
  }
  // No name compared and nothing wrong: the event has names of no role only, and none that says anything. Lines of free
  // text alone do not make it clear.
  if (namesScreened === 0 && problems.size === 0) problems.add("FIELD_MISSING");
  if (indexIsStale) problems.add("INDEX_STALE");
  if (isLate(event, at)) problems.add("DEADLINE_PASSED");
  const reason = holdPriority.find((candidate) => problems.has(candidate));
  if (reason !== undefined) return { kind: "hold", eventId, fieldsScreened, reason };
  return { kind: "clear", eventId, fieldsScreened, setAside: setAside ?? [] };
}

/** What an event, or a part of one, amounts to by itself. */
export interface Compared {
  readonly matches: FieldMatch[];
  readonly problems: Set<HoldReason>;
  /** Texts that were compared with the whole index, and those of them that are names. */
  readonly fieldsScreened: number;
  readonly namesScreened: number;
}

/** Compares every field, looks up every identifier, and looks across the seams of lines. */
export function compare(
  event: Pick<ScreenableEvent, "fields" | "identifiers" | "problems">,
  index: ScreeningIndex,
  policy: Policy,
): Compared {
  const problems = new Set(event.problems);
  const matches: FieldMatch[] = [];
  let fieldsScreened = 0;
  let namesScreened = 0;
  const searched = new Map<string, SearchResult>();

  if (event.fields.length > policy.maxFields) problems.add("QUERY_TOO_BROAD");
  for (const field of event.fields.slice(0, policy.maxFields)) {
    if (characterLost(field)) problems.add("NAME_UNREADABLE");
    // The holder of an account is mostly the party itself.
    const question = `${field.comparison} ${field.text}`;
    const result = searched.get(question) ?? search(field, index, policy);
    searched.set(question, result);
    switch (result.kind) {
      case "matches":
        fieldsScreened++;
        if (field.bearer !== "text") namesScreened++;
        for (const match of result.matches) matches.push(nameMatch(match, field));
        break;
      case "unreadable":
        if (mustBeRead(field)) problems.add("NAME_UNREADABLE");
        break;
      case "too-broad":
        problems.add("QUERY_TOO_BROAD");
        break;
    }
  }

  const identified = matchIdentifiers(event, index, policy);
  if (identified === "too-many") problems.add("QUERY_TOO_BROAD");
  else if (identified.length > 0) matches.splice(0, matches.length, ...joined(matches, identified));
  const parted = searchSeams(event, index, { policy, known: matches });
  if (parted === "too-broad") problems.add("QUERY_TOO_BROAD");
  else matches.push(...parted);
  return { problems, matches, fieldsScreened, namesScreened };
}

function isLate({ decideBy }: ScreenableEvent, at: number): boolean {
  return decideBy !== null && at > decideBy;
}

/** What goes on from one line of free text to the next, and stands in neither whole. */
function searchSeams(
  { fields }: Pick<ScreenableEvent, "fields">,
  index: ScreeningIndex,
  { policy, known }: { readonly policy: Policy; readonly known: readonly FieldMatch[] },
): readonly FieldMatch[] | "too-broad" {
  const whole = new Set(known.map(keyOf));
  const found: FieldMatch[] = [];
  for (const seam of seamsOf(fields.slice(0, policy.maxFields))) {
    const line = lineOfSeam(seam);
    const result = search(line, index, policy);
    if (result.kind === "too-broad") return "too-broad";
    if (result.kind !== "matches") continue;
    const matches = [...result.matches.map((match) => nameMatch(match, line)), ...matchIdentifiersIn(line, index)];
    for (const match of acrossSeam(seam, matches)) {
      if (whole.has(keyOf(match)) || whole.has(keyOf({ ...match, field: seam.second }))) continue;
      whole.add(keyOf(match));
      found.push(match);
    }
  }
  return found;
}

/** Evidence of a line is all absent: it does not say whose birth date or country anything is. */
function nameMatch(match: NameMatch, field: ScreenableField): FieldMatch {
  const evidence = weigh(field.bearer === "text" ? nothingKnown : field.facts, match.designation);
  return { ...match, field, evidence, reasons: [...match.reasons, ...evidenceReasons(evidence)], identifier: null };
}

function matchIdentifiers(
  { identifiers, fields }: Pick<ScreenableEvent, "fields" | "identifiers">,
  index: ScreeningIndex,
  { maxFields }: Policy,
): readonly FieldMatch[] | "too-many" {
  const found = identifiers.slice(0, maxFields).flatMap((identifier) => matchIdentifier(identifier, index));
  for (const field of fields.slice(0, maxFields)) found.push(...matchIdentifiersIn(field, index));
  // What was found is a hit all the same.
  return identifiers.length > maxFields && found.length === 0 ? "too-many" : found;
}

/** One match for each designation and field: an identifier tells more than the name beside it, which is told, too. */
function joined(names: readonly FieldMatch[], identified: readonly FieldMatch[]): readonly FieldMatch[] {
  const all = new Map<string, FieldMatch>();
  for (const match of identified) {
    const key = keyOf(match);
    if (!all.has(key)) all.set(key, match);
  }
  for (const match of names) {
    const key = keyOf(match);
    const same = all.get(key);
    all.set(key, same === undefined ? match : withName(same, match));
  }
  return [...all.values()];
}

function keyOf({ field, designation }: FieldMatch): string {
  return `${field.path} ${designation.id}`;
}

function withName(match: FieldMatch, { field, start, end, name, score }: FieldMatch): FieldMatch {
  const part = field.text.slice(start, end);
  const detail = `"${part}" in the same field matches the name "${name.text}" (${String(score / 100)} %)`;
  return { ...match, name, reasons: [...match.reasons, { kind: "name", detail, points: 0 }] };
}

function search({ text, comparison }: ScreenableField, index: ScreeningIndex, policy: Policy): SearchResult {
  return comparison === "text"
    ? index.searchText(text, policy.search.any)
    : index.search(text, policy.search[comparison]);
}

/** U+FFFD stands where bytes were no character, here or upstream: what stood there was not compared. */
function characterLost({ required, text }: ScreenableField): boolean {
  return required && text.includes("\uFFFD");
}

/** Beyond the named roles, and in lines: what is blank or a dash says nothing, but letters may be a name. */
function mustBeRead({ required, text }: ScreenableField): boolean {
  return required || /[\p{L}\p{N}]/u.test(text);
}
