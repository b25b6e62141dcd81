import { setTimeout as sleep } from "node:timers/promises";

import { CordonError, dispositionOf } from "@cordon/errors";
import type { BatchContext, ConsumedRecord, KafkaClient, OffsetRange, TopicPartition } from "@cordon/kafka";
import { type Alert, decisionHeaders, schemaIdOf, subjectOf, topics } from "@cordon/schemas";
import type { PatienceOptions } from "@cordon/service";
import { retryUntilAvailable } from "@cordon/service";

import { appendAudit } from "../audit/append.ts";
import type { Database, Tx } from "../database/connect.ts";
import { Refusal } from "../rules/refusal.ts";
import { notifyChanged } from "../work/deeds.ts";
import type { EntryBook } from "../work/entry-book.ts";
import { eventOf, partyNameAt } from "./event-of.ts";
import { keepAlerts, type KeepDeps, storable } from "./keep-alerts.ts";
import { type DecisionSeen, keepDecisions } from "./keep-decisions.ts";
import { keepListChanges } from "./keep-list-changes.ts";
import { newAlert, type NewAlert, newUndecodable } from "./new-alert.ts";
import { type KnownSchemas, readable } from "./schemas-known.ts";

/** Records of one partition, however they were read. */
export interface Arrived {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly ConsumedRecord[];
  readonly nextOffset: bigint;
  /** Where the partition ended when they were read; absent where that was not asked. */
  readonly end?: bigint;
}

export interface IngestDeps extends KeepDeps {
  readonly database: Database;
  readonly schemas: KnownSchemas;
  readonly entries: EntryBook;
  readonly topics: { readonly alerts: string; readonly decisions: string; readonly listChanges: string };
  readonly telemetry: IngestTelemetry;
  /** Where a partition ends now. */
  readonly endOf: (place: TopicPartition) => Promise<bigint>;
}

export interface IngestTelemetry {
  received(event: { readonly what: "alerts" | "holds" | "undecodable"; readonly count: number }): void;
  waited(event: { readonly what: string }): void;
}

type Placed = NewAlert & { readonly offset: bigint };

/** What a batch leads to, once it is decoded. Nothing of it is written yet. */
type Work =
  | { readonly kind: "alerts"; readonly alerts: readonly Placed[] }
  | {
      readonly kind: "decisions";
      readonly seen: (tx: Tx, from: bigint) => Promise<readonly DecisionSeen[]>;
      readonly unread: readonly Placed[];
    }
  | {
      readonly kind: "changes";
      readonly changes: readonly {
        readonly offset: bigint;
        readonly change: Parameters<typeof keepListChanges>[1][number];
      }[];
    };

/**
 * Takes a batch in exactly once in effect: what it leads to and the position after it are one transaction, and what stands before the
 * position is passed over. So it does not matter who else reads, or from where the group begins. Rejects with STORE_UNAVAILABLE while
 * the database is away, and as `endOf` does while Kafka is: nothing was done then.
 */
export async function ingest(arrived: Arrived, deps: IngestDeps, patience: PatienceOptions): Promise<void> {
  const work = await retryUntilAvailable("the schema registry", () => decode(arrived, deps), patience);
  const told = await deps.database.transaction(async (tx) => {
    const from = await positionOf(tx, arrived, deps);
    const done = await write(tx, work, from, deps);
    await tx.query("UPDATE kafka_position SET next_offset = $3 WHERE topic = $1 AND partition = $2", [
      arrived.topic,
      arrived.partition,
      String(arrived.nextOffset > from ? arrived.nextOffset : from),
    ]);
    const moved = [...done.added, ...done.ended];
    if (moved.length > 0) await tx.query("SELECT pg_notify('desk', $1)", [JSON.stringify({ counts: moved.length })]);
    await notifyChanged(tx, [...done.ended, ...done.amended]);
    if (moved.length + done.suspended.length + done.drawn.length > 0)
      await appendAudit(tx, [
        {
          actor: "cordon",
          action: "received",
          subject: `${arrived.topic}/${String(arrived.partition)}`,
          detail: {
            to: String(arrived.nextOffset),
            added: done.added.length,
            superseded: done.ended,
            suspended: done.suspended,
            ...(done.drawn.length === 0 ? {} : { drawn: done.drawn }),
          },
        },
        ...done.suspended.map((subject) => ({ actor: "cordon", action: "good guy suspended", subject })),
      ]);
    return done;
  });
  const { added } = told;
  for (const what of ["alerts", "holds", "undecodable"] as const) {
    const count = added.filter((id) => kindOf(id) === what).length;
    if (count > 0) deps.telemetry.received({ what, count });
  }
}

