import { partitionOfKey } from "../kafka/murmur2.ts";
import type { OutRecord, TopicPartition } from "../kafka/port.ts";
import type { RecordToWrite } from "./record-batch.ts";

/** Keeps a record batch below the brokers' usual limit of 1 MB; a larger record goes alone. */
export const batchBytes = 800_000;

/** The records of one partition, in order, cut into batches. */
export interface Delivery extends TopicPartition {
  readonly batches: readonly (readonly RecordToWrite[])[];
}

export interface PartitionChoice {
  partitionsOf(topic: string): number;
  /** Counts up with each call: whose turn it is to take a record without a key. */
  turn(): number;
}

interface Draft extends TopicPartition {
  readonly batches: RecordToWrite[][];
  bytes: number;
}

const noHeaders: RecordToWrite["headers"] = [];

function headersOf({ headers }: OutRecord): RecordToWrite["headers"] {
  if (headers === undefined) return noHeaders;
  return Object.entries(headers).map(([name, value]) => [
    Buffer.from(name),
    typeof value === "string" ? Buffer.from(value) : value,
  ]);
}

const sizeOf = ({ key, value }: OutRecord): number => (key?.length ?? 0) + (value?.length ?? 0) + 64;

/** Sorts records by partition: by key as Java's client does, those without a key in turns. */
export function planDeliveries(records: readonly OutRecord[], choose: PartitionChoice): readonly Delivery[] {
  const drafts = new Map<string, Draft[]>();
  for (const record of records) {
    const { topic, key, value } = record;
    const count = choose.partitionsOf(topic);
    const partition = key === null ? choose.turn() % count : partitionOfKey(key, count);
    const draft = draftOf(drafts, topic, partition);
    const size = sizeOf(record);
    const last = draft.batches.at(-1);
    const written = { key, value, headers: headersOf(record) };
    if (last === undefined || draft.bytes + size > batchBytes) {
      draft.batches.push([written]);
      draft.bytes = size;
    } else {
      last.push(written);
      draft.bytes += size;
    }
  }
  return [...drafts.values()].flatMap((ofTopic) => ofTopic.filter(Boolean));
}

/** Drafts by topic and then by partition, without a string to build for each record. */
function draftOf(drafts: Map<string, Draft[]>, topic: string, partition: number): Draft {
  let ofTopic = drafts.get(topic);
  if (ofTopic === undefined) {
    ofTopic = [];
    drafts.set(topic, ofTopic);
  }
  return (ofTopic[partition] ??= { topic, partition, batches: [], bytes: 0 });
}
