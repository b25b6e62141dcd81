import { type Policy, type ScreenableEvent, screenEvent, type ScreeningOutcome } from "@cordon/decisions";
import type { ConsumedRecord, RecordsRead } from "@cordon/kafka";
import type { ScreeningIndex } from "@cordon/matching";
import { isCanary } from "@cordon/schemas";
import type { EventReaders, FastPath, ReadRecord } from "@cordon/screening";
import type { PatienceOptions } from "@cordon/service";

import { type ShadowTally, tallyClear, tallyEvent } from "./tally.ts";

/** One way to screen. */
export interface Side {
  readonly policy: Policy;
  readonly index: ScreeningIndex;
  readonly fastPath: FastPath;
}

export interface ShadowBatchDeps {
  readonly readers: EventReaders;
  readonly a: Side;
  readonly b: Side;
  /** By `topic/partition/offset`: events that people judged to be the listed party. */
  readonly trueMatches: ReadonlySet<string>;
  readonly tally: ShadowTally;
  readonly patience: PatienceOptions;
}

/** Screens the events of a batch both ways, and counts what differs. Deadlines and the age of the lists are not asked. */
export async function shadowBatch(batch: RecordsRead, deps: ShadowBatchDeps): Promise<void> {
  const { tally, a, b } = deps;
  const read = await deps.readers.forBatch(batch, deps.patience);
  for (const record of batch.records) {
    const toClear = { value: record.value, reader: read.partsReader(record), at: Number.NEGATIVE_INFINITY };
    const isClear = ({ fastPath }: Side): boolean => fastPath.tryClear(toClear) !== null;
    const clear = { a: isClear(a), b: isClear(b) };
    if (clear.a && clear.b) tallyClear(tally, record.timestamp);
    else screenBoth(record, read, { ...deps, batch, clear });
  }
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
