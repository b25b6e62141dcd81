import { randomUUID } from "node:crypto";

import type { Disposition } from "@cordon/schemas";

import { appendAudit } from "../audit/append.ts";
import type { Tx } from "../database/connect.ts";
import { isRationale } from "../rules/reasons.ts";
import { Refusal } from "../rules/refusal.ts";
import { isFinal } from "../rules/states.ts";
import { type AlertRow, lockedAlert } from "./alert-row.ts";
import { conflict, conclude, type Decided, keepNote, move } from "./deeds.ts";
import { evidenceOf } from "./evidence-of.ts";
import type { Actor } from "./propose.ts";
import { revokeOfPairs, revokeUnproposed } from "./revoke-good-guys.ts";
import { drawRelease } from "./samples.ts";
import { type ProposalRow, proposalsOf } from "./show-alert.ts";

export interface CheckRequest {
  readonly version: number;
  readonly evidenceHash: string;
  readonly note?: string | undefined;
}

/** What a checker's agreement came to: the disposition that goes out, or the alerts of the event that are still to be agreed. */
export interface Agreed {
  readonly alertId: string;
  readonly disposition: Disposition | null;
  readonly waitingFor: readonly string[];
}

/**
 * The second pair of eyes. Refused, whatever the roles, to whoever made or escalated anything of this alert, and where the evidence is
 * another than what was proposed on or seen: then the proposal goes back to its maker.
 */
export async function agree(proposalId: string, request: CheckRequest, actor: Actor): Promise<Agreed> {
  const { deps, userId, topic } = actor;
  const done = await deps.database.transaction(async (tx): Promise<Agreed | Refusal> => {
    const { row, proposal } = await underCheck(tx, proposalId, request, actor);
    const stale = await refusalOfStale(tx, row, proposal, request);
    if (stale !== null) return stale;
    refuseUnlessOpen(row, proposal, request);
    await move(tx, row, proposal.decision === "REJECT" ? "reject" : "release");
    const { rows } = await tx.query<ProposalRow>(
      `UPDATE proposal SET state = 'AGREED', checker = $2, decided_at = now() WHERE proposal_id = $1 AND state = 'MADE' RETURNING *`,
      [proposalId, userId],
    );
    const [agreed] = rows;
    if (agreed === undefined) throw conflict(row);
    const stoppedBy = await stopOf(tx, row);
    const waits = stoppedBy !== null;
    const { decided, waitingFor } = await eventDecision(tx, row, agreed, stoppedBy);
    const note =
      request.note === undefined
        ? undefined
        : await keepNote(tx, { alertId: row.alert_id, author: userId, action: "agreed", text: request.note }, deps);
    const { decision, maker, evidence_hash: evidenceHash } = agreed;
    const ended =
      decision === "REJECT"
        ? await revokeOfPairs(tx, row.alert_id, { by: userId, why: "an alert of its pair was rejected" })
        : [];
    const drawn = await drawRelease(tx, row, { agreed, deps });
    const disposition = await conclude(
      tx,
      [
        {
          actor: userId,
          action: "agreed",
          subject: row.alert_id,
          detail: {
            proposal: proposalId,
            decision,
            maker,
            evidenceHash,
            disposition: decided?.dispositionId ?? null,
            waitingFor,
            ...(note === undefined ? {} : { note }),
          },
        },
        ...ended,
        ...(drawn ? [{ actor: "cordon", action: "drawn for a second look", subject: row.alert_id }] : []),
      ],
      { topic, version: deps.version, decided },
    );
    if (disposition !== null) await keepDisposition(tx, row, agreed, { disposition, waits });
    return { alertId: row.alert_id, disposition, waitingFor };
  });
  if (done instanceof Refusal) throw done;
  return done;
}

