import { type Policy, type ScreenableEvent, screenEvent } from "@cordon/decisions";
import type { HoldReason } from "@cordon/errors";
import type { ConsumedRecord, OutRecord, Producer, Reader, RecordsRead } from "@cordon/kafka";
import { isCanary } from "@cordon/schemas";
import { type EventReaders, keyText, type OutputFormat, outputsOf } from "@cordon/screening";
import type { PatienceOptions } from "@cordon/service";

import type { IndexInUse } from "./index-in-use.ts";
import { hashOf, type Positions, type Waiting } from "./positions.ts";

/** What became of the events that were read again. */
export interface RescreenCounts {
  clear: number;
  hit: number;
  readonly held: Map<HoldReason, number>;
  /** Still no event that can be read. */
  undecodable: number;
  canaries: number;
  /** Decisions that are new: written, unless nothing is to be. */
  written: number;
  /** Events of which nothing is written, for they are held still for the same reason; null where nobody asked for events by their ids: of all they may be many. */
  readonly heldStill: string[] | null;
}

/** Where decisions go, and how they are written. */
export interface Sink {
  readonly producer: Producer;
  readonly format: OutputFormat;
}

export interface ScreenAgainDeps {
  readonly reader: Reader;
  readonly readers: EventReaders;
  readonly index: IndexInUse;
  readonly policy: Policy;
  /** Null: nothing is written. */
  readonly sink: Sink | null;
  readonly patience: PatienceOptions;
  readonly clock: () => number;
  /** Ids that were asked for; absent or empty: whatever waits. */
  readonly events?: readonly string[];
  readonly onRead: (records: number) => void;
}

/** Places whose ranges are read by one call: their ranges fit into memory, and a call's start does not weigh. */
const piece = 100_000;

/**
 * Reads what waits again from where it came, screens it, and writes what is decided otherwise than before. What is still held
 * for the same reason is not written again. Afterwards `positions` has what could not be read again, for its record is not there any more.
 */
export async function screenAgain(positions: Positions, deps: ScreenAgainDeps): Promise<RescreenCounts> {
  const heldStill = (deps.events ?? []).length === 0 ? null : [];
  const tally: RescreenCounts = {
    clear: 0,
    hit: 0,
    held: new Map(),
    undecodable: 0,
    canaries: 0,
    written: 0,
    heldStill,
  };
  for (const ranges of positions.pieces(piece))
    await deps.reader.read(ranges, (batch) => screenBatchAgain(batch, { ...deps, positions, tally }));
  return tally;
}

type BatchDeps = ScreenAgainDeps & { readonly positions: Positions; readonly tally: RescreenCounts };

async function screenBatchAgain(batch: RecordsRead, deps: BatchDeps): Promise<void> {
  const { positions, tally } = deps;
  const { topic, partition, records } = batch;
  deps.onRead(records.length);
  const read = await deps.readers.forBatch(batch, deps.patience);
  const outputs: OutRecord[] = [];
  for (const record of records) {
    const waiting = positions.get({ topic, partition }, Number(record.offset));
    if (waiting === undefined) continue;
    const { event } = read(record);
    if (!isTheOne(waiting, record, event)) continue;
    positions.delete({ topic, partition }, Number(record.offset));
    if (event === null) {
      tally.undecodable += 1;
      tally.heldStill?.push(keyText(record) ?? "");
    } else if (isCanary(event.eventId, record)) tally.canaries += 1;
    else outputs.push(...decideAgain(event, record, { ...deps, source: { topic, partition }, waiting }));
  }
  if (outputs.length > 0) await deps.sink?.producer.send(outputs);
}

/** Whoever has waited for so long waits for the answer, not for the time: `decideBy` is not asked. */
function decideAgain(
  event: ScreenableEvent,
  record: ConsumedRecord,
  deps: BatchDeps & { readonly source: { topic: string; partition: number }; readonly waiting: Waiting },
): readonly OutRecord[] {
  const { index, policy, sink, source, tally, waiting } = deps;
  const at = deps.clock();
  const indexAge = index.age(at);
  const outcome = screenEvent({ ...event, decideBy: null, createdAt: null }, index.generation.index, policy, {
    indexAge,
    at,
  });
  switch (outcome.kind) {
    case "clear":
      tally.clear += 1;
      break;
    case "hit":
      tally.hit += 1;
      break;
    case "hold":
      tally.held.set(outcome.reason, (tally.held.get(outcome.reason) ?? 0) + 1);
      if (outcome.reason === waiting.reason) {
        tally.heldStill?.push(event.eventId);
        return [];
      }
      break;
  }
  tally.written += 1;
  if (sink === null) return [];
  const screening = { generation: index.generation, policy, indexAge };
  return outputsOf(record, { kind: "screened", event, outcome, at }, { source, screening, format: sink.format });
}

/** An undecodable record was held under its key. */
function isTheOne({ idHash }: Waiting, record: ConsumedRecord, event: ScreenableEvent | null): boolean {
  return (event !== null && hashOf(event.eventId) === idHash) || hashOf(keyText(record) ?? "") === idHash;
}
