import { createRequire } from "node:module";

import type { KafkaMessage } from "kafkajs";

import { abortedTracker } from "../aborted-transactions.ts";
import { unpackedRecords } from "../codecs.ts";
import type { ConsumedRecord } from "../port.ts";
import { type Batch, readRecords, type RecordFields, RecordView, wholeBatches } from "../read-batches.ts";

/*
 * Reads what a fetch brought in the place of kafkajs 2.2.4 (`protocol/requests/fetch/v4/decodeMessages.js`), which makes a dozen objects
 * of each record, writes its offset and timestamp as text, fails above some 120,000 records in one batch, and verifies no checksum.
 */

/**
 * A record as kafkajs takes it from its decoder, and as the port hands it out: one object for both. Its offset is a bigint, which
 * kafkajs's own numbers take like a text.
 */
export class FetchedRecord extends RecordView {
  /** Never handed out: a marker of a transaction, or a record of an aborted one. */
  isControlRecord: boolean;
  readonly batch: Batch;

  constructor(bytes: Buffer, batch: Batch, fields: RecordFields) {
    super(bytes, batch.baseOffset, fields);
    this.isControlRecord = batch.isControl;
    this.batch = batch;
  }
}

/** The side of kafkajs's decoder that is used. */
interface Decoder {
  readInt32(): number;
  canReadBytes(count: number): boolean;
  readBytes(count: number): Buffer;
}

/** The records of all whole batches; the fetch may have cut off the last one. Throws CONTRACT_VIOLATED. */
export function decodeFetched(decoder: Decoder): readonly FetchedRecord[] {
  const size = decoder.readInt32();
  const records: FetchedRecord[] = [];
  if (size <= 0 || !decoder.canReadBytes(size)) return records;
  for (const batch of wholeBatches(decoder.readBytes(size)))
    readRecords(batch, unpackedRecords(batch), (of, fields) => {
      records.push(new FetchedRecord(of, batch, fields));
    });
  return records;
}

/** What kafkajs hands out of a fetch is what `decodeFetched` made. */
export const recordsOf = (messages: readonly KafkaMessage[]): readonly ConsumedRecord[] =>
  messages as readonly unknown[] as readonly FetchedRecord[];

/** Puts the decoder in the place of kafkajs's own, which is loaded when the first fetch is made. */
export function readFetchesOurselves(): void {
  const load = createRequire(import.meta.url);
  const path = load.resolve("kafkajs/src/protocol/requests/fetch/v4/decodeMessages.js");
  load(path);
  const cached = load.cache[path];
  if (cached === undefined) throw new Error("kafkajs's decoder of fetches is not where it was");
  cached.exports = async (decoder: Decoder) => Promise.resolve(decodeFetched(decoder));
}

/** What one partition has in a fetch's answer. */
export interface FetchedPartition {
  readonly messages?: readonly FetchedRecord[];
  abortedTransactions?: readonly { readonly producerId: string; readonly firstOffset: string }[] | null;
}

/**
 * Hides the records of aborted transactions, as Kafka's own consumer does. kafkajs 2.2.4 does it wrongly
 * (`filterAbortedMessages.js`): it takes the list, which is in the order in which transactions ended, for one in the order
 * in which they began, enters one of them a record, and takes any record whose key is four zero bytes for a marker. So
 * where transactions of several producers overlap, as they do in topics written exactly once, it hands out records that
 * were never committed.
 *
 * Records are hidden and not removed: the consumer must read on behind them.
 */
export function hideAborted(partition: FetchedPartition): void {
  const { messages = [] } = partition;
  const aborted = partition.abortedTransactions ?? [];
  if (aborted.length === 0) return;
  const isAborted = abortedTracker(
    aborted.map(({ producerId, firstOffset }) => ({
      producerId: BigInt(producerId),
      firstOffset: BigInt(firstOffset),
    })),
  );
  let batch: Batch | null = null;
  let hidden = false;
  for (const record of messages) {
    if (record.batch !== batch) {
      ({ batch } = record);
      hidden = isAborted(batch);
    }
    if (hidden) record.isControlRecord = true;
  }
  partition.abortedTransactions = [];
}
