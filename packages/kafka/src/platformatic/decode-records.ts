import { type AbortedTransaction, abortedTracker } from "../aborted-transactions.ts";
import { unpackedRecords } from "../codecs.ts";
import type { ConsumedRecord } from "../port.ts";
import { readRecords, RecordView, wholeBatches } from "../read-batches.ts";

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
    readRecords(batch, unpackedRecords(batch), (of, fields) => {
      if (fields.offsetDelta >= skipBefore) records.push(new RecordView(of, baseOffset, fields));
    });
  }
  return { records, nextOffset };
}