function kindOf(id: string): "alerts" | "holds" | "undecodable" {
  if (id.startsWith("hold-")) return "holds";
  return id.startsWith("undecodable-") ? "undecodable" : "alerts";
}

/**
 * Locks the position, which fences whoever else has the partition. A topic that was made anew is read from its beginning: it ends before
 * the position. That it ended there when the batch was fetched is no sign of it, for meanwhile another desk may have read on.
 */
async function positionOf(
  tx: Tx,
  { topic, partition, records, end: endThen }: Arrived,
  { endOf }: Pick<IngestDeps, "endOf">,
): Promise<bigint> {
  await tx.query("INSERT INTO kafka_position VALUES ($1, $2, 0) ON CONFLICT DO NOTHING", [topic, partition]);
  const { rows } = await tx.query<{ next_offset: number }>(
    "SELECT next_offset FROM kafka_position WHERE topic = $1 AND partition = $2 FOR UPDATE",
    [topic, partition],
  );
  const kept = BigInt(rows[0]?.next_offset ?? 0);
  if (endThen === undefined || kept <= endThen) return kept;
  const end = await endOf({ topic, partition });
  if (kept <= end) return kept;
  await appendAudit(tx, [
    {
      actor: "cordon",
      action: "topic made anew",
      subject: `${topic}/${String(partition)}`,
      detail: { position: String(kept), end: String(end) },
    },
  ]);
  return records[0]?.offset ?? 0n;
}

interface Written {
  readonly added: readonly string[];
  readonly ended: readonly string[];
  readonly amended: readonly string[];
  readonly suspended: readonly string[];
  readonly drawn: readonly string[];
}

async function write(tx: Tx, work: Work, from: bigint, deps: IngestDeps): Promise<Written> {
  switch (work.kind) {
    case "alerts": {
      const fresh = work.alerts.filter(({ offset }) => offset >= from);
      const added = await keepAlerts(tx, fresh, deps);
      const ids = new Set(added);
      await deps.entries.keepVersions(
        tx,
        fresh.filter(({ alertId }) => ids.has(alertId)).flatMap(({ matches }) => matches),
      );
      return { added, ended: [], amended: [], suspended: [], drawn: [] };
    }
    case "decisions": {
      const unread = await keepAlerts(
        tx,
        work.unread.filter(({ offset }) => offset >= from),
        deps,
      );
      const { held, superseded, amended, drawn } = await keepDecisions(tx, await work.seen(tx, from), deps);
      return { added: [...unread, ...held], ended: superseded, amended, suspended: [], drawn };
    }
    case "changes": {
      const fresh = work.changes.filter(({ offset }) => offset >= from);
      return {
        added: [],
        ended: [],
        amended: [],
        drawn: [],
        suspended: await keepListChanges(
          tx,
          fresh.map(({ change }) => change),
        ),
      };
    }
  }
}

async function decode(arrived: Arrived, deps: IngestDeps): Promise<Work> {
  const { topic } = arrived;
  if (topic === deps.topics.alerts) return { kind: "alerts", alerts: await decodeAlerts(arrived, deps) };
  if (topic === deps.topics.decisions) return { kind: "decisions", ...(await decodeDecisions(arrived, deps)) };
  const changes = [];
  for (const { value, offset } of arrived.records) {
    const id = schemaIdOf(value);
    const decoder = id === null ? null : await deps.schemas.decoder(subjectOf(topics.listChanges), id);
    const change = decoder === null || value === null ? null : readable(() => decoder.decode(value));
    if (change !== null) changes.push({ offset, change });
  }
  return { kind: "changes", changes };
}

