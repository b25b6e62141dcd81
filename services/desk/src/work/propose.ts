import { randomUUID } from "node:crypto";

import type { Tx } from "../database/connect.ts";
import { faultOfReasons, isRationale, mayBeReleasedByHand } from "../rules/reasons.ts";
import { Refusal } from "../rules/refusal.ts";
import { type DeskDecision, isFinal } from "../rules/states.ts";
import { monthOf } from "../sealing/month-keys.ts";
import { type AlertRow, lockedAlert } from "./alert-row.ts";
import { conflict, conclude, type Decided, move, notify, refuseUnlessMovable } from "./deeds.ts";
import type { DeskDeps } from "./desk-deps.ts";
import { evidenceOf } from "./evidence-of.ts";
import { sealText } from "./sealed-text.ts";
import { samePairQuery } from "./show-alert.ts";

export interface ProposalRequest {
  readonly decision: DeskDecision;
  readonly reasons: readonly string[];
  readonly rationale: string;
  readonly version: number;
  readonly evidenceHash: string;
  readonly goodGuy?: { readonly matches: readonly number[]; readonly days: number } | undefined;
  readonly samePair?: boolean | undefined;
}

export interface Actor {
  readonly userId: string;
  readonly topic: string;
  readonly deps: DeskDeps;
}

interface PairRow {
  readonly n: number;
  readonly designation_id: string;
  readonly designation_hash: string | null;
  readonly fingerprint: string | null;
}

/**
 * What a handler thinks should become of an alert. A release or a rejection waits for another person; an escalation is told at once.
 * Nothing else than the alert, its proposal, good guys to be checked apart, the audit, and an escalation's disposition comes of it.
 */
export function propose(alertId: string, request: ProposalRequest, { userId, topic, deps }: Actor): Promise<string> {
  return deps.database.transaction(async (tx) => {
    const row = await lockedAlert(tx, alertId);
    const pairs = await refuseUnlessSound(tx, row, request);
    if (isFinal(row.state)) throw new Refusal("STATE_FINAL", "this is decided and never changes");
    const evidence = await evidenceOf(tx, row);
    if (evidence.hash !== request.evidenceHash)
      throw new Refusal("EVIDENCE_CHANGED", "what this alert rests on has changed since you saw it", {
        changed: evidence.changed,
      });
    if (row.version !== request.version || (row.state === "TAKEN" && row.assignee !== userId)) throw conflict(row);
    const escalated = request.decision === "ESCALATE";
    refuseUnlessMovable(row.state, escalated ? "escalate" : "propose");
    await move(tx, row, escalated ? "escalate" : "propose");
    const made = { userId, deps };
    const proposalId = await keepProposal(tx, row, request, { ...made, evidenceHash: evidence.hash });
    const goodGuyIds = await keepGoodGuys(tx, { row, proposalId, pairs }, { request, ...made });
    const alike =
      request.samePair === true && request.decision === "RELEASE"
        ? await proposeAlike(tx, row, { request, ...made })
        : [];
    const { decision, reasons } = request;
    await conclude(
      tx,
      [
        {
          actor: userId,
          action: escalated ? "escalated" : "proposed",
          subject: alertId,
          detail: { proposal: proposalId, decision, reasons, evidenceHash: evidence.hash, goodGuys: goodGuyIds },
        },
        ...goodGuyIds.map((subject) => ({
          actor: userId,
          action: "good guy proposed",
          subject,
          detail: { alert: alertId },
        })),
        ...alike.map((one) => ({
          actor: userId,
          action: "proposed",
          subject: one.alertId,
          detail: { proposal: one.proposalId, decision, reasons, samePairAs: alertId },
        })),
      ],
      {
        topic,
        version: deps.version,
        decided: escalated ? await escalation(tx, row, { proposalId, request, userId }) : null,
      },
    );
    return alertId;
  });
}

/** In the order of refusals, but for those of state, which come after. Answers the pairs that good guys are made of. */
async function refuseUnlessSound(tx: Tx, row: AlertRow, request: ProposalRequest): Promise<readonly PairRow[]> {
  const { decision, goodGuy } = request;
  const { rows } = await tx.query<PairRow>(
    "SELECT n, designation_id, designation_hash, fingerprint FROM alert_match WHERE alert_id = $1 ORDER BY n",
    [row.alert_id],
  );
  const wanted = goodGuy === undefined ? [] : goodGuy.matches.map((n) => rows.find((one) => one.n === n));
  if (wanted.includes(undefined)) throw new Refusal("BAD_REQUEST", "goodGuy.matches: the alert has no such match");
  if (goodGuy !== undefined && decision !== "RELEASE")
    throw new Refusal("BAD_REQUEST", "a good guy is made with a release only");
  if (decision === "RELEASE" && row.kind === "hold" && !mayBeReleasedByHand(row.hold_reason))
    throw new Refusal(
      "BAD_REQUEST",
      `what is held for ${row.hold_reason ?? ""} is screened again, or goes back to its sender; nobody releases it by hand`,
    );
  if (decision === "RELEASE" && row.kind === "undecodable")
    throw new Refusal("BAD_REQUEST", "what cannot be read is released by nobody: nobody has seen what it is about");
  if (!isRationale(request.rationale))
    throw new Refusal("RATIONALE_MISSING", "the rationale takes 10 to 4,000 characters");
  const fault = faultOfReasons(decision, request.reasons);
  if (fault !== null) throw new Refusal("REASON_UNKNOWN", fault);
  const pairs = wanted as readonly PairRow[];
  if (pairs.some(({ fingerprint, designation_hash: hash }) => fingerprint === null || hash === null))
    throw new Refusal(
      "PARTY_TOO_VAGUE",
      "too little is known of the party to tell it from others of its name: no good guy can be made",
    );
  return pairs;
}

