import { isExpelled, mustRejoin } from "./kafka-errors.ts";
import type { TopicPartition } from "./port.ts";

/**
 * What one membership of a group knows about its right to process and to commit.
 *
 * Invariant: a batch may be committed only while the generation it was fetched in is the current one. A rebalance that
 * was merely announced leaves that right standing until this member joins again, and the group waits for it.
 */
export interface BatchesInHand {
  /** Counts the joins. A batch of an earlier generation is stale. */
  readonly generation: number;
  /** The error that tells kafkajs to join again, once a heartbeat or a commit met one. */
  readonly rejoin: Error | null;
  /** Nothing new is begun, and nothing more is committed after `abandon`. */
  readonly closing: boolean;
  isStale(generation: number): boolean;
  owns(partition: TopicPartition): boolean;
  /** A signal for one batch; `end` it when the batch is done. */
  begin(): { readonly signal: AbortSignal; readonly end: () => void };
  /**
   * Remembers that the group changes. False for an error of another kind. `of` is the generation that was asked: what was said
   * of it before this member joined again says nothing about the one that came after.
   */
  noteGroupChange(error: unknown, of: number): boolean;
  /** A topic is gone, perhaps to be made anew: nothing is committed before this member has joined again. */
  topicVanished(): void;
  joined(partitions: readonly TopicPartition[]): void;
  close(): void;
  abandon(): void;
}

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic} ${String(partition)}`;

export function createBatchesInHand(): BatchesInHand {
  const inHand = new Set<AbortController>();
  let generation = 0;
  let owned = new Set<string>();
  let rejoin: Error | null = null;
  let expelled = false;
  let closing = false;
  let abandoned = false;

  const abortAll = (reason: string): void => {
    for (const controller of inHand) controller.abort(new Error(reason));
  };

  return {
    get generation() {
      return generation;
    },
    get rejoin() {
      return rejoin;
    },
    get closing() {
      return closing;
    },
    isStale: (of) => abandoned || expelled || of !== generation,
    owns: (partition) => owned.has(nameOf(partition)),
    begin() {
      const controller = new AbortController();
      inHand.add(controller);
      return { signal: controller.signal, end: () => inHand.delete(controller) };
    },
    noteGroupChange(error, of) {
      if (!(error instanceof Error) || !mustRejoin(error)) return false;
      if (of !== generation) return true;
      rejoin ??= error;
      expelled ||= isExpelled(error);
      abortAll("the consumer group is changing");
      return true;
    },
    topicVanished() {
      expelled = true;
      abortAll("a topic is gone");
    },
    joined(partitions) {
      generation += 1;
      owned = new Set(partitions.map(nameOf));
      rejoin = null;
      expelled = false;
      abortAll("the partitions were assigned anew");
    },
    close() {
      closing = true;
      abortAll("the consumer is stopping");
    },
    abandon() {
      abandoned = true;
    },
  };
}