/** What can be a key, and be told to pages. */
function isAlertId(text: string): boolean {
  return /^[^\0]{1,200}$/.test(text);
}

async function decodeAlerts({ topic, partition, records }: Arrived, deps: IngestDeps) {
  const alerts: Placed[] = [];
  for (const record of records) {
    const { value, offset } = record;
    const id = schemaIdOf(value);
    const decoder = id === null ? null : await deps.schemas.decoder(subjectOf(topics.alerts), id);
    const alert = decoder === null || value === null ? null : readable(() => decoder.decode(value));
    if (alert !== null && id !== null && value !== null && isAlertId(alert.alertId))
      alerts.push({ ...newAlert(alert, Buffer.from(value), id, await partyNameOf(alert, deps)), offset });
    else alerts.push(undecodable({ topic, partition }, record));
  }
  return alerts;
}

function undecodable({ topic, partition }: Pick<Arrived, "topic" | "partition">, record: ConsumedRecord): Placed {
  const { key, value, offset, timestamp: at } = record;
  return {
    ...newUndecodable(
      { topic, partition, offset: Number(offset) },
      { key: key?.toString("utf8").slice(0, 512) ?? "", value: Buffer.from(value ?? []), at },
    ),
    offset,
  };
}

/** A name's field holds it; of another field of a party the event tells whose it is. */
async function partyNameOf(
  { matches, event, eventSchemaId, sourceTopic }: Alert,
  { schemas }: IngestDeps,
): Promise<string | null> {
  const path = matches[0]?.field.path ?? "";
  if (path.endsWith(".name") || event === null || eventSchemaId === null) return null;
  const decoded = await eventOf(schemas, { topic: sourceTopic, body: event, schemaId: eventSchemaId });
  return decoded === null ? null : partyNameAt(decoded, path);
}

const keyOf = ({ key }: ConsumedRecord): string => storable(key?.toString("utf8") ?? "");

/**
 * One that cannot be read is work, as an alert is: what it held would wait unseen. A CLEAR is not decoded, unless a good guy set a match of
 * it aside, or it is of an event that was held: nearly all are of events that the desk never heard of.
 */
async function decodeDecisions(
  arrived: Arrived,
  deps: IngestDeps,
): Promise<Omit<Extract<Work, { readonly kind: "decisions" }>, "kind">> {
  const { records } = arrived;
  const read = async (record: ConsumedRecord): Promise<DecisionSeen | null> => {
    const { value } = record;
    const schemaId = schemaIdOf(value);
    const decoder = schemaId === null ? null : await deps.schemas.decoder(subjectOf(topics.decisions), schemaId);
    const decision = decoder === null || value === null ? null : readable(() => decoder.decode(value));
    return decision === null || value === null || schemaId === null
      ? null
      : { decision, record: Buffer.from(value), schemaId };
  };
  const clear = records.filter((record) => record.header(decisionHeaders.outcome)?.toString("utf8") === "CLEAR");
  const plain = new Set(clear.filter((record) => record.header(decisionHeaders.setAside) === undefined));
  const seen = new Map<ConsumedRecord, DecisionSeen | null>();
  for (const record of records) if (!plain.has(record)) seen.set(record, await read(record));
  // What is read within the transaction asks nobody for a schema.
  for (const { value } of plain) {
    const schemaId = schemaIdOf(value);
    if (schemaId !== null) await deps.schemas.decoder(subjectOf(topics.decisions), schemaId);
  }
  const cleared = new Set(clear);
  const unread = [...seen]
    .filter(([record, one]) => one === null && record.value !== null && !cleared.has(record))
    .map(([record]) => undecodable(arrived, record));
  const seenFrom = async (tx: Tx, from: bigint): Promise<readonly DecisionSeen[]> => {
    const keys = [...plain].filter(({ offset }) => offset >= from).map(keyOf);
    const { rows } = await tx.query<{ event_id: string }>(
      "SELECT DISTINCT event_id FROM event_case WHERE event_id = ANY($1) AND outcome IS DISTINCT FROM 'CLEAR'",
      [keys],
    );
    const known = new Set(rows.map((row) => row.event_id));
    // A HOLD and what ends it may come in one batch.
    for (const record of seen.keys()) known.add(keyOf(record));
    const found: DecisionSeen[] = [];
    for (const record of records) {
      if (record.offset < from) continue;
      const wanted = plain.has(record) ? known.has(keyOf(record)) : true;
      const one = !wanted ? null : plain.has(record) ? await read(record) : (seen.get(record) ?? null);
      if (one !== null) found.push(one);
    }
    return found;
  };
  return { seen: seenFrom, unread };
}