interface Making {
  readonly userId: string;
  readonly deps: DeskDeps;
}

async function keepProposal(
  tx: Tx,
  row: AlertRow,
  request: ProposalRequest,
  { userId, deps, evidenceHash }: Making & { readonly evidenceHash: string },
): Promise<string> {
  const proposalId = randomUUID();
  const month = monthOf(Date.now());
  const rationale = sealText(await deps.keys.of(tx, month), `rationale ${proposalId}`, request.rationale.trim());
  const state = request.decision === "ESCALATE" ? "ESCALATED" : "MADE";
  await tx.query(
    `INSERT INTO proposal (proposal_id, alert_id, decision, reasons, rationale, month, maker, evidence_hash, state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [proposalId, row.alert_id, request.decision, request.reasons, rationale, month, userId, evidenceHash, state],
  );
  return proposalId;
}

/** For its own topic, and every rail. One for each pair that was named; they are checked apart from the release. */
async function keepGoodGuys(
  tx: Tx,
  {
    row,
    proposalId,
    pairs,
  }: { readonly row: AlertRow; readonly proposalId: string; readonly pairs: readonly PairRow[] },
  { request, userId, deps }: Making & { readonly request: ProposalRequest },
): Promise<readonly string[]> {
  const once = [...new Map(pairs.map((pair) => [`${pair.fingerprint ?? ""} ${pair.designation_id}`, pair])).values()];
  const ids: string[] = [];
  for (const pair of once) {
    const id = randomUUID();
    const month = monthOf(Date.now());
    const sealer = await deps.keys.of(tx, month);
    const name = await nameOf(tx, row, deps);
    await tx.query(
      `INSERT INTO good_guy (good_guy_id, alert_id, proposal_id, fingerprint, designation_id, designation_hash, topics, rails, reasons,
         rationale, brief, month, maker, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, '{}', $8, $9, $10, $11, $12, now() + make_interval(days => $13))`,
      [
        id,
        row.alert_id,
        proposalId,
        pair.fingerprint,
        pair.designation_id,
        pair.designation_hash,
        row.source_topic === "" ? [] : [row.source_topic],
        request.reasons,
        sealText(sealer, `rationale ${id}`, request.rationale.trim()),
        sealText(sealer, `brief ${id}`, JSON.stringify({ name, matchedName: null })),
        month,
        userId,
        request.goodGuy?.days ?? 180,
      ],
    );
    await tx.query(
      "INSERT INTO good_guy_state (good_guy_id, state, by, maker, why) VALUES ($1, 'PROPOSED', $2, $2, 'proposed')",
      [id, userId],
    );
    ids.push(id);
  }
  return ids;
}

async function nameOf(tx: Tx, row: AlertRow, { keys }: DeskDeps): Promise<string> {
  const sealer = await keys.known(tx, row.month);
  if (sealer === null) return "(deleted)";
  return (JSON.parse(sealer.open(row.brief, `brief ${row.alert_id}`).toString("utf8")) as { readonly name: string })
    .name;
}

/** The same words for the open alerts of the very same pair; each is agreed by itself, with its own row and disposition. */
async function proposeAlike(
  tx: Tx,
  { alert_id: alertId }: AlertRow,
  { request, userId, deps }: Making & { readonly request: ProposalRequest },
): Promise<readonly { readonly alertId: string; readonly proposalId: string }[]> {
  const { rows } = await tx.query<{ alert_id: string }>(`${samePairQuery} ORDER BY a.alert_id LIMIT 100`, [alertId]);
  const made: { alertId: string; proposalId: string }[] = [];
  for (const { alert_id: other } of rows) {
    const row = await lockedAlert(tx, other);
    if (row.state !== "OPEN") continue;
    const { hash } = await evidenceOf(tx, row);
    await notify(tx, await move(tx, row, "propose"));
    made.push({
      alertId: other,
      proposalId: await keepProposal(tx, row, request, { userId, deps, evidenceHash: hash }),
    });
  }
  return made;
}

async function escalation(
  tx: Tx,
  row: AlertRow,
  {
    proposalId,
    request,
    userId,
  }: { readonly proposalId: string; readonly request: ProposalRequest; readonly userId: string },
): Promise<Decided> {
  const { rows } = await tx.query<{ at: Date }>("SELECT now() AS at");
  const at = rows[0]?.at.getTime() ?? 0;
  return {
    dispositionId: proposalId,
    eventId: row.event_id,
    sourceTopic: row.source_topic,
    sourcePartition: row.source_partition,
    sourceOffset: row.source_offset,
    decision: "ESCALATE",
    alertIds: row.kind === "alert" ? [row.alert_id] : [],
    holdReason: row.hold_reason,
    reasons: request.reasons,
    proposedBy: userId,
    approvedBy: null,
    proposedAt: at,
    decidedAt: at,
    goodGuyIds: [],
  };
}
