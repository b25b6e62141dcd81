import type { ConsumedRecord } from "../port.ts";
import {
  type Batch,
  codecMask,
  markerOf,
  packedRecords,
  readRecords,
  RecordView,
  unreadable,
  wholeBatches,
} from "../read-batches.ts";
import { unpackerOf } from "./batch-codecs.ts";

/** A transaction that was given up: what this producer wrote from that offset on, up to its marker, never happened. */
export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

export interface DecodedRecords {
  readonly records: readonly ConsumedRecord[];
  /** Where to read on: after the last whole batch, whether its records are to be seen or not. */
  readonly nextOffset: bigint;
}

export interface DecodeOptions {
  /** Where the fetch began; a batch may begin before it. */
  readonly from: bigint;
  readonly aborted: readonly AbortedTransaction[];
}

/**
 * The records of a fetch that a reader of committed records may see, as views into `bytes`. What is left of a batch that the
 * fetch cut off is ignored. Throws CONTRACT_VIOLATED.
 */
export function decodeRecords(bytes: Buffer, { from, aborted }: DecodeOptions): DecodedRecords {
  const records: ConsumedRecord[] = [];
  const isAborted = abortedTracker(aborted);
  let nextOffset = from;
  for (const batch of wholeBatches(bytes)) {
    const { baseOffset, lastOffset } = batch;
    if (lastOffset >= nextOffset) nextOffset = lastOffset + 1n;
    if (isAborted(batch) || batch.isControl) continue;
    const skipBefore = Number(from - baseOffset);
    readRecords(batch, unpacked(batch), (of, fields) => {
      if (fields.offsetDelta >= skipBefore) records.push(new RecordView(of, baseOffset, fields));
    });
  }
  return { records, nextOffset };
}

/**
 * Tells of each batch, in order, whether its transaction was aborted. A producer counts as aborted from the first
 * offset that the broker names to its marker, and again from the next one: it may abort several times in one fetch,
 * and the marker may lie beyond its end.
 */
function abortedTracker(aborted: readonly AbortedTransaction[]): (batch: Batch) => boolean {
  if (aborted.length === 0) return () => false;
  const waiting = aborted.toSorted((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const producers = new Set<bigint>();
  let next = 0;
  return (batch) => {
    const { lastOffset, producerId } = batch;
    for (let one = waiting[next]; one !== undefined && one.firstOffset <= lastOffset; one = waiting[next]) {
      producers.add(one.producerId);
      next += 1;
    }
    if (batch.isControl) {
      if (markerOf(batch) === "abort") producers.delete(producerId);
      return false;
    }
    return batch.inTransaction && producers.has(producerId);
  };
}

/** Null where the records are not packed. */
function unpacked(batch: Batch): Buffer | null {
  const { attributes, baseOffset } = batch;
  if ((attributes & codecMask) === 0) return null;
  const unpack = unpackerOf(attributes);
  if (unpack === null) throw unreadable("its codec is unknown", baseOffset);
  try {
    return unpack(packedRecords(batch));
  } catch (error) {
    throw unreadable(`it does not unpack: ${error instanceof Error ? error.message : "no reason given"}`, baseOffset);
  }
}
