import { type Policy, type ScreenableEvent, screenEvent, type ScreeningOutcome } from "@cordon/decisions";
import type { ConsumedRecord, RecordsRead } from "@cordon/kafka";
import type { ScreeningIndex } from "@cordon/matching";
import { type EventParts, isCanary, openRow } from "@cordon/schemas";
import { clearByParts, type ClearParts, type EventReaders, type ReadRecord } from "@cordon/screening";
import type { PatienceOptions } from "@cordon/service";

import { type ShadowTally, tallyClear, tallyEvent } from "./tally.ts";

/** One way to screen. */
export interface Side {
  readonly policy: Policy;
  readonly index: ScreeningIndex;
  /** What is known of parts of events this way. */
  readonly clearParts: ClearParts;
}

export interface ShadowBatchDeps {
  readonly readers: EventReaders;
  readonly a: Side;
  readonly b: Side;
  /** By `topic/partition/offset`: events that people judged to be the listed party. */
  readonly trueMatches: ReadonlySet<string>;
  readonly tally: ShadowTally;
  readonly patience: PatienceOptions;
  /** Reused from batch to batch. */
  readonly parts: EventParts;
}

/** Screens the events of a batch both ways, and counts what differs. Deadlines and the age of the lists are not asked. */
export async function shadowBatch(batch: RecordsRead, deps: ShadowBatchDeps): Promise<void> {
  const { parts, tally, a, b } = deps;
  const read = await deps.readers.forBatch(batch, deps.patience);
  parts.records = 0;
  for (const record of batch.records) findParts(record, read, parts);
  for (const [row, record] of batch.records.entries()) {
    const isClear = ({ clearParts }: Side): boolean =>
      clearByParts(
        { parts, clearParts, indexAge: 0 },
        { value: record.value, reader: read.partsReader(record) },
        { row, at: Number.NEGATIVE_INFINITY },
      ) !== null;
    const clear = { a: isClear(a), b: isClear(b) };
    if (clear.a && clear.b) tallyClear(tally, record.timestamp);
    else screenBoth(record, read, { ...deps, batch, clear });
  }
}

function findParts(record: ConsumedRecord, read: ReadRecord, parts: EventParts): void {
  const reader = read.partsReader(record);
  if (reader === null || record.value === null) openRow(parts);
  else reader.read(record.value, parts);
}

function screenBoth(
  record: ConsumedRecord,
  read: ReadRecord,
  deps: ShadowBatchDeps & {
    readonly batch: RecordsRead;
    readonly clear: { readonly a: boolean; readonly b: boolean };
  },
): void {
  const { tally, batch, clear, trueMatches } = deps;
  const { event } = read(record);
  if (event === null) {
    tally.undecodable += 1;
    return;
  }
  if (isCanary(event.eventId, record)) {
    tally.canaries += 1;
    return;
  }
  const place = `${batch.topic}/${String(batch.partition)}/${String(record.offset)}`;
  const { eventId, rail } = event;
  tallyEvent(
    tally,
    { eventId, rail, place, timestamp: record.timestamp },
    {
      a: clear.a ? clearOf(event) : screen(event, deps.a),
      b: clear.b ? clearOf(event) : screen(event, deps.b),
      isTrue: trueMatches.has(place),
    },
  );
}

function screen(event: ScreenableEvent, { index, policy }: Side): ScreeningOutcome {
  return screenEvent({ ...event, decideBy: null, createdAt: null }, index, policy, { indexAge: 0, at: 0 });
}

function clearOf({ eventId }: ScreenableEvent): ScreeningOutcome {
  return { kind: "clear", eventId, fieldsScreened: 0, fieldsLeftOut: 0, told: [], setAside: [] };
}
