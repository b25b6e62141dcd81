import type { Evidence } from "@cordon/matching";

import type { FieldMatch } from "./field-match.ts";

/** A match that evidence set aside, and why. */
export interface SetAside {
  readonly match: FieldMatch;
  readonly conflict: Evidence;
}

/** A decision names each match that was set aside; an event with more than this stays a hit. */
const MOST_SET_ASIDE = 100;

/**
 * Every match with its hard conflict; or null if any of them has none, for then the event is a hit. Only the name of a
 * party can be set aside, by what the event says of that very party: of holders of accounts, agents and lines it says
 * nothing, nor of one of several names in a field. An identifier cannot, nor can a name whose birth date agrees.
 */
export function setAsideAll(matches: readonly FieldMatch[]): readonly SetAside[] | null {
  if (matches.length > MOST_SET_ASIDE) return null;
  const setAside: SetAside[] = [];
  for (const match of matches) {
    const conflict = hardConflictOf(match);
    if (conflict === null) return null;
    setAside.push({ match, conflict });
  }
  return setAside;
}

/** What speaks so hard against a match that the policy may let it clear; null where nothing does. */
export function hardConflictOf({ field, identifier, evidence, within }: FieldMatch): Evidence | null {
  if (field.bearer !== "party" || identifier !== null || within === true) return null;
  if (evidence.some(({ aspect, verdict }) => aspect === "birth-date" && verdict === "agree")) return null;
  return evidence.find(({ hard }) => hard) ?? null;
}
