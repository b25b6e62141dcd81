import type { Match } from "@cordon/schemas";
import { frame, schemaIdOf, subjectOf, topics, wireHeaderBytes } from "@cordon/schemas";

import type { Tx } from "../database/connect.ts";
import { amountText, eventOf, type PlainEvent } from "../ingest/event-of.ts";
import { readable } from "../ingest/schemas-known.ts";
import type { DeskDecision } from "../rules/states.ts";
import { type AlertRow, alertRow } from "./alert-row.ts";
import type { DeskDeps } from "./desk-deps.ts";
import { evidenceOf } from "./evidence-of.ts";
import { type Item, itemOf } from "./list-alerts.ts";
import { openText } from "./sealed-text.ts";
import { goodGuysOf, type ShownGoodGuy } from "./show-good-guys.ts";

/** An alert with everything that its judgement needs. */
export interface ShownAlert extends Item {
  readonly kind: string;
  readonly origin: string;
  readonly raisedAt: number;
  readonly sourceTopic: string;
  readonly sourcePartition: number;
  readonly sourceOffset: number;
  readonly rail: string | null;
  readonly money: { readonly amount: string | null; readonly currency: string } | null;
  readonly index: unknown;
  readonly engineVersion: string | null;
  readonly policyVersion: string | null;
  readonly matches: readonly Match[];
  readonly matchesLeftOut: number;
  readonly event: PlainEvent | null;
  readonly entries: readonly unknown[];
  readonly earlier: readonly Earlier[];
  readonly timeline: readonly Happened[];
  readonly evidenceHash: string;
  readonly evidenceChanged: readonly unknown[];
  readonly makers: readonly string[];
  readonly samePairOpen: number;
  readonly sent: boolean | null;
  readonly proposal?: ShownProposal;
  readonly goodGuys: readonly ShownGoodGuy[];
}

export interface ShownProposal {
  readonly id: string;
  readonly decision: DeskDecision;
  readonly reasons: readonly string[];
  readonly rationale: string;
  readonly maker: string;
  readonly proposedAt: number;
}

interface Earlier {
  readonly alertId: string;
  readonly decision: DeskDecision;
  readonly reasons: readonly string[];
  readonly rationale: string;
  readonly maker: string;
  readonly checker: string | null;
  readonly decidedAt: number;
  readonly unchanged: boolean;
}

interface Happened {
  readonly at: number;
  readonly action: string;
  readonly actor?: string;
  readonly note?: string;
  /** What was proposed or escalated then, in its maker's words. */
  readonly proposal?: Pick<ShownProposal, "decision" | "reasons" | "rationale">;
}

/**
 * An alert as it stands at one moment. What came with it never changes, and is read before that: it may have to be asked of Kafka or the
 * registry, and nobody holds a transaction meanwhile. Throws NOT_FOUND.
 */
export async function showAlert(alertId: string, deps: DeskDeps): Promise<ShownAlert> {
  const record = await recordOf(await alertRow(deps.database, alertId), deps);
  return deps.database.transaction((tx) => shownWith(tx, alertId, { record, deps }));
}

async function shownWith(
  tx: Tx,
  alertId: string,
  { record, deps }: { readonly record: Recorded; readonly deps: DeskDeps },
): Promise<ShownAlert> {
  const row = await alertRow(tx, alertId);
  const evidence = await evidenceOf(tx, row);
  const proposals = await proposalsOf(tx, alertId);
  const open = proposals.find(({ state }) => state === "MADE");
  return {
    ...(await itemOf(tx, row, deps)),
    kind: row.kind,
    origin: row.origin,
    raisedAt: row.raised_at.getTime(),
    sourceTopic: row.source_topic,
    sourcePartition: row.source_partition,
    sourceOffset: row.source_offset,
    rail: row.rail,
    ...record,
    entries: await entriesOf(tx, record.matches, deps),
    earlier: await earlierOf(tx, alertId, deps),
    timeline: await timelineOf(tx, row, { proposals, deps }),
    evidenceHash: evidence.hash,
    evidenceChanged: evidence.changed,
    makers: [...new Set(proposals.map(({ maker }) => maker))],
    samePairOpen: await samePairOpen(tx, alertId),
    sent: await isSent(tx, row),
    ...(open === undefined ? {} : { proposal: await shownProposal(tx, open, deps) }),
    goodGuys: await goodGuysOf(tx, { alertId }, deps),
  };
}

type Recorded = Pick<
  ShownAlert,
  "matches" | "matchesLeftOut" | "event" | "money" | "index" | "engineVersion" | "policyVersion"
>;

const nothing: Recorded = {
  matches: [],
  matchesLeftOut: 0,
  event: null,
  money: null,
  index: null,
  engineVersion: null,
  policyVersion: null,
};

