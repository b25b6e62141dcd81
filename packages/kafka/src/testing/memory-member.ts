import { setImmediate } from "node:timers/promises";

import { skippedBy } from "../out-of-range.ts";
import type { BatchContext, ConsumedBatch, ConsumerEvents, OnBatch, TopicPartition } from "../port.ts";
import type { GroupMember, MemoryGroup } from "./memory-group.ts";
import type { MemoryRecord } from "./memory-log.ts";

export interface MemoryMemberDeps {
  readonly group: MemoryGroup;
  readonly topics: readonly string[];
  readonly terms: string;
  readonly onBatch: OnBatch;
  readonly maxBatchRecords: number;
  readonly emit: <K extends keyof ConsumerEvents>(event: K, payload: ConsumerEvents[K]) => void;
  readonly progress: () => void;
  readonly partitionsOf: (topic: string) => readonly (readonly MemoryRecord[])[];
  readonly firstKept: (place: TopicPartition) => bigint;
  /** The error that commits fail with now, if they do. */
  readonly commitFailure: () => Error | null;
}

/** One member of a group at work: takes what is there, batch by batch, until it leaves. */
export interface MemoryMember {
  /** There may be something to do. */
  wake(): void;
  /** Nothing to do: alive, and not stuck in a batch. */
  isIdle(): boolean;
  leave(): Promise<void>;
}

interface BatchInHand {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

interface MemberState {
  assigned: readonly TopicPartition[];
  /** While the group changes nothing is begun. */
  held: boolean;
  ended: boolean;
  inHand: BatchInHand | null;
  wake: (() => void) | null;
  turn: number;
  /** Where batches said to read on, which the group need not know. Until the next assignment. */
  readonly readOn: Map<string, bigint>;
}

export function startMemoryMember(deps: MemoryMemberDeps): MemoryMember {
  const { group, emit } = deps;
  const state: MemberState = {
    assigned: [],
    held: true,
    ended: false,
    inHand: null,
    wake: null,
    turn: 0,
    readOn: new Map(),
  };

  const revoke = (): void => {
    const before = state.assigned;
    state.assigned = [];
    if (before.length > 0) emit("revoked", before);
  };
  const abandon = async (reason: string): Promise<void> => {
    state.inHand?.controller.abort(new Error(reason));
    await state.inHand?.done;
  };
  const member: GroupMember = {
    topics: deps.topics,
    terms: deps.terms,
    async hold() {
      state.held = true;
      await abandon("the consumer group is changing");
    },
    assign(partitions) {
      revoke();
      state.assigned = partitions;
      state.readOn.clear();
      state.held = false;
      emit("assigned", partitions);
      state.wake?.();
    },
  };

  async function crash(error: Error): Promise<void> {
    state.ended = true;
    await group.leave(member);
    revoke();
    emit("crash", { error, restarting: false });
  }

  async function loop(): Promise<void> {
    while (!state.ended) {
      deps.progress();
      const woken = new Promise<void>((resolve) => {
        state.wake = resolve;
      });
      const batch = nextBatch(state, deps);
      const failure = batch === null ? await woken : await take(batch, state, deps);
      if (failure instanceof Error) await crash(failure);
      await setImmediate();
    }
  }

  group.join(member);
  void loop();
  return {
    wake() {
      state.wake?.();
    },
    isIdle: () => !state.ended && state.inHand === null,
    async leave() {
      const wasRunning = !state.ended;
      state.ended = true;
      state.wake?.();
      await abandon("the consumer is stopping");
      if (wasRunning) await group.leave(member);
      revoke();
    },
  };
}

/** What is there after the committed offset, of one partition after the other in turn. */
function nextBatch(
  state: MemberState,
  { group, partitionsOf, firstKept, maxBatchRecords, emit }: MemoryMemberDeps,
): ConsumedBatch | null {
  if (state.held) return null;
  const { assigned, turn } = state;
  for (let step = 0; step < assigned.length; step += 1) {
    const place = assigned[(turn + step) % assigned.length];
    if (place === undefined) continue;
    const all = partitionsOf(place.topic)[place.partition] ?? [];
    const wanted = state.readOn.get(nameOf(place)) ?? group.committed(place);
    const end = BigInt(all.length);
    const event = skippedBy(place, { from: wanted, earliest: firstKept(place), end });
    if (event !== null) {
      group.commit({ ...place, offset: event.to });
      state.readOn.delete(nameOf(place));
      emit("skipped", event);
    }
    const from = Number(event?.to ?? wanted);
    if (from >= all.length) continue;
    state.turn += step + 1;
    const records = all.slice(from, from + maxBatchRecords);
    return { ...place, highWatermark: BigInt(all.length), records, nextOffset: BigInt(from + records.length) };
  }
  return null;
}

/** The error of a batch that was rejected, unless it had been told to give up. */
async function take(batch: ConsumedBatch, state: MemberState, deps: MemoryMemberDeps): Promise<Error | null> {
  const controller = new AbortController();
  const done = Promise.withResolvers<void>();
  state.inHand = { controller, done: done.promise };
  const context: BatchContext = {
    signal: controller.signal,
    stale: () => false,
    heartbeat: async () => {
      deps.progress();
      await setImmediate();
    },
  };
  try {
    const answer = await deps.onBatch(batch, context);
    if (typeof answer === "bigint") {
      state.readOn.set(nameOf(batch), answer);
      deps.emit("committed", [{ ...placeOf(batch), offset: answer }]);
    } else commit(batch, deps);
    return null;
  } catch (error) {
    if (controller.signal.aborted) return null;
    return error instanceof Error ? error : new Error("a batch was rejected without an error");
  } finally {
    state.inHand = null;
    done.resolve();
  }
}

/** A commit that fails leaves everything as it was: the same comes again. */
function commit(batch: ConsumedBatch, { group, emit, commitFailure }: MemoryMemberDeps): void {
  const error = commitFailure();
  if (error !== null) {
    emit("commitFailed", { error });
    return;
  }
  const position = { ...placeOf(batch), offset: batch.nextOffset };
  group.commit(position);
  emit("committed", [position]);
}

const placeOf = ({ topic, partition }: ConsumedBatch): TopicPartition => ({ topic, partition });

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic} ${String(partition)}`;
