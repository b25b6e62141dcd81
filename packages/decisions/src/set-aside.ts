import type { Evidence } from "@cordon/matching";

import type { FieldMatch } from "./field-match.ts";
import type { GoodGuy } from "./good-guys.ts";

/** A match that does not make an event a hit, and why: what else is known contradicts it, or people judged the pair before. */
export type SetAside =
  | { readonly kind: "conflict"; readonly match: FieldMatch; readonly conflict: Evidence }
  | { readonly kind: "good-guy"; readonly match: FieldMatch; readonly goodGuy: GoodGuy };

/** What may set a match aside, by the policy. */
export interface Excuses {
  readonly hardConflicts: boolean;
  /** Null where good guys are off. */
  readonly coveredBy: ((match: FieldMatch) => GoodGuy | null) | null;
}

/** A decision names each match that was set aside; an event with more than this stays a hit. */
const MOST_SET_ASIDE = 100;

/**
 * Every match with what sets it aside; or null if nothing does so for any of them, for then the event is a hit.
 * Only the name of a party can be set aside, by what the event says of that very party: of holders of accounts, agents and lines it says
 * nothing. An identifier cannot.
 */
export function setAsideAll(matches: readonly FieldMatch[], excuses: Excuses): readonly SetAside[] | null {
  if (matches.length > MOST_SET_ASIDE) return null;
  const setAside: SetAside[] = [];
  for (const match of matches) {
    const one = excused(match, excuses);
    if (one === null) return null;
    setAside.push(one);
  }
  return setAside;
}

function excused(match: FieldMatch, { hardConflicts, coveredBy }: Excuses): SetAside | null {
  const conflict = hardConflicts ? hardConflictOf(match) : null;
  if (conflict !== null) return { kind: "conflict", match, conflict };
  const goodGuy = coveredBy?.(match) ?? null;
  return goodGuy === null ? null : { kind: "good-guy", match, goodGuy };
}

/** What speaks so hard against a match that the policy may let it clear; null where nothing does. Not of one of several names in a field. */
export function hardConflictOf({ field, identifier, evidence, within }: FieldMatch): Evidence | null {
  if (field.bearer !== "party" || identifier !== null || within === true) return null;
  if (evidence.some(({ aspect, verdict }) => aspect === "birth-date" && verdict === "agree")) return null;
  return evidence.find(({ hard }) => hard) ?? null;
}
