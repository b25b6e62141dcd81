import type { Message } from "kafkajs";

import { partitionOfKey } from "./murmur2.ts";
import type { OutRecord } from "./port.ts";

/**
 * kafkajs groups a call's messages by partition in quadratic time (it copies the partition's array for each message),
 * so a call gets few records of a partition. The bytes keep a record batch below the brokers' usual limit of 1 MB.
 */
export const chunkRecords = 500;
export const chunkBytes = 800_000;

export type TopicMessages = readonly { readonly topic: string; readonly messages: Message[] }[];

export interface SendPlan {
  /** Each wave is one call to kafkajs. */
  readonly waves: readonly TopicMessages[];
  /** True when a key stands twice in a partition that takes several waves: they go out one after another. */
  readonly ordered: boolean;
}

export interface PartitionChoice {
  partitionsOf(topic: string): number;
  /** Counts up with each call: whose turn it is to take a record without a key. */
  turn(): number;
}

interface Lane {
  readonly topic: string;
  readonly chunks: Message[][];
  bytes: number;
}

const sizeOf = ({ key, value }: OutRecord): number => (key?.length ?? 0) + (value?.length ?? 0) + 64;

/**
 * Cuts records into calls of at most 500 records and 800 kB for a partition; a larger record goes alone. Records of a
 * partition keep their order from wave to wave. Records without a key take turns among the partitions.
 */
export function planSend(records: readonly OutRecord[], choose: PartitionChoice): SendPlan {
  const lanes = new Map<string, Lane>();
  for (const record of records) {
    const { topic, key, value, headers } = record;
    const count = choose.partitionsOf(topic);
    const partition = key === null ? choose.turn() % count : partitionOfKey(key, count);
    const message: Message = { key, value, partition, ...(headers === undefined ? {} : { headers: { ...headers } }) };
    put(laneOf(lanes, topic, partition), message, sizeOf(record));
  }
  return { waves: wavesOf([...lanes.values()]), ordered: [...lanes.values()].some(hasRepeatedKey) };
}

function laneOf(lanes: Map<string, Lane>, topic: string, partition: number): Lane {
  const name = `${topic} ${String(partition)}`;
  let lane = lanes.get(name);
  if (lane === undefined) {
    lane = { topic, chunks: [], bytes: 0 };
    lanes.set(name, lane);
  }
  return lane;
}

function put(lane: Lane, message: Message, size: number): void {
  const last = lane.chunks.at(-1);
  if (last === undefined || last.length >= chunkRecords || lane.bytes + size > chunkBytes) {
    lane.chunks.push([message]);
    lane.bytes = size;
  } else {
    last.push(message);
    lane.bytes += size;
  }
}

function wavesOf(lanes: readonly Lane[]): readonly TopicMessages[] {
  const depth = lanes.reduce((most, { chunks }) => Math.max(most, chunks.length), 0);
  return Array.from({ length: depth }, (_, wave) => {
    const byTopic = new Map<string, Message[]>();
    for (const { topic, chunks } of lanes) {
      const chunk = chunks[wave];
      if (chunk !== undefined) byTopic.set(topic, [...(byTopic.get(topic) ?? []), ...chunk]);
    }
    return [...byTopic].map(([topic, messages]) => ({ topic, messages }));
  });
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
