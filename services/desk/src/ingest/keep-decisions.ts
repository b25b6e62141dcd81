import type { Decision } from "@cordon/schemas";

import type { Tx } from "../database/connect.ts";
import { isDrawn } from "../work/draw.ts";
import { columns, keepAlerts, type KeepDeps } from "./keep-alerts.ts";
import { newHold } from "./new-alert.ts";

/** A decision and the record that it came in. */
export interface DecisionSeen {
  readonly decision: Decision;
  readonly record: Uint8Array;
  readonly schemaId: number;
}

export interface DecisionsKept {
  /** Holds that are new. */
  readonly held: readonly string[];
  /** Holds that a rescreen ended. */
  readonly superseded: readonly string[];
  /** What stays open and is another than it was: held for another reason, or of money that has gone. */
  readonly amended: readonly string[];
  /** Events that a good guy let pass and that are looked at once more, by the ids of their samples. */
  readonly drawn: readonly string[];
}

/**
 * Notes which decision counts for each event: a later one may replace a HOLD, never a HIT or a CLEAR. What is held becomes work; what
 * is held no more is none.
 */
export async function keepDecisions(tx: Tx, seen: readonly DecisionSeen[], deps: KeepDeps): Promise<DecisionsKept> {
  await countUses(tx, seen);
  const drawn = await drawPassed(tx, seen, deps);
  const held: string[] = [];
  const superseded: string[] = [];
  const amended: string[] = [];
  // One after another: within a batch a HOLD and what replaces it may follow each other.
  for (const run of runs(seen)) {
    if (run[0]?.decision.outcome === "HOLD") {
      const now = await hold(tx, run, deps);
      held.push(...now.added);
      amended.push(...now.amended);
    } else {
      const now = await settle(tx, run);
      superseded.push(...now.superseded);
      amended.push(...now.amended);
    }
  }
  return { held, superseded, amended, drawn };
}

function runs(seen: readonly DecisionSeen[]): readonly (readonly DecisionSeen[])[] {
  const found: DecisionSeen[][] = [];
  for (const one of seen) {
    const last = found.at(-1);
    if (last?.[0]?.decision.outcome === one.decision.outcome) last.push(one);
    else found.push([one]);
  }
  return found;
}

/** One for each event: the last. */
const lastOf = (seen: readonly DecisionSeen[]): readonly DecisionSeen[] => [
  ...new Map(seen.map((one) => [placeOf(one.decision), one])).values(),
];

const placeColumns = (seen: readonly DecisionSeen[]): unknown[][] =>
  columns(
    seen,
    ({ decision }) => [
      decision.sourceTopic,
      decision.sourcePartition,
      decision.sourceOffset,
      decision.eventId,
      decision.outcome,
      decision.holdReason,
    ],
    6,
  );

function placeOf({ sourceTopic, sourcePartition, sourceOffset }: Decision): string {
  return JSON.stringify([sourceTopic, sourcePartition, sourceOffset]);
}

const upsert = `INSERT INTO event_case AS c (source_topic, source_partition, source_offset, event_id, outcome, hold_reason)
  SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[], $4::text[], $5::text[], $6::text[])
  ON CONFLICT (source_topic, source_partition, source_offset)
  DO UPDATE SET outcome = EXCLUDED.outcome, hold_reason = EXCLUDED.hold_reason
  WHERE c.outcome IS NULL OR c.outcome = 'HOLD'
  RETURNING source_topic, source_partition, source_offset, event_id, outcome`;

interface CaseRow {
  readonly source_topic: string;
  readonly source_partition: number;
  readonly source_offset: number;
  readonly event_id: string;
  readonly outcome: string;
}

async function hold(
  tx: Tx,
  all: readonly DecisionSeen[],
  deps: KeepDeps,
): Promise<{ readonly added: readonly string[]; readonly amended: readonly string[] }> {
  const seen = lastOf(all);
  const { rows } = await tx.query<CaseRow>(upsert, placeColumns(seen));
  const counted = new Set(
    rows.map((row) => JSON.stringify([row.source_topic, row.source_partition, row.source_offset])),
  );
  const held = seen.filter(({ decision }) => counted.has(placeOf(decision)));
  const added = await keepAlerts(
    tx,
    held.map(({ decision, record, schemaId }) => newHold(decision, record, schemaId)),
    deps,
  );
  // Held again, for another reason.
  const { rows: amended } = await tx.query<{ alert_id: string }>(
    `UPDATE alert a SET hold_reason = u.r, version = a.version + 1
     FROM unnest($1::text[], $2::int[], $3::bigint[], $4::text[]) AS u(t, p, o, r)
     WHERE a.kind = 'hold' AND a.closed_at IS NULL AND a.hold_reason IS DISTINCT FROM u.r
       AND a.source_topic = u.t AND a.source_partition = u.p AND a.source_offset = u.o
     RETURNING a.alert_id`,
    columns(held, ({ decision: d }) => [d.sourceTopic, d.sourcePartition, d.sourceOffset, d.holdReason], 4),
  );
  return { added, amended: idsOf(amended) };
}

function idsOf(rows: readonly { readonly alert_id: string }[]): readonly string[] {
  return rows.map((row) => row.alert_id);
}