/** People wait while a batch is decoded and sealed: one of Kafka's is a thousand records and a quarter of a second. */
const atOnce = 250;

function* slicesOf(arrived: Arrived): Generator<Arrived> {
  const { records, nextOffset } = arrived;
  for (let from = 0; from === 0 || from < records.length; from += atOnce) {
    const next = records[from + atOnce];
    yield { ...arrived, records: records.slice(from, from + atOnce), nextOffset: next?.offset ?? nextOffset };
  }
}

/**
 * Takes a batch in, part by part. Calls again while the database or Kafka is away, and beats meanwhile. Ends early when the batch is no
 * longer this member's: whoever has it next begins where this one ended.
 */
export async function ingestWithRetries(arrived: Arrived, deps: IngestDeps, context: BatchContext): Promise<void> {
  const patience: PatienceOptions = { signal: context.signal, onWait: ({ what }) => deps.telemetry.waited({ what }) };
  for (const slice of slicesOf(arrived)) {
    if (context.stale()) return;
    while (!(await isTakenIn(slice, deps, patience))) {
      await context.heartbeat();
      if (context.stale()) return;
      await sleep(500, undefined, { signal: context.signal });
    }
  }
}

/** False while the database or Kafka is away. */
async function isTakenIn(arrived: Arrived, deps: IngestDeps, patience: PatienceOptions): Promise<boolean> {
  try {
    await ingest(arrived, deps, patience);
    return true;
  } catch (error) {
    const what = awaited(error);
    if (what === null) throw error;
    deps.telemetry.waited({ what });
    return false;
  }
}

/** What has to come back before the same is tried again; null: that would not help. */
function awaited(error: unknown): string | null {
  if (error instanceof Refusal) return error.code === "STORE_UNAVAILABLE" ? "the database" : null;
  return dispositionOf(error) === "retry" ? "Kafka" : null;
}

/**
 * Reads what stands between the database's positions and the group's: after a restore from a backup the group is ahead of it, and what it
 * has passed would never come again.
 */
export async function catchUp(
  kafka: Pick<KafkaClient, "admin" | "reader">,
  { groupId, names }: { readonly groupId: string; readonly names: readonly string[] },
  { deps, patience }: { readonly deps: IngestDeps; readonly patience: PatienceOptions },
): Promise<number> {
  const admin = await kafka.admin();
  const ranges: OffsetRange[] = [];
  try {
    for (const { topic, partition, start, committed } of await admin.survey(groupId, names)) {
      const { rows } = await deps.database.query<{ next_offset: number }>(
        "SELECT next_offset FROM kafka_position WHERE topic = $1 AND partition = $2",
        [topic, partition],
      );
      const kept = BigInt(rows[0]?.next_offset ?? 0);
      const from = kept > start ? kept : start;
      if (committed !== null && committed > from) ranges.push({ topic, partition, from, to: committed });
    }
  } catch (error) {
    // There is no such topic yet, so nothing of it was passed.
    if (!(error instanceof CordonError) || (error.code !== "TOPIC_UNSUITABLE" && error.code !== "TOPIC_ABSENT"))
      throw error;
  } finally {
    await admin.close();
  }
  if (ranges.length === 0) return 0;
  let read = 0;
  const reader = await kafka.reader();
  try {
    await reader.read(ranges, async ({ topic, partition, records }) => {
      const last = records.at(-1);
      if (last === undefined) return;
      read += records.length;
      for (const slice of slicesOf({ topic, partition, records, nextOffset: last.offset + 1n }))
        await ingest(slice, deps, patience);
    });
  } finally {
    await reader.close();
  }
  return read;
}
