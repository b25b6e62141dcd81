import { type BatchLimits, createBatchLimits } from "../batch-limits.ts";
import type { PartitionChoice } from "../deliveries.ts";
import type { OutRecord } from "../port.ts";
import type { PartitionTable, TopicFacts } from "./partition-table.ts";

/** How the records of a call are to be cut and placed, by what is known of their topics. */
export interface Placing {
  choiceFor(records: readonly OutRecord[]): Promise<PartitionChoice>;
  /** A batch was refused as too large. False where no smaller one would help. */
  refused(records: readonly OutRecord[]): Promise<boolean>;
}

const most = (facts: ReadonlyMap<string, TopicFacts>, topic: string): number | null =>
  facts.get(topic)?.maxMessageBytes ?? null;

export function createPlacing(table: PartitionTable, limits: BatchLimits = createBatchLimits()): Placing {
  let turns = 0;

  async function factsOf(records: readonly OutRecord[]): Promise<ReadonlyMap<string, TopicFacts>> {
    const facts = new Map<string, TopicFacts>();
    for (const topic of new Set(records.map((record) => record.topic))) facts.set(topic, await table.factsOf(topic));
    return facts;
  }

  return {
    async choiceFor(records) {
      const facts = await factsOf(records);
      return {
        partitionsOf: (topic) => facts.get(topic)?.partitions ?? 1,
        batchBytes: (topic) => limits.batchBytes(topic, most(facts, topic)),
        turn: () => turns++,
      };
    },
    async refused(records) {
      const before = await factsOf(records);
      for (const topic of before.keys()) table.forget(topic);
      const now = await factsOf(records);
      // Settings that changed meanwhile say by themselves what to do.
      const changed = [...now.keys()].some((topic) => (most(now, topic) ?? 0) < (most(before, topic) ?? 0));
      return changed || limits.refused(records, (topic) => most(now, topic));
    },
  };
}
