import type { Draft } from "../state.ts";
import type { Alert, Decision, Me, Proposal } from "../wire.ts";

/*
 * Which forms a person sees. The service decides what may be done; here a form is only hidden from who cannot use it.
 * One with typed text stays, so that nothing typed is lost when the alert changes hands.
 */

export function mayPropose({ userId, roles }: Me, alert: Alert): boolean {
  if (!roles.includes("handler")) return false;
  const { state, assignee = null } = alert;
  return state === "OPEN" || state === "ESCALATED" || (state === "TAKEN" && (assignee === null || assignee === userId));
}

export function mayCheck({ userId, roles }: Me, alert: Alert): boolean {
  const proposal = alert.proposal ?? null;
  if (!roles.includes("checker") || alert.state !== "PROPOSED" || proposal === null) return false;
  return proposal.maker !== userId && !(alert.makers ?? []).includes(userId);
}

/** Screening it again decides it, or its sender must mend it: nobody releases it by hand. */
function isReleasedByNobody(holdReason: string | null | undefined): boolean {
  return holdReason === "INDEX_STALE" || holdReason === "DEADLINE_PASSED" || holdReason === "RECORD_UNDECODABLE";
}

/** What may be decided of an alert: an escalated one is not escalated again. */
export function mayDecide({ state, holdReason }: Alert, decision: Decision): boolean {
  if (decision === "RELEASE") return !isReleasedByNobody(holdReason);
  return decision !== "ESCALATE" || state !== "ESCALATED";
}

export function showsDisposition(me: Me, alert: Alert, draft: Draft): boolean {
  return mayPropose(me, alert) || (draft.rationale !== "" && me.roles.includes("handler"));
}

/** `proposal` is the last that was seen. */
export function showsCheck(
  me: Me,
  alert: Alert,
  { draft, proposal }: { draft: Draft; proposal: Proposal | null },
): boolean {
  return mayCheck(me, alert) || (draft.note !== "" && me.roles.includes("checker") && proposal !== null);
}

/** Matches for which a good guy can be made: the party is told apart by more than its name. */
export function pairsOf({ matches }: Alert): readonly number[] {
  return matches.flatMap(({ partyFingerprint }, index) => (partyFingerprint ? [index] : []));
}
