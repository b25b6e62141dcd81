import { CordonError } from "@cordon/errors";

import { createEmitter } from "../emitter.ts";
import type { Consumer, ConsumerEvents, TopicPartition } from "../port.ts";
import type { MemoryGroup } from "./memory-group.ts";
import type { MemoryRecord } from "./memory-log.ts";
import { type MemoryMember, startMemoryMember } from "./memory-member.ts";

export interface MemoryConsumerDeps {
  readonly now: () => number;
  readonly maxBatchRecords: number;
  readonly partitionsOf: (topic: string) => readonly (readonly MemoryRecord[])[];
  readonly firstKept: (place: TopicPartition) => bigint;
  readonly group: (groupId: string) => MemoryGroup;
  /** The error that commits fail with now, if they do. */
  readonly commitFailure: () => Error | null;
  /** Calls back after each send. Answers how to end that. */
  readonly onAppend: (listener: () => void) => () => void;
}

export function createMemoryConsumer(deps: MemoryConsumerDeps): Consumer {
  const { on, emit } = createEmitter<ConsumerEvents>();
  let progressAt = deps.now();
  let started = false;
  let member: MemoryMember | null = null;
  let unsubscribe: (() => void) | null = null;

  return {
    on,
    lastProgressAt: () => (member?.isIdle() === true ? deps.now() : progressAt),
    start: async ({ topics, groupId, onBatch, terms = "" }) => {
      if (started) throw new CordonError("CONTRACT_VIOLATED", "a consumer is started once; make another one");
      started = true;
      await Promise.resolve();
      for (const topic of topics) deps.partitionsOf(topic);
      const working = startMemoryMember({
        ...deps,
        emit,
        topics,
        onBatch,
        terms,
        group: deps.group(groupId),
        progress: () => {
          progressAt = deps.now();
        },
      });
      member = working;
      unsubscribe = deps.onAppend(() => {
        working.wake();
      });
    },
    stop: async () => {
      started = true;
      unsubscribe?.();
      await member?.leave();
    },
  };
}
