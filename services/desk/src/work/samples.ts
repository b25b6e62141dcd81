import { appendAudit } from "../audit/append.ts";
import type { Tx } from "../database/connect.ts";
import { isRationale } from "../rules/reasons.ts";
import { Refusal } from "../rules/refusal.ts";
import type { AlertRow } from "./alert-row.ts";
import { openBrief } from "./brief.ts";
import { keepNote, notify } from "./deeds.ts";
import type { DeskDeps } from "./desk-deps.ts";
import { isDrawn } from "./draw.ts";
import { revokeOfPairs } from "./revoke-good-guys.ts";
import { type ProposalRow, proposalsOf } from "./show-alert.ts";

export const verdicts = ["RIGHT", "WRONG"] as const;
export const sampleStates = ["waiting", "looked-at"] as const;

/** A judgement that chance picked to be looked at once more, by somebody who had no part in it. */
export interface ShownSample {
  readonly id: string;
  readonly kind: "release" | "good-guy";
  readonly alertId: string;
  readonly goodGuyId?: string;
  readonly eventId: string;
  readonly name: string;
  readonly designationId: string | null;
  readonly maker: string;
  readonly checker: string;
  readonly passedAt: number;
  readonly drawnAt: number;
  readonly verdict?: (typeof verdicts)[number];
  readonly lookedBy?: string;
  readonly lookedAt?: number;
}

interface SampleRow {
  readonly sample_id: string;
  readonly kind: "release" | "good-guy";
  readonly alert_id: string;
  readonly good_guy_id: string | null;
  readonly event_id: string;
  readonly maker: string;
  readonly checker: string;
  readonly passed_at: Date;
  readonly drawn_at: Date;
  readonly verdict: (typeof verdicts)[number] | null;
  readonly looked_by: string | null;
  readonly looked_at: Date | null;
}

/** Draws an agreed release, or does not. Answers whether it did. */
export async function drawRelease(
  tx: Tx,
  row: AlertRow,
  { agreed, deps }: { readonly agreed: ProposalRow; readonly deps: DeskDeps },
): Promise<boolean> {
  const { proposal_id: id, maker, checker, decided_at: decidedAt } = agreed;
  if (agreed.decision !== "RELEASE" || !isDrawn(deps.master, `release ${id}`, deps.samples.releases)) return false;
  await tx.query(
    `INSERT INTO sample (sample_id, kind, alert_id, event_id, source_topic, source_partition, source_offset, passed_at, maker, checker)
     VALUES ($1, 'release', $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      `release-${id}`,
      row.alert_id,
      row.event_id,
      row.source_topic,
      row.source_partition,
      row.source_offset,
      decidedAt,
      maker,
      checker,
    ],
  );
  return true;
}

/** Those that wait, longest first; of those that were looked at the last. At most 500. */
export async function listSamples(
  tx: Tx,
  state: (typeof sampleStates)[number],
  deps: Pick<DeskDeps, "keys">,
): Promise<readonly ShownSample[]> {
  const waiting = state === "waiting";
  const { rows } = await tx.query<SampleRow & Pick<AlertRow, "brief" | "month"> & { designation_id: string | null }>(
    `SELECT s.*, a.brief, a.month, coalesce(g.designation_id, a.designation_id) AS designation_id
     FROM sample s JOIN alert a USING (alert_id) LEFT JOIN good_guy g USING (good_guy_id)
     WHERE s.verdict IS ${waiting ? "" : "NOT "}NULL
     ORDER BY ${waiting ? "s.drawn_at, s.sample_id" : "s.looked_at DESC, s.sample_id"} LIMIT 500`,
  );
  const shown: ShownSample[] = [];
  for (const row of rows)
    shown.push({
      id: row.sample_id,
      kind: row.kind,
      alertId: row.alert_id,
      ...(row.good_guy_id === null ? {} : { goodGuyId: row.good_guy_id }),
      eventId: row.event_id,
      name: openBrief(await deps.keys.known(tx, row.month), row.alert_id, row.brief).name,
      designationId: row.designation_id,
      maker: row.maker,
      checker: row.checker,
      passedAt: row.passed_at.getTime(),
      drawnAt: row.drawn_at.getTime(),
      ...(row.verdict === null ? {} : { verdict: row.verdict }),
      ...(row.looked_by === null ? {} : { lookedBy: row.looked_by }),
      ...(row.looked_at === null ? {} : { lookedAt: row.looked_at.getTime() }),
    });
  return shown;
}

export interface LookRequest {
  readonly verdict: (typeof verdicts)[number];
  readonly note: string;
}

/**
 * What a third person makes of it. Nothing that went comes back; where the judgement was wrong, the good guys of its pairs end at once.
 * Throws NOT_FOUND, SAME_PERSON, RATIONALE_MISSING and STATE_FINAL.
 */
export function lookAtSample(
  sampleId: string,
  { verdict, note }: LookRequest,
  { userId, deps }: { readonly userId: string; readonly deps: DeskDeps },
): Promise<void> {
  return deps.database.transaction(async (tx) => {
    const { rows } = await tx.query<SampleRow>("SELECT * FROM sample WHERE sample_id = $1 FOR UPDATE", [sampleId]);
    const [row] = rows;
    if (row === undefined) throw new Refusal("NOT_FOUND", "there is no such sample");
    const proposals = await proposalsOf(tx, row.alert_id);
    if ([row, ...proposals].some(({ maker, checker }) => maker === userId || checker === userId))
      throw new Refusal("SAME_PERSON", "whoever had a part in a judgement does not look at it again");
    if (!isRationale(note)) throw new Refusal("RATIONALE_MISSING", "a note takes 10 to 4,000 characters");
    if (row.verdict !== null) throw new Refusal("STATE_FINAL", "this was looked at already");
    await tx.query(
      "UPDATE sample SET verdict = $2, looked_by = $3, looked_at = now() WHERE sample_id = $1 AND verdict IS NULL",
      [sampleId, verdict, userId],
    );
    const noteId = await keepNote(
      tx,
      { alertId: row.alert_id, author: userId, action: "looked at again", text: note },
      deps,
    );
    const ended =
      verdict === "WRONG"
        ? await revokeOfPairs(tx, row.alert_id, { by: userId, why: "a second look found its pair to be wrong" })
        : [];
    const { rows: alerts } = await tx.query<AlertRow>("SELECT alert_id, version FROM alert WHERE alert_id = $1", [
      row.alert_id,
    ]);
    for (const alert of alerts) await notify(tx, alert);
    await appendAudit(tx, [
      {
        actor: userId,
        action: "looked at again",
        subject: row.alert_id,
        detail: { sample: sampleId, verdict, note: noteId },
      },
      ...ended,
    ]);
  });
}