/** What the record says, and its event: as it came along, as it was kept, or as it still lies in Kafka. */
async function recordOf(row: AlertRow, deps: DeskDeps): Promise<Recorded> {
  const { database } = deps;
  const { rows } = await database.query<{ record: Buffer; event: Buffer | null }>(
    "SELECT record, event FROM alert_record WHERE alert_id = $1",
    [row.alert_id],
  );
  const sealer = await deps.keys.known(database, row.month);
  const [kept] = rows;
  if (kept === undefined || sealer === null || row.kind === "undecodable") return nothing;
  const value = sealer.open(kept.record, `record ${row.alert_id}`);
  const schemaId = schemaIdOf(value);
  if (schemaId === null) return nothing;
  if (row.kind === "hold") {
    const decoder = await deps.schemas.decoder(subjectOf(topics.decisions), schemaId);
    const decision = decoder === null ? null : readable(() => decoder.decode(value));
    const event = await eventAfterwards(row, kept.event, deps);
    const { index = null, engineVersion = null, policyVersion = null } = decision ?? {};
    return { ...nothing, event, index, engineVersion, policyVersion };
  }
  const decoder = await deps.schemas.decoder(subjectOf(topics.alerts), schemaId);
  const alert = decoder === null ? null : readable(() => decoder.decode(value));
  if (alert === null) return nothing;
  const came =
    alert.event === null || alert.eventSchemaId === null ? null : { body: alert.event, schemaId: alert.eventSchemaId };
  return {
    matches: alert.matches,
    matchesLeftOut: alert.matchesLeftOut,
    event:
      came === null
        ? await eventAfterwards(row, kept.event, deps)
        : await eventOf(deps.schemas, { topic: alert.sourceTopic, ...came }),
    money: alert.money === null ? null : { amount: amountText(alert.money.amount), currency: alert.money.currency },
    index: alert.index,
    engineVersion: alert.engineVersion,
    policyVersion: alert.policyVersion,
  };
}

async function eventAfterwards(row: AlertRow, kept: Buffer | null, deps: DeskDeps): Promise<PlainEvent | null> {
  const { database } = deps;
  const sealer = await deps.keys.known(database, row.month);
  if (sealer === null || row.source_offset < 0) return null;
  const about = `event ${row.alert_id}`;
  if (kept !== null) {
    const framed = sealer.open(kept, about);
    const schemaId = schemaIdOf(framed);
    if (schemaId === null) return null;
    return eventOf(deps.schemas, { topic: row.source_topic, body: framed.subarray(wireHeaderBytes), schemaId });
  }
  const read = await deps.readEvent({
    topic: row.source_topic,
    partition: row.source_partition,
    offset: row.source_offset,
  });
  if (read === null) return null;
  await database.query("UPDATE alert_record SET event = $2 WHERE alert_id = $1", [
    row.alert_id,
    sealer.seal(frame(read.schemaId, read.body), about),
  ]);
  return eventOf(deps.schemas, { topic: row.source_topic, ...read });
}

/** As they were when they matched; of one that nobody kept, what the match says of it. */
async function entriesOf(tx: Tx, matches: readonly Match[], { entries }: DeskDeps): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (const match of new Map(matches.map((one) => [one.designationId, one])).values())
    found.push(
      (await entries.asMatched(tx, match)) ?? {
        id: match.designationId,
        list: match.list,
        type: match.designationType,
        names: [...new Set([match.primaryName, match.matchedName])].map((text) => ({ text })),
        regime: match.regime,
        measures: match.measures,
        birthDates: match.birthDates,
        nationalities: match.nationalities,
        designatedOn: match.designatedOn,
      },
    );
  return found;
}

async function earlierOf(tx: Tx, alertId: string, deps: DeskDeps): Promise<readonly Earlier[]> {
  const { rows } = await tx.query<ProposalRow & { unchanged: boolean }>(
    `SELECT * FROM (
       SELECT DISTINCT ON (p.proposal_id) p.*,
         (o.designation_hash = m.designation_hash AND m.fingerprint IS NOT NULL) IS TRUE AS unchanged
       FROM alert_match m
       JOIN alert_match o ON o.party_key = m.party_key AND o.designation_id = m.designation_id AND o.alert_id <> m.alert_id
       JOIN proposal p ON p.alert_id = o.alert_id AND p.state = 'AGREED'
       WHERE m.alert_id = $1 ORDER BY p.proposal_id
     ) found ORDER BY decided_at DESC LIMIT 20`,
    [alertId],
  );
  const found: Earlier[] = [];
  for (const row of rows) {
    const { decision, reasons, rationale, maker } = await shownProposal(tx, row, deps);
    const decidedAt = (row.decided_at ?? row.made_at).getTime();
    found.push({
      alertId: row.alert_id,
      decision,
      reasons,
      rationale,
      maker,
      checker: row.checker,
      decidedAt,
      unchanged: row.unchanged,
    });
  }
  return found;
}

