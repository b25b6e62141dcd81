import type { Skipped, TopicPartition } from "./port.ts";

/** What of kafkajs 2.2.4 is touched. */
export interface OffsetManager {
  readonly memberId: string;
  readonly groupId: string;
  readonly generationId: number;
  readonly cluster: {
    fetchTopicsOffset(
      topics: readonly {
        readonly topic: string;
        readonly partitions: readonly { readonly partition: number }[];
        readonly fromBeginning: boolean;
      }[],
    ): Promise<readonly { readonly partitions: readonly { readonly offset: string }[] }[]>;
  };
  nextOffset(topic: string, partition: number): { toString(): string };
  getCoordinator(): Promise<{ offsetCommit(request: object): Promise<unknown> }>;
  clearOffsets(place: TopicPartition): void;
  setDefaultOffset: (this: OffsetManager, place: TopicPartition) => Promise<void>;
}

/** Who wants to hear of it, by member id: the brokers give each one once. */
const listeners = new Map<string, (event: Skipped) => void>();

/** Answers how to end the listening. */
export function onOutOfRange(memberId: string, listener: (event: Skipped) => void): () => void {
  listeners.set(memberId, listener);
  return () => {
    listeners.delete(memberId);
  };
}

/** What it means that reading was to go on at `from`; null when it may, after all. */
export function skippedBy(
  place: TopicPartition,
  { from, earliest, end }: { readonly from: bigint; readonly earliest: bigint; readonly end: bigint },
): Skipped | null {
  const { topic, partition } = place;
  if (from < earliest) return { topic, partition, from, to: earliest, why: "not-kept", records: earliest - from };
  if (from > end) return { topic, partition, from, to: earliest, why: "beyond-end", records: from - end };
  return null;
}

/**
 * What a member does when a broker says that its offset is out of range. kafkajs commits "the earliest", whatever that is, and
 * reads on with one line of its own log: events would vanish without anybody hearing of it. Here it is found out which
 * records are gone, the earliest offset is committed as a number, and whoever listens is told.
 */
export function readOnFromEarliest(): OffsetManager["setDefaultOffset"] {
  return async function setDefaultOffset(this: OffsetManager, place) {
    const event = await skippedAt(this, place);
    if (event !== null) {
      await moveGroup(this, event);
      listeners.get(this.memberId)?.(event);
    }
    this.clearOffsets(place);
  };
}

async function skippedAt(offsets: OffsetManager, { topic, partition }: TopicPartition): Promise<Skipped | null> {
  const from = BigInt(offsets.nextOffset(topic, partition).toString());
  const offsetAt = async (fromBeginning: boolean): Promise<bigint> => {
    const [answer] = await offsets.cluster.fetchTopicsOffset([{ topic, partitions: [{ partition }], fromBeginning }]);
    return BigInt(answer?.partitions[0]?.offset ?? -1);
  };
  return skippedBy({ topic, partition }, { from, earliest: await offsetAt(true), end: await offsetAt(false) });
}

async function moveGroup(offsets: OffsetManager, { topic, partition, to }: Skipped): Promise<void> {
  const { groupId, memberId, generationId } = offsets;
  const coordinator = await offsets.getCoordinator();
  const topics = [{ topic, partitions: [{ partition, offset: to.toString() }] }];
  await coordinator.offsetCommit({ groupId, memberId, groupGenerationId: generationId, topics });
}