/** Back to its maker, whose it is again, with or without words. */
export async function sendBack(proposalId: string, request: CheckRequest, actor: Actor): Promise<string> {
  const { deps, userId } = actor;
  const done = await deps.database.transaction(async (tx): Promise<string | Refusal> => {
    const { row, proposal } = await underCheck(tx, proposalId, request, actor);
    const stale = await refusalOfStale(tx, row, proposal, request);
    if (stale !== null) return stale;
    refuseUnlessOpen(row, proposal, request);
    await move(tx, row, "send-back", { assignee: proposal.maker, leaseMinutes: deps.leaseMinutes });
    await tx.query("UPDATE proposal SET state = 'SENT_BACK', checker = $2, decided_at = now() WHERE proposal_id = $1", [
      proposalId,
      userId,
    ]);
    const note =
      request.note === undefined
        ? undefined
        : await keepNote(tx, { alertId: row.alert_id, author: userId, action: "sent back", text: request.note }, deps);
    await appendAudit(tx, [
      {
        actor: userId,
        action: "sent back",
        subject: row.alert_id,
        detail: { proposal: proposalId, ...(note === undefined ? {} : { note }) },
      },
      ...(await revokeUnproposed(tx, proposalId, userId)),
    ]);
    return row.alert_id;
  });
  if (done instanceof Refusal) throw done;
  return done;
}

/** The proposal and its alert, locked. Throws NOT_FOUND, SAME_PERSON and RATIONALE_MISSING. */
async function underCheck(tx: Tx, proposalId: string, { note }: CheckRequest, { userId }: Actor) {
  const { rows } = await tx.query<{ alert_id: string }>("SELECT alert_id FROM proposal WHERE proposal_id = $1", [
    proposalId,
  ]);
  const [found] = rows;
  if (found === undefined) throw new Refusal("NOT_FOUND", "there is no such proposal");
  const row = await lockedAlert(tx, found.alert_id);
  const proposals = await proposalsOf(tx, row.alert_id);
  const proposal = proposals.find(({ proposal_id: id }) => id === proposalId);
  if (proposal === undefined) throw new Refusal("NOT_FOUND", "there is no such proposal");
  if (proposals.some(({ maker }) => maker === userId))
    throw new Refusal("SAME_PERSON", "whoever proposed or escalated an alert does not check it");
  if (note !== undefined && !isRationale(note))
    throw new Refusal("RATIONALE_MISSING", "a note takes 10 to 4,000 characters");
  return { row, proposal };
}

/** Answered and not thrown: that the proposal went back is to be kept. */
async function refusalOfStale(
  tx: Tx,
  row: AlertRow,
  proposal: ProposalRow,
  { evidenceHash }: CheckRequest,
): Promise<Refusal | null> {
  if (isFinal(row.state)) throw new Refusal("STATE_FINAL", "this is decided and never changes");
  const evidence = await evidenceOf(tx, row);
  if (evidence.hash === evidenceHash && evidence.hash === proposal.evidence_hash) return null;
  const refusal = new Refusal(
    "EVIDENCE_CHANGED",
    "what this proposal rests on has changed since: it goes back to its maker",
    {
      changed: evidence.changed,
    },
  );
  if (evidence.hash === proposal.evidence_hash || proposal.state !== "MADE" || row.state !== "PROPOSED") return refusal;
  await withdraw(tx, row, proposal, "evidence changed");
  return refusal;
}

/** A proposal whose ground is gone is its maker's again. */
async function withdraw(tx: Tx, row: AlertRow, proposal: ProposalRow, action: string): Promise<void> {
  await move(tx, row, "evidence-changed", { assignee: proposal.maker, leaseMinutes: 30 });
  await tx.query("UPDATE proposal SET state = 'WITHDRAWN', decided_at = now() WHERE proposal_id = $1", [
    proposal.proposal_id,
  ]);
  await appendAudit(tx, [
    { actor: "cordon", action, subject: row.alert_id, detail: { proposal: proposal.proposal_id } },
    ...(await revokeUnproposed(tx, proposal.proposal_id, "cordon")),
  ]);
}

function refuseUnlessOpen(row: AlertRow, proposal: ProposalRow, { version }: CheckRequest): void {
  if (row.state !== "PROPOSED" || proposal.state !== "MADE" || row.version !== version) throw conflict(row);
}

/**
 * By what the event's money waits for people: it was stopped, and nobody has decided it. Null: it waits for nobody; an event that the desk
 * never heard of went through. Whoever asks has the event's row locked.
 */
async function stopOf(tx: Tx, row: AlertRow): Promise<"alert" | "hold" | null> {
  const { rows } = await tx.query<{ outcome: string | null }>(
    `SELECT outcome FROM event_case WHERE source_topic = $1 AND source_partition = $2 AND source_offset = $3
       AND released IS NULL AND outcome IS DISTINCT FROM 'CLEAR'`,
    [row.source_topic, row.source_partition, row.source_offset],
  );
  const [stopped] = rows;
  if (stopped === undefined) return null;
  return stopped.outcome === "HOLD" ? "hold" : "alert";
}

