import type { Message } from "kafkajs";

import { partitionOfKey } from "../murmur2.ts";
import type { OutRecord } from "../port.ts";
import { mostRecordBytes, recordBatch, transactionalBit } from "../record-batch.ts";
import { createSequences } from "../sequences.ts";
import type { PackedBatch, Writer } from "./packed-produce.ts";

/** What the records of one partition become in one call. */
export interface ChunkForm {
  /** The most records of a partition in one call. */
  readonly records: number;
  messages(records: readonly OutRecord[], partition: number): readonly Message[];
}

/**
 * One message a record. kafkajs groups a call's messages by partition in quadratic time (it copies the partition's array for
 * each message), so a call gets few records of a partition.
 */
export const plainChunks: ChunkForm = {
  records: 500,
  messages: (records, partition) =>
    records.map(({ key, value, headers }) => ({
      key,
      value,
      partition,
      ...(headers === undefined ? {} : { headers: { ...headers } }),
    })),
};

/** Of one batch: kafkajs as a consumer fails above 120,000. */
const mostPacked = 20_000;

/** One pseudo-message for all records: see `packed-produce.ts`. */
export function packedChunks(now: () => number): ChunkForm {
  return {
    records: mostPacked,
    messages: (records, partition) => {
      const batch: PackedBatch = { packed: true, partition, value: recordBatch(records, now()) };
      return [batch];
    },
  };
}

/**
 * The same for what is written in transactions of one producer id and epoch. A batch gets its numbers when it is first sent and keeps
 * them, and its bytes, for every repeat: whatever became of the first, the broker has it once. Numbers are never taken
 * back, so a producer that gave one of its batches up is of no use any more.
 */
export function numberedChunks(now: () => number): ChunkForm {
  const sequences = createSequences();
  return {
    records: mostPacked,
    messages: (records, partition) => {
      let bytes: Buffer | null = null;
      const writtenBy = ({ id, epoch }: Writer): Buffer => {
        if (bytes !== null) return bytes;
        const sequence = sequences.take({ topic: records[0]?.topic ?? "", partition }, records.length);
        const form = { attributes: transactionalBit, stamp: { id, epoch, sequence }, pack: null };
        return (bytes = recordBatch(records, now(), form));
      };
      const batch: PackedBatch = { packed: true, partition, value: noBytes, writtenBy };
      return [batch];
    },
  };
}

const noBytes = Buffer.alloc(0);

export type TopicMessages = readonly { readonly topic: string; readonly messages: Message[] }[];

export interface SendPlan {
  /** Each wave is one call to kafkajs. */
  readonly waves: readonly TopicMessages[];
  /** True when a key stands twice in a partition that takes several waves: they go out one after another. */
  readonly ordered: boolean;
}

export interface PartitionChoice {
  partitionsOf(topic: string): number;
  /** The most bytes of records in one batch of the topic. */
  batchBytes(topic: string): number;
  /** Counts up with each call: whose turn it is to take a record without a key. */
  turn(): number;
}

interface Lane {
  readonly topic: string;
  readonly partition: number;
  readonly chunks: OutRecord[][];
  bytes: number;
}

/**
 * Cuts records into calls with at most so many records and bytes for a partition; a larger record goes alone. Records of a
 * partition keep their order from wave to wave. Records without a key take turns among the partitions.
 */
export function planSend(
  records: readonly OutRecord[],
  choose: PartitionChoice,
  form: ChunkForm = plainChunks,
): SendPlan {
  const lanes = new Map<string, (Lane | undefined)[]>();
  const most = new Map<string, number>();
  for (const record of records) {
    const { topic, key } = record;
    let ofTopic = lanes.get(topic);
    if (ofTopic === undefined) lanes.set(topic, (ofTopic = []));
    const count = choose.partitionsOf(topic);
    const partition = key === null ? choose.turn() % count : partitionOfKey(key, count);
    const lane = (ofTopic[partition] ??= { topic, partition, chunks: [], bytes: 0 });
    let bytes = most.get(topic);
    if (bytes === undefined) most.set(topic, (bytes = choose.batchBytes(topic)));
    put(lane, record, { records: form.records, bytes });
  }
  const all = [...lanes.values()].flatMap((ofTopic) => ofTopic.filter((lane) => lane !== undefined));
  return { waves: wavesOf(all, form), ordered: all.some(hasRepeatedKey) };
}

function put(lane: Lane, record: OutRecord, most: { readonly records: number; readonly bytes: number }): void {
  const size = mostRecordBytes(record);
  const last = lane.chunks.at(-1);
  if (last === undefined || last.length >= most.records || lane.bytes + size > most.bytes) {
    lane.chunks.push([record]);
    lane.bytes = size;
  } else {
    last.push(record);
    lane.bytes += size;
  }
}

function wavesOf(lanes: readonly Lane[], form: ChunkForm): readonly TopicMessages[] {
  const depth = lanes.reduce((most, { chunks }) => Math.max(most, chunks.length), 0);
  return Array.from({ length: depth }, (_, wave) => {
    const byTopic = new Map<string, Message[]>();
    for (const { topic, partition, chunks } of lanes) {
      const chunk = chunks[wave];
      if (chunk !== undefined) byTopic.set(topic, [...(byTopic.get(topic) ?? []), ...form.messages(chunk, partition)]);
    }
    return [...byTopic].map(([topic, messages]) => ({ topic, messages }));
  });
}

/** The same calls, but the first has a single partition: the first of the first wave. */
export function onePartitionFirst(waves: readonly TopicMessages[]): readonly TopicMessages[] {
  const [wave = [], ...later] = waves;
  const [lead, ...others] = wave;
  if (lead === undefined) return waves;
  const partition = lead.messages[0]?.partition;
  const beside = lead.messages.filter((message) => message.partition !== partition);
  const rest = beside.length === 0 ? others : [{ topic: lead.topic, messages: beside }, ...others];
  const alone = [{ topic: lead.topic, messages: lead.messages.filter((message) => message.partition === partition) }];
  return [alone, ...(rest.length === 0 ? [] : [rest]), ...later];
}

function hasRepeatedKey({ chunks }: Lane): boolean {
  if (chunks.length < 2) return false;
  const seen = new Set<string>();
  let keyed = 0;
  for (const { key } of chunks.flat()) {
    if (!Buffer.isBuffer(key)) continue;
    seen.add(key.toString("latin1"));
    keyed += 1;
  }
  return seen.size < keyed;
}
