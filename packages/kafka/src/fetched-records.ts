import { createRequire } from "node:module";

import type { AbortedTransaction } from "./aborted-records.ts";
import {
  type Batch,
  codecMask,
  formatOf,
  packedRecords,
  readRecords,
  type RecordFields,
  RecordView,
  unreadable,
  wholeBatches,
} from "./read-batches.ts";

/*
 * Reads what a fetch brought in the place of kafkajs 2.2.4 (`protocol/requests/fetch/v4/decodeMessages.js`), which makes a dozen objects
 * of each record, writes its offset and timestamp as text, fails above some 120,000 records in one batch, and verifies no checksum.
 */

/** What kafkajs asks of the batch a record came in. */
interface BatchContext {
  readonly producerId: AbortedTransaction["producerId"];
  readonly inTransaction: boolean;
}

/**
 * A record as kafkajs takes it from its decoder, and as the port hands it out: one object for both. Its offset is a bigint, which
 * kafkajs's own numbers take like a text.
 */
export class FetchedRecord extends RecordView {
  /** Never handed out: a marker of a transaction, or a record of an aborted one. */
  isControlRecord: boolean;
  readonly batchContext: BatchContext;

  constructor(bytes: Buffer, batch: Batch, { fields, context }: { fields: RecordFields; context: BatchContext }) {
    super(bytes, batch.baseOffset, fields);
    this.isControlRecord = batch.isControl;
    this.batchContext = context;
  }
}

/** The side of kafkajs's decoder that is used. */
interface Decoder {
  offset: number;
  readonly buffer: Buffer;
  readInt32(): number;
  canReadBytes(count: number): boolean;
  readBytes(count: number): Buffer;
}

type DecodeMessages = (decoder: Decoder) => Promise<readonly unknown[]>;
type Decompress = (attributes: number, compressed: Buffer) => Promise<Buffer>;

/** Reads record batches itself, and leaves older formats to `others`. */
export function fetchDecoder(others: DecodeMessages, decompress: Decompress): DecodeMessages {
  return async (decoder) => {
    const start = decoder.offset;
    const size = decoder.readInt32();
    if (size <= 0 || !decoder.canReadBytes(size)) return [];
    const format = formatOf(decoder.buffer.subarray(decoder.offset, decoder.offset + size));
    if (format === 0 || format === 1) {
      decoder.offset = start;
      return others(decoder);
    }
    return recordsOf(decoder.readBytes(size), decompress);
  };
}

/** All whole batches; the fetch may have cut off the last one. */
async function recordsOf(bytes: Buffer, decompress: Decompress): Promise<readonly FetchedRecord[]> {
  const records: FetchedRecord[] = [];
  for (const batch of wholeBatches(bytes)) {
    const isPlain = (batch.attributes & codecMask) === 0;
    const unpacked = isPlain ? null : await unpack(batch, decompress);
    const { producerId, inTransaction } = batch;
    const context: BatchContext = { producerId: producerId.toString(), inTransaction };
    readRecords(batch, unpacked, (of, fields) => {
      records.push(new FetchedRecord(of, batch, { fields, context }));
    });
  }
  return records;
}

async function unpack(batch: Batch, decompress: Decompress): Promise<Buffer> {
  try {
    return await decompress(batch.attributes, packedRecords(batch));
  } catch (error) {
    throw unreadable(
      `it does not unpack: ${error instanceof Error ? error.message : "no reason given"}`,
      batch.baseOffset,
    );
  }
}

/** Puts the decoder in the place of kafkajs's own, which is loaded when the first fetch is made. */
export function readFetchesOurselves(): void {
  const load = createRequire(import.meta.url);
  const path = load.resolve("kafkajs/src/protocol/requests/fetch/v4/decodeMessages.js");
  const others = load(path) as DecodeMessages;
  const { lookupCodecByAttributes } = load("kafkajs/src/protocol/message/compression/index.js") as {
    lookupCodecByAttributes: (attributes: number) => { decompress(compressed: Buffer): Promise<Buffer> } | null;
  };
  const decompress: Decompress = (attributes, compressed) => {
    const codec = lookupCodecByAttributes(attributes);
    if (codec === null) throw new Error(`its codec ${String(attributes & codecMask)} is unknown`);
    return codec.decompress(compressed);
  };
  const cached = load.cache[path];
  if (cached === undefined) throw new Error("kafkajs's decoder of fetches is not where it was");
  cached.exports = fetchDecoder(others, decompress);
}
