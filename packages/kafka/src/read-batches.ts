import { CordonError } from "@cordon/errors";

import { crc32c } from "./crc32c.ts";
import type { ConsumedRecord } from "./port.ts";
import { type Cursor, readVarint } from "./varint.ts";

/*
 * Reads record batches of format 2 as brokers hand them out (KIP-98, `DefaultRecordBatch` of Kafka's own source), for both
 * adapters. Nothing of a batch is believed before its checksum was verified, and no length that leads out of what holds it: a
 * batch that is damaged halts the process, for to skip it would be to skip payments.
 */

/** Where the fields of a batch stand. What comes before `attributes` is not covered by the checksum. */
const at = {
  baseOffset: 0,
  length: 8,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  count: 57,
  records: 61,
} as const;

/** `length` counts from behind itself. */
const lengthFrom = 12;
const logAppendTime = 0b1000;
const transactionalBit = 0b1_0000;
const controlBit = 0b10_0000;
/** The bits of a batch's attributes that name its codec. */
export const codecMask = 0b111;

/**
 * Refuses a batch. kafkajs asks `retriable` whether to try again, and takes the innermost cause for the error: there is none,
 * so that this one comes through.
 */
export function unreadable(why: string, offset: bigint): CordonError {
  const error = new CordonError("CONTRACT_VIOLATED", `a record batch cannot be read: ${why}`, {
    details: { offset: String(offset) },
  });
  return Object.assign(error, { retriable: false });
}

/** A whole batch, its checksum verified. */
export interface Batch {
  readonly bytes: Buffer;
  readonly attributes: number;
  readonly baseOffset: bigint;
  readonly lastOffset: bigint;
  readonly producerId: bigint;
  readonly inTransaction: boolean;
  /** It holds a marker of a transaction and no record that anybody sees. */
  readonly isControl: boolean;
}

/**
 * The whole batches in what a fetch brought, in order; it may have cut the last one off. The format is looked at first: an older
 * one may be shorter than the head of a batch, and would be taken for one that is cut off for ever. Throws CONTRACT_VIOLATED.
 */
export function* wholeBatches(fetched: Buffer): Generator<Batch, void, undefined> {
  for (let start = 0; start + at.magic < fetched.length;) {
    const baseOffset = fetched.readBigInt64BE(start + at.baseOffset);
    const magic = fetched.readInt8(start + at.magic);
    if (magic !== 2) throw unreadable(`its format is ${String(magic)}, only 2 is known`, baseOffset);
    const length = fetched.readInt32BE(start + at.length);
    if (length < at.records - lengthFrom) throw unreadable(`its length is ${String(length)}`, baseOffset);
    const end = start + lengthFrom + length;
    if (end > fetched.length) return;
    yield verified(fetched.subarray(start, end), baseOffset);
    start = end;
  }
}

function verified(bytes: Buffer, baseOffset: bigint): Batch {
  if (bytes.readUInt32BE(at.crc) !== crc32c(bytes, at.attributes, bytes.length))
    throw unreadable("its checksum is wrong", baseOffset);
  const attributes = bytes.readInt16BE(at.attributes);
  const lastDelta = bytes.readInt32BE(at.lastOffsetDelta);
  if (lastDelta < 0) throw unreadable("it ends before it begins", baseOffset);
  return {
    bytes,
    attributes,
    baseOffset,
    lastOffset: baseOffset + BigInt(lastDelta),
    producerId: bytes.readBigInt64BE(at.producerId),
    inTransaction: (attributes & transactionalBit) !== 0,
    isControl: (attributes & controlBit) !== 0,
  };
}

/** The batch's records as they were sent, still packed. */
export const packedRecords = ({ bytes }: Batch): Buffer => bytes.subarray(at.records);

/** Where the fields of a record stand in the bytes that hold it; a length is -1 where there is none. */
export interface RecordFields {
  readonly offsetDelta: number;
  readonly timestamp: number;
  readonly keyAt: number;
  readonly keyLength: number;
  readonly valueAt: number;
  readonly valueLength: number;
}

/** What is filled anew for each record: one object for a whole batch. */
type FieldsInHand = { -readonly [F in keyof RecordFields]: RecordFields[F] };

/**
 * Reads each record of a batch. `unpacked` holds them, or is null where they are not packed. `take` must keep what it needs of
 * the fields: they are one object. Hot. Throws CONTRACT_VIOLATED.
 */