async function timelineOf(
  tx: Tx,
  row: AlertRow,
  { proposals, deps }: { readonly proposals: readonly ProposalRow[]; readonly deps: DeskDeps },
): Promise<readonly Happened[]> {
  const { rows } = await tx.query<{ at: Date; actor: string; action: string; detail: string }>(
    "SELECT at, actor, action, detail FROM audit WHERE subject = $1 AND action <> 'read' ORDER BY seq LIMIT 500",
    [row.alert_id],
  );
  const { rows: notes } = await tx.query<{ note_id: number; body: Buffer; month: string }>(
    "SELECT note_id, body, month FROM note WHERE alert_id = $1",
    [row.alert_id],
  );
  const texts = new Map<number, string>();
  for (const { note_id: id, body, month } of notes)
    texts.set(id, openText(await deps.keys.known(tx, month), `note ${row.alert_id}`, body));
  const made = new Map<string, NonNullable<Happened["proposal"]>>();
  for (const one of proposals) {
    const { decision, reasons, rationale } = await shownProposal(tx, one, deps);
    made.set(one.proposal_id, { decision, reasons, rationale });
  }
  const raised: Happened = { at: row.raised_at.getTime(), action: "raised" };
  return [
    raised,
    ...rows.map(({ at, actor, action, detail }): Happened => {
      const { note, proposal: id = "" } = JSON.parse(detail) as { readonly note?: number; readonly proposal?: string };
      const text = note === undefined ? undefined : texts.get(note);
      // Other deeds name it, too: its words stand where it was made.
      const proposal = action === "proposed" || action === "escalated" ? made.get(id) : undefined;
      return {
        at: at.getTime(),
        action,
        actor,
        ...(text === undefined ? {} : { note: text }),
        ...(proposal === undefined ? {} : { proposal }),
      };
    }),
  ];
}

export interface ProposalRow {
  readonly proposal_id: string;
  readonly alert_id: string;
  readonly decision: DeskDecision;
  readonly reasons: string[];
  readonly rationale: Buffer;
  readonly month: string;
  readonly maker: string;
  readonly made_at: Date;
  readonly evidence_hash: string;
  readonly state: string;
  readonly checker: string | null;
  readonly decided_at: Date | null;
}

export async function proposalsOf(tx: Tx, alertId: string): Promise<readonly ProposalRow[]> {
  const { rows } = await tx.query<ProposalRow>("SELECT * FROM proposal WHERE alert_id = $1 ORDER BY made_at", [
    alertId,
  ]);
  return rows;
}

async function shownProposal(tx: Tx, row: ProposalRow, { keys }: DeskDeps): Promise<ShownProposal> {
  return {
    id: row.proposal_id,
    decision: row.decision,
    reasons: row.reasons,
    rationale: openText(await keys.known(tx, row.month), `rationale ${row.proposal_id}`, row.rationale),
    maker: row.maker,
    proposedAt: row.made_at.getTime(),
  };
}

/** Other open alerts that are about one and the same pair, and nothing else. */
export const samePairQuery = `
  SELECT DISTINCT a.alert_id, a.version FROM alert_match m
  JOIN alert_match o ON o.fingerprint = m.fingerprint AND o.designation_id = m.designation_id
    AND o.designation_hash = m.designation_hash AND o.alert_id <> m.alert_id
  JOIN alert a ON a.alert_id = o.alert_id AND a.state = 'OPEN' AND a.kind = 'alert' AND a.origin = 'STREAM'
  WHERE m.alert_id = $1
    AND (SELECT count(DISTINCT (x.fingerprint, x.designation_id, x.designation_hash)) = 1 AND bool_and(x.fingerprint IS NOT NULL)
         FROM alert_match x WHERE x.alert_id IN (m.alert_id, o.alert_id))`;

async function samePairOpen(tx: Tx, alertId: string): Promise<number> {
  const { rows } = await tx.query(samePairQuery, [alertId]);
  return rows.length;
}

/** Null where nothing was decided. */
async function isSent(tx: Tx, row: AlertRow): Promise<boolean | null> {
  if (row.state !== "RELEASED" && row.state !== "REJECTED") return null;
  const { rows } = await tx.query<{ waiting: boolean }>(
    "SELECT count(*) FILTER (WHERE sent_at IS NULL) > 0 AS waiting FROM outbox WHERE key = $1 HAVING count(*) > 0",
    [row.event_id],
  );
  return rows[0] === undefined ? null : !rows[0].waiting;
}
