import { partitionOfKey } from "./murmur2.ts";
import type { OutRecord, TopicPartition } from "./port.ts";
import { mostRecordBytes } from "./record-batch.ts";

/** The records of one partition, in order, cut into batches. */
export interface Delivery extends TopicPartition {
  readonly batches: readonly (readonly OutRecord[])[];
}

export interface PartitionChoice {
  partitionsOf(topic: string): number;
  /** The most bytes of records in one batch of the topic; a larger record goes alone. */
  batchBytes(topic: string): number;
  /** Counts up with each call: whose turn it is to take a record without a key. */
  turn(): number;
}

interface Draft extends TopicPartition {
  readonly batches: OutRecord[][];
  bytes: number;
}

/** Sorts records by partition: by key as Java's client does, those without a key in turns. */
export function planDeliveries(records: readonly OutRecord[], choose: PartitionChoice): readonly Delivery[] {
  const drafts = new Map<string, Draft[]>();
  const most = new Map<string, number>();
  for (const record of records) {
    const { topic, key } = record;
    const count = choose.partitionsOf(topic);
    const partition = key === null ? choose.turn() % count : partitionOfKey(key, count);
    const draft = draftOf(drafts, topic, partition);
    const size = mostRecordBytes(record);
    let bytes = most.get(topic);
    if (bytes === undefined) most.set(topic, (bytes = choose.batchBytes(topic)));
    const last = draft.batches.at(-1);
    if (last === undefined || draft.bytes + size > bytes) {
      draft.batches.push([record]);
      draft.bytes = size;
    } else {
      last.push(record);
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