/**
 * What becomes of the event. A rejection decides it; a release does once every alert of the event is agreed as released: while its money
 * waits also what a look back found in it, for processors know events only, and never without what stopped it. An event that was decided before, as with an alert that came
 * late, or a look back at one that went through, is told of and changes nothing: processors go by the first.
 */
async function eventDecision(
  tx: Tx,
  row: AlertRow,
  agreed: ProposalRow,
  stoppedBy: "alert" | "hold" | null,
): Promise<{ readonly decided: Decided | null; readonly waitingFor: readonly string[] }> {
  const waits = stoppedBy !== null;
  const alone = row.origin !== "STREAM" && !waits;
  const { rows: others } = await tx.query<Pick<AlertRow, "alert_id" | "state" | "kind" | "origin">>(
    `SELECT alert_id, state, kind, origin FROM alert WHERE source_topic = $1 AND source_partition = $2 AND source_offset = $3
       AND (origin = 'STREAM' OR $5) AND kind <> 'undecodable' AND alert_id <> $4`,
    [row.source_topic, row.source_partition, row.source_offset, row.alert_id, waits],
  );
  const waitingFor =
    alone || agreed.decision === "REJECT"
      ? []
      : others.filter(({ state }) => !isFinal(state)).map((one) => one.alert_id);
  const rejected = !alone && others.some(({ state }) => state === "REJECTED");
  if (waitingFor.length > 0 || (rejected && agreed.decision === "RELEASE")) return { decided: null, waitingFor };
  // What stopped it may not have come yet, as an alert may after its decision: nobody has judged it.
  const released = [row, ...others.filter(({ state }) => state === "RELEASED")];
  const isJudged = stoppedBy === null || released.some(({ origin, kind }) => origin === "STREAM" && kind === stoppedBy);
  if (!isJudged && agreed.decision === "RELEASE") return { decided: null, waitingFor };
  const { rows: goodGuys } = await tx.query<{ good_guy_id: string }>(
    "SELECT good_guy_id FROM good_guy WHERE proposal_id = $1",
    [agreed.proposal_id],
  );
  const alertIds = [
    row,
    ...(alone || agreed.decision === "REJECT" ? [] : others.filter(({ state }) => state === "RELEASED")),
  ]
    .filter(({ kind }) => kind === "alert")
    .map((one) => one.alert_id);
  return {
    waitingFor,
    decided: {
      dispositionId: randomUUID(),
      eventId: row.event_id,
      sourceTopic: row.source_topic,
      sourcePartition: row.source_partition,
      sourceOffset: row.source_offset,
      decision: agreed.decision,
      alertIds,
      holdReason: row.hold_reason,
      reasons: agreed.reasons,
      proposedBy: agreed.maker,
      approvedBy: agreed.checker,
      proposedAt: agreed.made_at.getTime(),
      decidedAt: (agreed.decided_at ?? agreed.made_at).getTime(),
      goodGuyIds: goodGuys.map((one) => one.good_guy_id),
    },
  };
}

async function keepDisposition(
  tx: Tx,
  row: AlertRow,
  agreed: ProposalRow,
  { disposition, waits }: { readonly disposition: Disposition; readonly waits: boolean },
): Promise<void> {
  if (waits)
    await tx.query(
      `UPDATE event_case SET released = $4 WHERE source_topic = $1 AND source_partition = $2 AND source_offset = $3`,
      [row.source_topic, row.source_partition, row.source_offset, agreed.decision],
    );
  // The first decides the money; whatever comes after it is another matter, as a look back is.
  const origin = waits ? "STREAM" : row.origin === "STREAM" ? "LOOK_BACK" : row.origin;
  await tx.query(
    `INSERT INTO disposition (disposition_id, source_topic, source_partition, source_offset, event_id, origin, decision, proposal_id,
       maker, checker, decided_at, audit_seq)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, to_timestamp($11 / 1000.0), $12)`,
    [
      disposition.dispositionId,
      row.source_topic,
      row.source_partition,
      row.source_offset,
      row.event_id,
      origin,
      agreed.decision,
      agreed.proposal_id,
      agreed.maker,
      agreed.checker,
      disposition.decidedAt,
      disposition.auditSeq,
    ],
  );
}
