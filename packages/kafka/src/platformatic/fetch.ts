import { type Connection, createAPI, FetchIsolationLevels, Reader, Writer } from "@platformatic/kafka";

import type { AbortedTransaction } from "../aborted-transactions.ts";
import type { TopicPartition } from "../port.ts";
import { codeName } from "./cluster.ts";
import { BrokerError } from "./protocol-errors.ts";

export interface FetchPosition extends TopicPartition {
  readonly offset: bigint;
}

export interface FetchRequest {
  readonly positions: readonly FetchPosition[];
  /** How long the broker may wait for the first byte. */
  readonly waitMs: number;
  readonly maxBytes: number;
  readonly maxBytesPerPartition: number;
}

/** What one partition answered. */
export interface FetchedPartition extends TopicPartition {
  /** The protocol's code, or null. */
  readonly fault: string | null;
  readonly highWatermark: bigint;
  readonly aborted: readonly AbortedTransaction[];
  /** Record batches, the last perhaps cut off, as a view into the response. */
  readonly bytes: Buffer;
}

const apiKey = 1;
/** The last version that names topics by name; every broker from 2.7 on speaks it. */
const apiVersion = 12;
const noBytes = Buffer.alloc(0);

/** Without a fetch session: a full request each time, which costs little for a handful of partitions. */
const sessionless = { id: 0, epoch: -1 } as const;
const asConsumer = -1;
const unknownEpoch = -1;

function encode({ positions, waitMs, maxBytes, maxBytesPerPartition }: FetchRequest): Writer {
  const byTopic = [...Map.groupBy(positions, ({ topic }) => topic)];
  return Writer.create()
    .appendInt32(asConsumer)
    .appendInt32(waitMs)
    .appendInt32(1)
    .appendInt32(maxBytes)
    .appendInt8(FetchIsolationLevels.READ_COMMITTED)
    .appendInt32(sessionless.id)
    .appendInt32(sessionless.epoch)
    .appendArray(byTopic, (topicWriter, [topic, partitions]) => {
      topicWriter.appendString(topic).appendArray([...partitions], (writer, { partition, offset }) => {
        writer
          .appendInt32(partition)
          .appendInt32(unknownEpoch)
          .appendInt64(offset)
          .appendInt32(unknownEpoch)
          .appendInt64(-1n)
          .appendInt32(maxBytesPerPartition);
      });
    })
    .appendArray([], () => undefined)
    .appendString("")
    .appendTaggedFields();
}

/** Reads the response without touching its records: the library would make an object and slices of each. */
function parse(_correlationId: number, _apiKey: number, _apiVersion: number, whole: Reader): FetchedPartition[] {
  // One copy of what came in pieces; every record is a view into it.
  const reader = Reader.from(whole.buffer.slice(whole.position, whole.length));
  reader.skip(4);
  const code = reader.readInt16();
  if (code !== 0) throw new BrokerError(codeName(code), "fetching");
  reader.skip(4);
  return reader
    .readArray((topicReader) => {
      const topic = topicReader.readString();
      return topicReader.readArray((partitionReader) => parsePartition(partitionReader, topic));
    })
    .flat();
}

function parsePartition(reader: Reader, topic: string): FetchedPartition {
  const partition = reader.readInt32();
  const code = reader.readInt16();
  const highWatermark = reader.readInt64();
  reader.skip(16);
  const aborted = reader.readArray((entry) => ({ producerId: entry.readInt64(), firstOffset: entry.readInt64() }));
  reader.skip(4);
  const size = reader.readUnsignedVarInt() - 1;
  const bytes = size > 0 ? reader.buffer.slice(reader.position, reader.position + size) : noBytes;
  reader.skip(Math.max(size, 0));
  return { topic, partition, fault: code === 0 ? null : codeName(code), highWatermark, aborted, bytes };
}

const api = createAPI<[FetchRequest], FetchedPartition[]>(apiKey, apiVersion, encode, parse);

/** Committed records from each position on. Rejects when the request as a whole failed. */
export function fetchPartitions(connection: Connection, request: FetchRequest): Promise<FetchedPartition[]> {
  return api.async(connection, request);
}
