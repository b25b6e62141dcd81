import { CordonError } from "@cordon/errors";
import { crc32c, Reader } from "@platformatic/kafka";

import type { ConsumedRecord } from "../kafka/port.ts";
import { readVarint } from "../kafka/varint.ts";
import { codecMask, unpackerOf } from "./batch-codecs.ts";

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

/**
 * The layout of a batch of format 2, in bytes from its beginning (KIP-98, `DefaultRecordBatch` of Kafka's own source):
 * what comes before `attributes` is not covered by the checksum.
 */
const at = {
  baseOffset: 0,
  length: 8,
  leaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  count: 57,
  records: 61,
} as const;

/** `length` counts from after itself. */
const lengthCountsFrom = 12;
const logAppendTime = 0b1000;
const transactionalBit = 0b1_0000;
const controlBit = 0b10_0000;
const abortMarker = 0;

/** A damaged or foreign batch halts the process: to skip it would be to skip payments. */
function unreadable(why: string, offset: bigint): CordonError {
  return new CordonError("CONTRACT_VIOLATED", `a record batch cannot be read: ${why}`, {
    details: { offset: String(offset) },
  });
}

/** The library's checksum copies a plain buffer first, but not the one that its reader holds. */
const checksum = (bytes: Buffer): number => crc32c(Reader.from(bytes).buffer);

/**
 * A view of one record. Positions instead of slices, and deltas instead of offsets: most records are read for key and
 * value alone. A class, so that the getters exist once.
 */
class RecordView implements ConsumedRecord {
  readonly #bytes: Buffer;
  readonly #baseOffset: bigint;
  readonly #offsetDelta: number;
  readonly #keyAt: number;
  readonly #keyLength: number;
  readonly #valueAt: number;
  readonly #valueLength: number;
  readonly timestamp: number;

  constructor(bytes: Buffer, baseOffset: bigint, fields: RecordFields) {
    this.#bytes = bytes;
    this.#baseOffset = baseOffset;
    this.#offsetDelta = fields.offsetDelta;
    this.#keyAt = fields.keyAt;
    this.#keyLength = fields.keyLength;
    this.#valueAt = fields.valueAt;
    this.#valueLength = fields.valueLength;
    this.timestamp = fields.timestamp;
  }

  get offset(): bigint {
    return this.#baseOffset + BigInt(this.#offsetDelta);
  }

