import { crc32c } from "./crc32c.ts";
import type { OutRecord } from "./port.ts";

/*
 * Record batches of format 2, as producers send them and brokers store them: kafka.apache.org/documentation/#recordbatch.
 */

const batchHeaderBytes = 61;
/** From here on the checksum counts: behind the base offset, the length, the epoch, the format and itself. */
const checkedFrom = 21;
const lengthFrom = 12;
const noProducer = -1;
const formatTwo = 2;

/** Who writes, for brokers that tell repeats apart. `sequence` is that of the batch's first record. */
export interface ProducerStamp {
  readonly id: bigint;
  readonly epoch: number;
  readonly sequence: number;
}

export interface BatchForm {
  /** The bits of its codec, and whether it belongs to a transaction. */
  readonly attributes: number;
  readonly stamp: ProducerStamp | null;
  /** Compresses the records; `null` leaves them as they are. */
  readonly pack: ((records: Buffer) => Buffer) | null;
}

/** In a batch's attributes: it belongs to a transaction. */
export const transactionalBit = 0b1_0000;

/** Not compressed, neither idempotent nor transactional. */
const plainForm: BatchForm = { attributes: 0, stamp: null, pack: null };

/** An upper bound of the bytes of one record in a batch. */
export function mostRecordBytes({ key, value, headers }: OutRecord): number {
  return (key?.length ?? 0) + (value?.length ?? 0) + headersOf(headers).length + 32;
}

/** The bytes of one record batch. `now`, milliseconds since the epoch, becomes the timestamp of every record. */
export function recordBatch(records: readonly OutRecord[], now: number, form: BatchForm = plainForm): Buffer {
  const most = records.reduce((sum, record) => sum + mostRecordBytes(record), batchHeaderBytes);
  const bytes = Buffer.allocUnsafeSlow(most);
  let at = batchHeaderBytes;
  for (let place = 0; place < records.length; place++) at = writeRecord(bytes, at, records[place]!, place);
  const { pack } = form;
  const batch =
    pack === null
      ? bytes.subarray(0, at)
      : Buffer.concat([bytes.subarray(0, batchHeaderBytes), pack(bytes.subarray(batchHeaderBytes, at))]);
  writeBatchHeader(batch, { count: records.length, now, form });
  return batch;
}

interface BatchFacts {
  readonly count: number;
  readonly now: number;
  readonly form: BatchForm;
}

function writeBatchHeader(bytes: Buffer, { count, now, form: { attributes, stamp } }: BatchFacts): void {
  bytes.writeBigInt64BE(0n, 0);
  bytes.writeInt32BE(bytes.length - lengthFrom, 8);
  bytes.writeInt32BE(noProducer, lengthFrom);
  bytes.writeInt8(formatTwo, 16);
  bytes.writeInt16BE(attributes, checkedFrom);
  bytes.writeInt32BE(count - 1, 23);
  bytes.writeBigInt64BE(BigInt(now), 27);
  bytes.writeBigInt64BE(BigInt(now), 35);
  bytes.writeBigInt64BE(stamp?.id ?? BigInt(noProducer), 43);
  bytes.writeInt16BE(stamp?.epoch ?? noProducer, 51);
  bytes.writeInt32BE(stamp?.sequence ?? noProducer, 53);
  bytes.writeInt32BE(count, 57);
  bytes.writeUInt32BE(crc32c(bytes, checkedFrom, bytes.length), 17);
}

/** Hot: one for each record sent. Returns the end. */
function writeRecord(bytes: Buffer, from: number, { key, value, headers }: OutRecord, place: number): number {
  const more = headersOf(headers);
  // Attributes and the timestamp's difference are one byte each, both 0.
  const body = 2 + varintBytes(place) + sizedBytes(key) + sizedBytes(value) + more.length;
  let at = writeVarint(bytes, from, body);
  bytes[at++] = 0;
  bytes[at++] = 0;
  at = writeVarint(bytes, at, place);
  at = writeSized(bytes, at, key);
  at = writeSized(bytes, at, value);
  bytes.set(more, at);
  return at + more.length;
}

/** Shorter runs are copied as fast byte by byte. */
const longRun = 48;

function writeSized(bytes: Buffer, from: number, run: Uint8Array | null): number {
  if (run === null) return writeVarint(bytes, from, -1);
  let at = writeVarint(bytes, from, run.length);
  if (run.length > longRun) {
    bytes.set(run, at);
    return at + run.length;
  }
  for (let i = 0; i < run.length; i++) bytes[at++] = run[i]!;
  return at;
}

function sizedBytes(run: Uint8Array | null): number {
  return run === null ? 1 : varintBytes(run.length) + run.length;
}

function varintBytes(value: number): number {
  let left = zigzag(value);
  let count = 1;
  while (left >= 0x80) {
    left >>>= 7;
    count++;
  }
  return count;
}

function writeVarint(bytes: Uint8Array, from: number, value: number): number {
  let at = from;
  let left = zigzag(value);
  while (left >= 0x80) {
    bytes[at++] = (left & 0x7f) | 0x80;
    left >>>= 7;
  }
  bytes[at++] = left;
  return at;
}

/** Of a 32-bit integer, unsigned. */
function zigzag(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0;
}

type Headers = OutRecord["headers"];

const noHeaders = Buffer.of(0);

/** Records of a batch mostly share one object of headers, which nobody changes: it is written once. */
const written = new WeakMap<NonNullable<Headers>, Buffer>();

function headersOf(headers: Headers): Buffer {
  if (headers === undefined) return noHeaders;
  let bytes = written.get(headers);
  if (bytes === undefined) written.set(headers, (bytes = headerBytes(headers)));
  return bytes;
}

function headerBytes(headers: NonNullable<Headers>): Buffer {
  const parts: Uint8Array[] = [];
  const entries = Object.entries(headers);
  parts.push(varint(entries.length));
  for (const [name, value] of entries)
    for (const run of [Buffer.from(name), Buffer.from(value as string)]) parts.push(varint(run.length), run);
  return Buffer.concat(parts);
}

function varint(value: number): Uint8Array {
  const bytes = new Uint8Array(varintBytes(value));
  writeVarint(bytes, 0, value);
  return bytes;
}
