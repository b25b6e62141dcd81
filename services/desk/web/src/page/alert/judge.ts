import { focusMain, go } from "../navigate.ts";
import { removeRow } from "../queue/list.ts";
import { type Desk, draftOf, dropDraft, meOf, tell, updateDraft } from "../state.ts";
import type { Alert, Decision, Earlier } from "../wire.ts";
import { decisionVerbs, reasonsFor, writtenMoney } from "../words.ts";
import { send, showAlert } from "./open.ts";
import { mayDecide, pairsOf } from "./rights.ts";

/** For so long after the evidence changed nothing is sent: the hand was faster than the eye. */
const reflection = 1_000;

function justChanged(desk: Desk): boolean {
  const changed = desk.state.open?.changed ?? null;
  if (changed === null || Date.now() - changed.at > reflection) return false;
  const message = "The evidence changed a moment ago. Look again, then send.";
  desk.update({ problem: { code: "EVIDENCE_CHANGED", message, changes: changed.changes } });
  return true;
}

export function choose(desk: Desk, alert: Alert, decision: Decision): void {
  if (!mayDecide(alert, decision)) return;
  const { alertId } = alert;
  const { reasons } = draftOf(desk.state, alertId);
  const offered = reasonsFor(decision);
  updateDraft(desk, alertId, { decision, reasons: reasons.filter((reason) => offered.includes(reason)) });
}

export function toggleReason(desk: Desk, { alertId }: Alert, reason: string): void {
  const { reasons } = draftOf(desk.state, alertId);
  const next = reasons.includes(reason) ? reasons.filter((one) => one !== reason) : [...reasons, reason];
  updateDraft(desk, alertId, { reasons: next });
}

/** An earlier judgement of the same pair that still holds, if there is one. */
export function suggestionOf({ earlier }: Alert): Earlier | null {
  return earlier.find(({ decision, unchanged }) => decision !== "ESCALATE" && unchanged !== false) ?? null;
}

/** Fills the form from an earlier judgement; a person reads it and sends it, or does not. */
export function useSuggestion(desk: Desk, alert: Alert): void {
  const suggestion = suggestionOf(alert);
  if (suggestion === null) return;
  const { decision, reasons = [], rationale } = suggestion;
  const offered = reasonsFor(decision);
  updateDraft(desk, alert.alertId, {
    decision,
    reasons: reasons.filter((reason) => offered.includes(reason)),
    rationale: rationale ?? draftOf(desk.state, alert.alertId).rationale,
  });
}

export async function propose(desk: Desk, alert: Alert): Promise<void> {
  const { decision, reasons, rationale, isGoodGuy, days, forPair } = draftOf(desk.state, alert.alertId);
  if (decision === null) {
    const message = "Say first who it is: somebody else, the listed person, or that you cannot tell.";
    desk.update({ problem: { code: "DECISION_MISSING", message, changes: [] } });
    return;
  }
  if (justChanged(desk)) return;
  const { version, evidenceHash } = alert;
  const matches = decision === "RELEASE" && isGoodGuy ? pairsOf(alert) : [];
  const body = {
    decision,
    reasons,
    rationale,
    version,
    evidenceHash,
    ...(matches.length > 0 ? { goodGuy: { matches, days } } : {}),
    ...(forPair ? { samePair: true } : {}),
  };
  const answer = await send<Alert>(desk, `/alerts/${encodeURIComponent(alert.alertId)}/proposals`, body);
  if (answer === null) return;
  const done =
    decision === "ESCALATE" ? "Escalated." : `Proposed to ${decisionVerbs[decision]}. A second person checks it.`;
  advance(
    desk,
    alert,
    decision === "REJECT" ? `${done} Tell your reporting officer now: a match must be reported.` : done,
  );
}

export async function agree(desk: Desk, alert: Alert): Promise<void> {
  const proposal = desk.state.open?.proposal ?? null;
  if (proposal === null || justChanged(desk)) return;
  const { id, decision } = proposal;
  const { note } = draftOf(desk.state, alert.alertId);
  const { version, evidenceHash } = alert;
  const body = { version, evidenceHash, ...(note === "" ? {} : { note }) };
  const answer = await send<{ waitingFor?: readonly string[] }>(
    desk,
    `/proposals/${encodeURIComponent(id)}/agree`,
    body,
  );
  if (answer === null) return;
  const money = alert.money ? ` ${writtenMoney(alert.money)}` : "";
  const waiting = answer.waitingFor?.length ?? 0;
  const rest = waiting === 0 ? "" : ` The payment waits for ${String(waiting)} more of its alerts.`;
  advance(desk, alert, `Agreed: ${decisionVerbs[decision]}${money}.${rest}`);
}

export async function sendBack(desk: Desk, alert: Alert): Promise<void> {
  const proposal = desk.state.open?.proposal ?? null;
  if (proposal === null) return;
  const { note } = draftOf(desk.state, alert.alertId);
  const { version, evidenceHash } = alert;
  const body = { version, evidenceHash, ...(note === "" ? {} : { note }) };
  const answer = await send<Alert>(desk, `/proposals/${encodeURIComponent(proposal.id)}/send-back`, body);
  if (answer !== null) advance(desk, alert, "Sent back to its maker.");
}

/** What was judged leaves the list; the next alert that can be worked on opens, or the list is shown. */
function advance(desk: Desk, alert: Alert, notice: string): void {
  const { rows, view } = desk.state.list;
  const me = meOf(desk.state)?.userId;
  const at = rows.findIndex(({ alertId }) => alertId === alert.alertId);
  const others = [...rows.slice(at + 1), ...rows.slice(0, Math.max(0, at))].filter(
    (row) => row.alertId !== alert.alertId && row.gone !== true && (row.state !== "TAKEN" || row.assignee === me),
  );
  dropDraft(desk, alert.alertId);
  removeRow(desk, alert.alertId);
  const route = { page: "alerts", view, alertId: others[0]?.alertId ?? null } as const;
  go(desk, route, { byItself: true });
  tell(desk, notice, alert);
  focusMain(desk, route);
}

/** The most urgent alert that nobody has, taken and opened. */
export async function takeNext(desk: Desk): Promise<void> {
  const answer = await send<Partial<Alert>>(desk, "/alerts/next", {});
  if (answer === null) return;
  const { alertId } = answer;
  if (alertId === undefined) {
    tell(desk, "Nothing waits to be taken.");
    return;
  }
  const route = { page: "alerts", view: desk.state.list.view, alertId } as const;
  const rows = desk.state.list.rows.map((row) => (row.alertId === alertId ? { ...row, ...stateOf(answer) } : row));
  desk.update({ list: { ...desk.state.list, rows } });
  go(desk, route);
  // It may be the one that is open already, as nobody's.
  if (isWhole(answer)) showAlert(desk, answer);
  tell(desk, "The most urgent one is yours.");
  focusMain(desk, route);
}

function isWhole(answer: Partial<Alert>): answer is Alert {
  return answer.matches !== undefined && answer.timeline !== undefined;
}

function stateOf({ state, version, assignee }: Partial<Alert>): Partial<Alert> {
  return {
    ...(state === undefined ? {} : { state }),
    ...(version === undefined ? {} : { version }),
    ...(assignee === undefined ? {} : { assignee }),
  };
}
