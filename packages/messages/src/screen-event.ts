import type { HoldReason } from "@cordon/errors";
import type { NameMatch, ScreeningIndex, SearchResult } from "@cordon/screening";

import { alertIdOf } from "./alert-id.ts";
import { byEvidence } from "./by-evidence.ts";
import type { Policy } from "./policy.ts";
import type { ScreenableEvent, ScreenableField } from "./screenable-event.ts";

/** One designation that one field of an event matches. */
export interface FieldMatch extends NameMatch {
  readonly field: ScreenableField;
}

/** What became of an event. `fieldsScreened` counts the texts that were compared with the whole index. */
export type ScreeningOutcome =
  | { readonly kind: "clear"; readonly eventId: string; readonly fieldsScreened: number }
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

/**
 * Which reason is told when several hold one event. What is wrong with the event itself comes first, for waiting does
 * not mend it; an index that is too old comes last, for the next sync does.
 */
export const holdPriority = [
  "RECORD_UNDECODABLE",
  "FIELD_MISSING",
  "NAME_UNREADABLE",
  "QUERY_TOO_BROAD",
  "INDEX_STALE",
] as const satisfies readonly HoldReason[];

/**
 * Compares every field of an event with the index. A hit outranks a hold, for it tells more; a hold outranks a clear.
 * An event is clear only when every field was read and compared, at least one name was, and the index is fresh.
 * Pure: the same arguments give the same outcome for ever.
 */
export function screenEvent(
  event: ScreenableEvent,
  index: ScreeningIndex,
  policy: Policy,
  { indexIsStale }: { readonly indexIsStale: boolean },
): ScreeningOutcome {
  const { eventId } = event;
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
        for (const match of result.matches) matches.push({ ...match, field });
        break;
      case "unreadable":
        if (mustBeRead(field)) problems.add("NAME_UNREADABLE");
        break;
      case "too-broad":
        problems.add("QUERY_TOO_BROAD");
        break;
    }
  }

  const [best, ...others] = matches.toSorted(byEvidence);
  if (best !== undefined) {
    const ids = matches.map((match) => match.designation.id);
    return { kind: "hit", eventId, fieldsScreened, alertId: alertIdOf(eventId, ids), matches: [best, ...others] };
  }
  // No name compared and nothing wrong: the event has names of no role only, and none that says anything. Lines of free
  // text alone do not make it clear.
  if (namesScreened === 0 && problems.size === 0) problems.add("FIELD_MISSING");
  if (indexIsStale) problems.add("INDEX_STALE");
  const reason = holdPriority.find((candidate) => problems.has(candidate));
  if (reason !== undefined) return { kind: "hold", eventId, fieldsScreened, reason };
  return { kind: "clear", eventId, fieldsScreened };
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
