import type { Policy } from "@cordon/decisions";
import { toAlert } from "@cordon/decisions";
import type { ConsumedRecord, OutRecord, RecordsRead } from "@cordon/kafka";
import { type Alert, isCanary, schemaIdOf, wireHeaderBytes } from "@cordon/schemas";
import type { EventReaders, FastPath, IndexGeneration, OutputFormat, ReadRecord } from "@cordon/screening";
import type { PatienceOptions } from "@cordon/service";

import type { ComparedIndexes } from "../changes/compared-indexes.ts";
import { type Hit, newFindings } from "../changes/new-findings.ts";
import type { LookBackCounts } from "./plan.ts";

export interface LookAtBatchDeps {
  readonly readers: EventReaders;
  readonly indexes: ComparedIndexes;
  /** Under the changed entries. */
  readonly fastPath: FastPath;
  readonly policy: Policy;
  /** The whole new index, as alerts name it. */
  readonly generation: IndexGeneration;
  readonly lookBackId: string;
  /** Null: nothing is written. */
  readonly format: OutputFormat | null;
  readonly counts: LookBackCounts;
  readonly patience: PatienceOptions;
  readonly clock: () => number;
}

/**
 * Looks at the events of a batch again, and answers the alerts to be written. An event each of whose parts is clear of the changed entries
 * is not read in full: the screeners' own fast path.
 */
export async function lookAtBatch(batch: RecordsRead, deps: LookAtBatchDeps): Promise<readonly OutRecord[]> {
  const { records } = batch;
  const { counts, fastPath } = deps;
  const read = await deps.readers.forBatch(batch, deps.patience);
  const outputs: OutRecord[] = [];
  for (const record of records) {
    counts.events += 1;
    const reader = read.partsReader(record);
    // It is long too late for any deadline.
    if (fastPath.tryClear({ value: record.value, reader, at: Number.NEGATIVE_INFINITY }) !== null) continue;
    const alert = lookAt(record, read, { ...deps, batch });
    if (alert !== null) outputs.push(alert);
  }
  return outputs;
}

function lookAt(
  record: ConsumedRecord,
  read: ReadRecord,
  deps: LookAtBatchDeps & { readonly batch: RecordsRead },
): OutRecord | null {
  const { counts, indexes, policy } = deps;
  const { event } = read(record);
  if (event === null) {
    counts.undecodable += 1;
    return null;
  }
  if (isCanary(event.eventId, record)) {
    counts.canaries += 1;
    return null;
  }
  const looked = newFindings(event, indexes, policy);
  if (looked.kind === "not-screened") counts.notScreened[looked.reason] = (counts.notScreened[looked.reason] ?? 0) + 1;
  if (looked.kind !== "found") return null;
  counts.found += 1;
  counts.matches += looked.hit.matches.length;
  if (deps.format === null) return null;
  const { encoder, schemaId } = deps.format.alerts;
  const alert = alertOf(looked.hit, { ...deps, event, record });
  return {
    topic: deps.format.topics.alerts,
    key: Buffer.from(event.eventId, "utf8"),
    value: encoder.encode(alert, schemaId),
  };
}

/** The event may be large; beside the matches a record must hold it. */
const mostEventBytes = 100_000;

function alertOf(
  hit: Hit,
  {
    generation,
    policy,
    batch,
    lookBackId,
    clock,
    event,
    record,
  }: LookAtBatchDeps & {
    readonly batch: RecordsRead;
    readonly event: Parameters<typeof toAlert>[1];
    readonly record: ConsumedRecord;
  },
): Alert {
  const alert = toAlert(hit, event, {
    source: { topic: batch.topic, partition: batch.partition, offset: record.offset },
    index: generation.stamp,
    engineVersion: generation.index.engineVersion,
    policyVersion: policy.version,
    at: clock(),
  });
  return { ...alert, origin: "LOOK_BACK", lookBackId, ...eventBytes(record) };
}

/** The event's Avro body and the schema it was written with, for whoever judges when Kafka has forgotten it. */
function eventBytes({ value }: ConsumedRecord): Pick<Alert, "event" | "eventSchemaId"> {
  const id = schemaIdOf(value);
  if (value === null || typeof id !== "number" || value.length > mostEventBytes)
    return { event: null, eventSchemaId: null };
  return { event: value.subarray(wireHeaderBytes), eventSchemaId: id };
}