export function readRecords(
  batch: Batch,
  unpacked: Buffer | null,
  take: (bytes: Buffer, fields: RecordFields) => void,
): void {
  const { bytes: whole, attributes, baseOffset } = batch;
  const bytes = unpacked ?? whole;
  const stamped = (attributes & logAppendTime) === 0 ? null : Number(whole.readBigInt64BE(at.maxTimestamp));
  const baseTimestamp = Number(whole.readBigInt64BE(at.baseTimestamp));
  const lastDelta = whole.readInt32BE(at.lastOffsetDelta);
  const cursor: Cursor = { at: unpacked === null ? at.records : 0 };
  const fields: FieldsInHand = { offsetDelta: 0, timestamp: 0, keyAt: 0, keyLength: 0, valueAt: 0, valueLength: 0 };
  const count = whole.readInt32BE(at.count);
  if (count < 0) throw unreadable(`it counts ${String(count)} records`, baseOffset);
  for (let left = count; left > 0; left--) {
    const length = readVarint(bytes, cursor);
    const end = cursor.at + length;
    if (!(length > 0 && end <= bytes.length)) throw unreadable("a record is longer than its batch", baseOffset);
    // The attributes of a single record are unused.
    cursor.at += 1;
    const timestamp = baseTimestamp + readVarint(bytes, cursor);
    fields.timestamp = stamped ?? timestamp;
    fields.offsetDelta = readVarint(bytes, cursor);
    fields.keyLength = readVarint(bytes, cursor);
    fields.keyAt = cursor.at;
    cursor.at += Math.max(fields.keyLength, 0);
    fields.valueLength = readVarint(bytes, cursor);
    fields.valueAt = cursor.at;
    if (fields.keyLength < -1 || fields.valueLength < -1 || cursor.at + Math.max(fields.valueLength, 0) > end)
      throw unreadable("a record's key or value is longer than the record", baseOffset);
    if (!(fields.offsetDelta >= 0 && fields.offsetDelta <= lastDelta))
      throw unreadable("a record's offset is not of its batch", baseOffset);
    take(bytes, fields);
    cursor.at = end;
  }
  if (cursor.at !== bytes.length) throw unreadable("something stands behind its last record", baseOffset);
}

/** A marker's key is its version and its type, int16 each; null for what is none. */
export function markerOf(batch: Batch): "abort" | "commit" | null {
  let type: number | null = null;
  readRecords(batch, null, (bytes, { keyAt, keyLength }) => {
    type ??= keyLength < 4 ? null : bytes.readInt16BE(keyAt + 2);
  });
  if (type === 0) return "abort";
  return type === 1 ? "commit" : null;
}

/**
 * A view of one record. Positions instead of slices, for most records are read for key and value alone. A class, so that the
 * getters exist once.
 */
export class RecordView implements ConsumedRecord {
  readonly offset: bigint;
  readonly timestamp: number;
  readonly #bytes: Buffer;
  readonly #keyAt: number;
  readonly #keyLength: number;
  readonly #valueAt: number;
  readonly #valueLength: number;
  #value: Buffer | null | undefined = undefined;

  constructor(bytes: Buffer, baseOffset: bigint, fields: RecordFields) {
    this.#bytes = bytes;
    this.offset = baseOffset + BigInt(fields.offsetDelta);
    this.timestamp = fields.timestamp;
    this.#keyAt = fields.keyAt;
    this.#keyLength = fields.keyLength;
    this.#valueAt = fields.valueAt;
    this.#valueLength = fields.valueLength;
  }

  get key(): Buffer | null {
    return slice(this.#bytes, this.#keyAt, this.#keyLength);
  }

  get value(): Buffer | null {
    if (this.#value === undefined) this.#value = slice(this.#bytes, this.#valueAt, this.#valueLength);
    return this.#value;
  }

  header(name: string): Buffer | undefined {
    const bytes = this.#bytes;
    const cursor = { at: this.#valueAt + Math.max(0, this.#valueLength) };
    let found: Buffer | undefined;
    for (let left = readVarint(bytes, cursor); left > 0 && cursor.at < bytes.length; left--) {
      const nameLength = readVarint(bytes, cursor);
      const isIt = bytes.toString("utf8", cursor.at, cursor.at + nameLength) === name;
      cursor.at += Math.max(0, nameLength);
      const length = readVarint(bytes, cursor);
      if (isIt) found = slice(bytes, cursor.at, length) ?? undefined;
      cursor.at += Math.max(0, length);
    }
    return found;
  }
}

const slice = (bytes: Buffer, from: number, length: number): Buffer | null =>
  length < 0 ? null : bytes.subarray(from, from + length);
