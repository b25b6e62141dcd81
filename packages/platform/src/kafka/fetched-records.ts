import { createRequire } from "node:module";

import type { AbortedTransaction } from "./aborted-records.ts";
import type { ConsumedRecord } from "./port.ts";
import { readVarint } from "./varint.ts";

/*
 * Reads what a fetch brought in the place of kafkajs 2.2.4 (`protocol/requests/fetch/v4/decodeMessages.js`), which makes a dozen objects
 * of each record, writes its offset and timestamp as text, and fails above some 120,000 records in one batch. Record batches of
 * format 2: kafka.apache.org/documentation/#recordbatch. The checksum is not looked at, as kafkajs does not.
 */

const at = {
  length: 8,
  magic: 16,
  attributes: 21,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  count: 57,
  records: 61,
} as const;
/** `length` counts from behind itself. */
const lengthFrom = 12;
const codecMask = 0b111;
const logAppendTime = 0b1000;
const transactionalBit = 0b1_0000;
const controlBit = 0b10_0000;

/** What kafkajs asks of the batch a record came in. */
interface BatchContext {
  readonly producerId: AbortedTransaction["producerId"];
  readonly inTransaction: boolean;
}

/** A record's fields and where its key and value stand in `bytes`; a length is -1 where there is none. */
interface RecordFields {
  readonly offset: bigint;
  readonly timestamp: number;
  readonly isControl: boolean;
  readonly batchContext: BatchContext;
  readonly bytes: Buffer;
  readonly keyAt: number;
  readonly keyLength: number;
  readonly valueAt: number;
  readonly valueLength: number;
}

/**
 * A record as kafkajs takes it from its decoder, and as the port hands it out: one object for both. Its offset is a bigint, which
 * kafkajs's own numbers take like a text. A class, so that the getters exist once.
 */
export class FetchedRecord implements ConsumedRecord {
  readonly offset: bigint;
  readonly timestamp: number;
  /** Never handed out: a marker of a transaction, or a record of an aborted one. */
  isControlRecord: boolean;
  readonly batchContext: BatchContext;
  readonly #bytes: Buffer;
  readonly #keyAt: number;
  readonly #keyLength: number;
  readonly #valueAt: number;
  readonly #valueLength: number;
  #value: Buffer | null | undefined = undefined;

  constructor(fields: RecordFields) {
    this.offset = fields.offset;
    this.timestamp = fields.timestamp;
    this.isControlRecord = fields.isControl;
    this.batchContext = fields.batchContext;
    this.#bytes = fields.bytes;
    this.#keyAt = fields.keyAt;
    this.#keyLength = fields.keyLength;
    this.#valueAt = fields.valueAt;
    this.#valueLength = fields.valueLength;
  }

  get key(): Buffer | null {
    return this.#keyLength < 0 ? null : this.#bytes.subarray(this.#keyAt, this.#keyAt + this.#keyLength);
  }

  get value(): Buffer | null {
    if (this.#value === undefined) {
      const end = this.#valueAt + this.#valueLength;
      this.#value = this.#valueLength < 0 ? null : this.#bytes.subarray(this.#valueAt, end);
    }
    return this.#value;
  }

  header(name: string): Buffer | undefined {
    const bytes = this.#bytes;
    const cursor = { at: this.#valueAt + Math.max(0, this.#valueLength) };
    let found: Buffer | undefined;
    for (let left = readVarint(bytes, cursor); left > 0; left--) {
      const nameLength = readVarint(bytes, cursor);
      const isIt = bytes.toString("utf8", cursor.at, cursor.at + nameLength) === name;
      cursor.at += nameLength;
      const length = readVarint(bytes, cursor);
      if (isIt) found = length < 0 ? undefined : bytes.subarray(cursor.at, cursor.at + length);
      cursor.at += Math.max(0, length);
    }
    return found;
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
    if (size > at.magic && decoder.buffer.readInt8(decoder.offset + at.magic) !== 2) {
      decoder.offset = start;
      return others(decoder);
    }
    return recordsOf(decoder.readBytes(size), decompress);
  };
}

/** All whole batches; the fetch may have cut off the last one. */
async function recordsOf(bytes: Buffer, decompress: Decompress): Promise<readonly FetchedRecord[]> {
  const records: FetchedRecord[] = [];
  for (let start = 0; start + at.records <= bytes.length;) {
    const end = start + lengthFrom + bytes.readInt32BE(start + at.length);
    if (end > bytes.length || end < start + at.records) break;
    if (bytes.readInt8(start + at.magic) !== 2) throw new Error("an older format behind record batches");
    const batch = bytes.subarray(start, end);
    const attributes = batch.readInt16BE(at.attributes);
    const isPlain = (attributes & codecMask) === 0;
    const from = isPlain ? at.records : 0;
    readBatch(batch, isPlain ? batch : await decompress(attributes, batch.subarray(at.records)), {
      from,
      into: records,
    });
    start = end;
  }
  return records;
}

/** `records`: the bytes that hold them, from `from` on. */
function readBatch(
  batch: Buffer,
  records: Buffer,
  { from, into }: { readonly from: number; readonly into: FetchedRecord[] },
): void {
  const attributes = batch.readInt16BE(at.attributes);
  const isControl = (attributes & controlBit) !== 0;
  const batchContext: BatchContext = {
    producerId: batch.readBigInt64BE(at.producerId).toString(),
    inTransaction: (attributes & transactionalBit) !== 0,
  };
  const baseOffset = batch.readBigInt64BE(0);
  const stamped = (attributes & logAppendTime) === 0 ? null : Number(batch.readBigInt64BE(at.maxTimestamp));
  const baseTimestamp = Number(batch.readBigInt64BE(at.baseTimestamp));
  const cursor = { at: from };
  for (let left = batch.readInt32BE(at.count); left > 0; left--) {
    const length = readVarint(records, cursor);
    const end = cursor.at + length;
    if (length < 0 || end > records.length) throw new Error("a record is longer than its batch");
    // The attributes of a single record are unused.
    cursor.at += 1;
    const timestamp = baseTimestamp + readVarint(records, cursor);
    const offset = baseOffset + BigInt(readVarint(records, cursor));
    const keyLength = readVarint(records, cursor);
    const keyAt = cursor.at;
    cursor.at += Math.max(0, keyLength);
    const valueLength = readVarint(records, cursor);
    const valueAt = cursor.at;
    if (valueAt + valueLength > end) throw new Error("a record's value is longer than the record");
    const place = { bytes: records, keyAt, keyLength, valueAt, valueLength };
    into.push(new FetchedRecord({ offset, timestamp: stamped ?? timestamp, isControl, batchContext, ...place }));
    cursor.at = end;
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
    if (codec === null) throw new Error(`a record batch in an unknown codec: ${String(attributes & codecMask)}`);
    return codec.decompress(compressed);
  };
  const cached = load.cache[path];
  if (cached === undefined) throw new Error("kafkajs's decoder of fetches is not where it was");
  cached.exports = fetchDecoder(others, decompress);
}