  get key(): Buffer | null {
    return slice(this.#bytes, this.#keyAt, this.#keyLength);
  }

  get value(): Buffer | null {
    return slice(this.#bytes, this.#valueAt, this.#valueLength);
  }

  header(name: string): Buffer | undefined {
    const bytes = this.#bytes;
    const wanted = Buffer.from(name);
    const cursor = { at: this.#valueAt + Math.max(this.#valueLength, 0) };
    let found: Buffer | undefined;
    for (let left = readVarint(bytes, cursor); left > 0; left -= 1) {
      const nameLength = readVarint(bytes, cursor);
      const nameAt = cursor.at;
      cursor.at += nameLength;
      const valueLength = readVarint(bytes, cursor);
      if (bytes.subarray(nameAt, nameAt + nameLength).equals(wanted))
        found = slice(bytes, cursor.at, valueLength) ?? undefined;
      cursor.at += Math.max(valueLength, 0);
    }
    return found;
  }
}

/** Filled anew for each record: one object for a whole batch. */
interface RecordFields {
  offsetDelta: number;
  timestamp: number;
  keyAt: number;
  keyLength: number;
  valueAt: number;
  valueLength: number;
}

const slice = (bytes: Buffer, from: number, length: number): Buffer | null =>
  length < 0 ? null : bytes.subarray(from, from + length);

export interface DecodeOptions {
  /** Where the fetch began; a batch may begin before it. */
  readonly from: bigint;
  readonly aborted: readonly AbortedTransaction[];
}

/**
 * The records of a fetch that a reader of committed records may see, as views into `bytes`. Each batch's checksum is
 * verified. What is left of a batch that the fetch cut off is ignored. Throws CONTRACT_VIOLATED.
 */
export function decodeRecords(bytes: Buffer, { from, aborted }: DecodeOptions): DecodedRecords {
  const records: ConsumedRecord[] = [];
  const isAborted = abortedTracker(aborted);
  let nextOffset = from;
  for (let start = 0; start + at.records <= bytes.length;) {
    const end = start + lengthCountsFrom + bytes.readInt32BE(start + at.length);
    if (end > bytes.length) break;
    const batch = bytes.subarray(start, end);
    start = end;
    const baseOffset = batch.readBigInt64BE(at.baseOffset);
    verify(batch, baseOffset);
    const lastOffset = baseOffset + BigInt(batch.readInt32BE(at.lastOffsetDelta));
    if (lastOffset >= nextOffset) nextOffset = lastOffset + 1n;
    if (isAborted(batch, lastOffset) || (batch.readInt16BE(at.attributes) & controlBit) !== 0) continue;
    readRecords(batch, { baseOffset, skipBefore: Number(from - baseOffset), into: records });
  }
  return { records, nextOffset };
}

function verify(batch: Buffer, baseOffset: bigint): void {
  const magic = batch.readInt8(at.magic);
  if (magic !== 2) throw unreadable(`its format is ${String(magic)}, only 2 is known`, baseOffset);
  if (batch.readUInt32BE(at.crc) !== checksum(batch.subarray(at.attributes)))
    throw unreadable("its checksum is wrong", baseOffset);
}

/**
 * Tells of each batch, in order, whether its transaction was aborted. A producer counts as aborted from the first
 * offset that the broker names to its marker, and again from the next one: it may abort several times in one fetch,
 * and the marker may lie beyond its end.
 */
function abortedTracker(aborted: readonly AbortedTransaction[]): (batch: Buffer, lastOffset: bigint) => boolean {
  if (aborted.length === 0) return () => false;
  const waiting = aborted.toSorted((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const producers = new Set<bigint>();
  let next = 0;
  return (batch, lastOffset) => {
    for (let one = waiting[next]; one !== undefined && one.firstOffset <= lastOffset; one = waiting[next]) {
      producers.add(one.producerId);
      next += 1;
    }
    const attributes = batch.readInt16BE(at.attributes);
    const producerId = batch.readBigInt64BE(at.producerId);
    if ((attributes & controlBit) !== 0) {
      if (markerOf(batch) === abortMarker) producers.delete(producerId);
      return false;
    }
    return (attributes & transactionalBit) !== 0 && producers.has(producerId);
  };
}

/** A marker's key is its version and its type, int16 each. */
function markerOf(batch: Buffer): number | null {
  const cursor = { at: at.records };
  readVarint(batch, cursor);
  cursor.at += 1;
  readVarint(batch, cursor);
  readVarint(batch, cursor);
  return readVarint(batch, cursor) < 4 ? null : batch.readInt16BE(cursor.at + 2);
}

function unpack(batch: Buffer, attributes: number, baseOffset: bigint): Buffer {
  const unpacker = unpackerOf(attributes);
  if (unpacker === null) throw unreadable("its codec is unknown", baseOffset);
  return unpacker(batch.subarray(at.records));
}

interface ReadOptions {
  readonly baseOffset: bigint;
  /** Offset deltas below it were read before. */
  readonly skipBefore: number;
  readonly into: ConsumedRecord[];
}

function readRecords(batch: Buffer, { baseOffset, skipBefore, into }: ReadOptions): void {
  const attributes = batch.readInt16BE(at.attributes);
  const isPlain = (attributes & codecMask) === 0;
  const bytes = isPlain ? batch : unpack(batch, attributes, baseOffset);
  const baseTimestamp = Number(batch.readBigInt64BE(at.baseTimestamp));
  const stamped = (attributes & logAppendTime) === 0 ? null : Number(batch.readBigInt64BE(at.maxTimestamp));
  const cursor = { at: isPlain ? at.records : 0 };
  const fields: RecordFields = { offsetDelta: 0, timestamp: 0, keyAt: 0, keyLength: 0, valueAt: 0, valueLength: 0 };
  for (let left = batch.readInt32BE(at.count); left > 0; left -= 1) {
    const length = readVarint(bytes, cursor);
    const end = cursor.at + length;
    if (length < 0 || end > bytes.length) throw unreadable("a record is longer than its batch", baseOffset);
    // The attributes of a single record are unused.
    cursor.at += 1;
    fields.timestamp = stamped ?? baseTimestamp + readVarint(bytes, cursor);
    if (stamped !== null) readVarint(bytes, cursor);
    fields.offsetDelta = readVarint(bytes, cursor);
    fields.keyLength = readVarint(bytes, cursor);
    fields.keyAt = cursor.at;
    cursor.at += Math.max(fields.keyLength, 0);
    fields.valueLength = readVarint(bytes, cursor);
    fields.valueAt = cursor.at;
    if (fields.offsetDelta >= skipBefore) into.push(new RecordView(bytes, baseOffset, fields));
    cursor.at = end;
  }
}