/** HIT or CLEAR. */
async function settle(
  tx: Tx,
  seen: readonly DecisionSeen[],
): Promise<{ readonly superseded: readonly string[]; readonly amended: readonly string[] }> {
  const { rows } = await tx.query<CaseRow>(upsert, placeColumns(lastOf(seen)));
  if (rows.length === 0) return { superseded: [], amended: [] };
  const places = columns(rows, (row) => [row.source_topic, row.source_partition, row.source_offset], 3);
  const { rows: ended } = await tx.query<{ alert_id: string }>(
    `UPDATE alert a SET state = 'SUPERSEDED', version = version + 1, assignee = NULL, lease_until = NULL, closed_at = now()
     FROM unnest($1::text[], $2::int[], $3::bigint[]) AS u(t, p, o)
     WHERE a.kind = 'hold' AND a.closed_at IS NULL AND a.source_topic = u.t AND a.source_partition = u.p AND a.source_offset = u.o
     RETURNING a.alert_id`,
    places,
  );
  await tx.query(
    `UPDATE proposal SET state = 'WITHDRAWN', decided_at = now() WHERE state = 'MADE' AND alert_id = ANY($1)`,
    [idsOf(ended)],
  );
  if (rows[0]?.outcome !== "CLEAR") return { superseded: idsOf(ended), amended: [] };
  // Decided twice, and what counts is CLEAR: the money went. What was found is judged as a look back is.
  const { rows: amended } = await tx.query<{ alert_id: string }>(
    `UPDATE alert a SET origin = 'LOOK_BACK', version = version + 1
       FROM unnest($1::text[], $2::int[], $3::bigint[]) AS u(t, p, o)
       WHERE a.kind = 'alert' AND a.origin = 'STREAM' AND a.closed_at IS NULL
         AND a.source_topic = u.t AND a.source_partition = u.p AND a.source_offset = u.o
       RETURNING a.alert_id`,
    places,
  );
  return { superseded: idsOf(ended), amended: idsOf(amended) };
}

/** How often each good guy let an event pass. */
async function countUses(tx: Tx, seen: readonly DecisionSeen[]): Promise<void> {
  const used = seen.flatMap(({ decision }) =>
    decision.setAside.flatMap(({ goodGuyId }) => (goodGuyId === null ? [] : [{ goodGuyId, at: decision.decidedAt }])),
  );
  if (used.length === 0) return;
  const uses = [...Map.groupBy(used, ({ goodGuyId }) => goodGuyId)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await tx.query(
    `INSERT INTO good_guy_use AS g (good_guy_id, uses, last_at)
     SELECT i, n, to_timestamp(t / 1000.0) FROM unnest($1::uuid[], $2::bigint[], $3::float8[]) AS u(i, n, t)
     WHERE EXISTS (SELECT 1 FROM good_guy WHERE good_guy_id = i)
     ON CONFLICT (good_guy_id) DO UPDATE SET uses = g.uses + EXCLUDED.uses, last_at = greatest(g.last_at, EXCLUDED.last_at)`,
    columns(uses, ([id, all]) => [id, all.length, Math.max(...all.map(({ at }) => at))], 3),
  );
}

/** Of the events that good guys let pass, those that chance picks: each good guy that did it is looked at. */
async function drawPassed(tx: Tx, seen: readonly DecisionSeen[], deps: KeepDeps): Promise<readonly string[]> {
  const drawn = seen.flatMap(({ decision }) => {
    if (decision.outcome !== "CLEAR") return [];
    const ids = new Set(decision.setAside.flatMap(({ goodGuyId }) => (goodGuyId === null ? [] : [goodGuyId])));
    return [...ids]
      .map((goodGuyId) => ({ decision, goodGuyId, key: `good-guy ${placeOf(decision)} ${goodGuyId}` }))
      .filter(({ key }) => isDrawn(deps.master, key, deps.samples.goodGuys));
  });
  if (drawn.length === 0) return [];
  const { rows } = await tx.query<{ sample_id: string }>(
    `INSERT INTO sample (sample_id, kind, alert_id, good_guy_id, event_id, source_topic, source_partition, source_offset, passed_at, maker, checker)
     SELECT 'good-guy-' || n, 'good-guy', g.alert_id, i, e, t, p, o, to_timestamp(a / 1000.0), g.maker, s.by
     FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::float8[]) AS u(n, i, e, t, p, o, a)
     JOIN good_guy g ON g.good_guy_id = u.i
     JOIN LATERAL (SELECT by FROM good_guy_state WHERE good_guy_id = u.i AND state = 'ACTIVE' ORDER BY n DESC LIMIT 1) s ON true
     ON CONFLICT DO NOTHING RETURNING sample_id`,
    columns(
      drawn,
      ({ decision: d, goodGuyId, key }) => [
        deps.master.digest("sample", key).toString("hex").slice(0, 32),
        goodGuyId,
        d.eventId,
        d.sourceTopic,
        d.sourcePartition,
        d.sourceOffset,
        d.decidedAt,
      ],
      7,
    ),
  );
  return rows.map((row) => row.sample_id);
}
