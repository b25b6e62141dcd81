import {
  alertIdOf,
  type FieldMatch,
  hardConflictOf,
  type Policy,
  type ScreenableEvent,
  screenEvent,
  type ScreeningOutcome,
} from "@cordon/decisions";
import type { HoldReason } from "@cordon/errors";
import type { ScreeningIndex } from "@cordon/matching";

import type { ComparedIndexes } from "./compared-indexes.ts";

export type Hit = Extract<ScreeningOutcome, { readonly kind: "hit" }>;

/** What looking at an event again brings. `not-screened`: nothing may be concluded, for this reason. */
export type LookedAgain =
  | { readonly kind: "nothing" }
  | { readonly kind: "found"; readonly hit: Hit }
  | { readonly kind: "not-screened"; readonly reason: HoldReason };

const NOTHING: LookedAgain = Object.freeze({ kind: "nothing" });

/**
 * What the new lists find in an event and the old ones did not: matches of an entry in a field. `decideBy` is not asked, nor how old the
 * index is: the money has mostly gone. Pure.
 */
export function newFindings(event: ScreenableEvent, indexes: ComparedIndexes, policy: Policy): LookedAgain {
  const now = found(event, indexes.after, { policy, empty: indexes.empty });
  // Whatever else holds an event held it before.
  if (now.held === "QUERY_TOO_BROAD") return { kind: "not-screened", reason: "QUERY_TOO_BROAD" };
  if (now.matches.length === 0) return NOTHING;
  const before = found(event, indexes.before, { policy, empty: indexes.empty });
  const known = new Set(before.matches.map(keyOf));
  const [best, ...others] = now.matches.filter(
    (match) => indexes.watched.has(match.designation.id) && !known.has(keyOf(match)),
  );
  if (best === undefined) return NOTHING;
  const knownIds = new Set(before.matches.map(({ designation }) => designation.id));
  // An entry that was found in another field has an alert of this event under its plain id already: this one must not be taken for that.
  const ids = [best, ...others].map((match) =>
    knownIds.has(match.designation.id) ? keyOf(match) : match.designation.id,
  );
  const { eventId } = event;
  return {
    kind: "found",
    hit: {
      kind: "hit",
      eventId,
      fieldsScreened: now.fieldsScreened,
      fieldsLeftOut: now.fieldsLeftOut,
      told: [],
      alertId: alertIdOf(eventId, ids),
      matches: [best, ...others],
    },
  };
}

/** One designation in one field. */
export function keyOf({ designation, field }: FieldMatch): string {
  return `${designation.id} ${field.path}`;
}

export interface FoundInEvent {
  readonly matches: readonly FieldMatch[];
  /** Why nothing may be concluded where nothing matches. */
  readonly held: HoldReason | null;
  readonly fieldsScreened: number;
  readonly fieldsLeftOut: number;
}

/**
 * The matches of an event that stop it, best first. Where the policy lets a hard conflict clear, a match with one is none, unless something
 * else is wrong with the event.
 */
export function found(
  event: ScreenableEvent,
  index: ScreeningIndex,
  { policy, empty }: { readonly policy: Policy; readonly empty: ScreeningIndex },
): FoundInEvent {
  const waiting = { ...event, decideBy: null, createdAt: null };
  const treatment = event.facts === undefined ? policy.usual : policy.treatmentOf(event.facts);
  const outcome = screenEvent(waiting, index, policy, circumstances);
  const { fieldsScreened, fieldsLeftOut } = outcome;
  const counts = { fieldsScreened, fieldsLeftOut };
  if (outcome.kind === "hold") return { matches: [], held: outcome.reason, ...counts };
  if (outcome.kind === "clear") return { matches: [], held: null, ...counts };
  if (treatment.hardConflicts !== "clear") return { matches: outcome.matches, held: null, ...counts };
  const fresh = screenEvent(waiting, empty, policy, circumstances).kind === "clear";
  const matches = fresh ? outcome.matches.filter((match) => hardConflictOf(match) === null) : outcome.matches;
  return { matches, held: null, ...counts };
}

const circumstances = Object.freeze({ indexAge: 0, at: 0 });
