import type { OutRecord } from "./port.ts";
import { mostRecordBytes } from "./record-batch.ts";

/** The bytes that keep a record batch below the brokers' usual limit of 1 MB. */
export const chunkBytes = 800_000;

/** What a batch has besides its records, generously: its head, and what compression may add. */
const batchOverhead = 512;

/** The most bytes of records in one batch, for a topic that takes batches of so many; null where nobody can say. */
export function batchBytesFor(maxMessageBytes: number | null): number {
  if (maxMessageBytes === null) return chunkBytes;
  return Math.max(1, Math.min(chunkBytes, maxMessageBytes - batchOverhead));
}

/** How large batches of each topic may be, as the brokers' answers to what was sent have shown. */
export interface BatchLimits {
  /** The lesser of what the topic's settings say and what was learnt. */
  batchBytes(topic: string, maxMessageBytes: number | null): number;
  /**
   * A batch of one of these topics was refused as too large. Cuts the next ones to half; false where no smaller batch would
   * help, for a single record is too large.
   */
  refused(records: readonly OutRecord[], maxMessageBytes: (topic: string) => number | null): boolean;
}

export function createBatchLimits(): BatchLimits {
  const learnt = new Map<string, number>();
  const batchBytes = (topic: string, maxMessageBytes: number | null): number =>
    Math.min(batchBytesFor(maxMessageBytes), learnt.get(topic) ?? chunkBytes);
  return {
    batchBytes,
    refused(records, maxMessageBytes) {
      let helps = false;
      for (const [topic, of] of Map.groupBy(records, (record) => record.topic)) {
        const largest = of.reduce((most, record) => Math.max(most, mostRecordBytes(record)), 0);
        const total = of.reduce((sum, record) => sum + mostRecordBytes(record), 0);
        const now = batchBytes(topic, maxMessageBytes(topic));
        // Batches were as large as this, or as all that there was.
        const sent = Math.min(now, total);
        if (sent <= largest) continue;
        learnt.set(topic, Math.max(Math.ceil(sent / 2), Math.min(largest, sent - 1)));
        helps = true;
      }
      return helps;
    },
  };
}
