import { CordonError } from "@cordon/errors";
import type { EachBatchPayload } from "kafkajs";

import type { BatchesInHand } from "../batches-in-hand.ts";
import { sleep } from "../deadline.ts";
import { isOutage, mustRejoin } from "../kafka-errors.ts";
import type { Position } from "../port.ts";

export interface CommitQueueDeps {
  readonly inHand: BatchesInHand;
  /** How long a position may wait for others, milliseconds. */
  readonly interval: number;
  readonly committed: (positions: readonly Position[]) => void;
  readonly commitFailed: (error: unknown) => void;
  /** A commit failed in a way nobody knows. Answers what kafkajs is given in its place. */
  readonly fail: (error: unknown) => Error;
}

/** How kafkajs commits for the membership that it has at the time of the call. */
export type CommitCall = EachBatchPayload["commitOffsetsIfNecessary"];

/**
 * Positions that are processed and not yet committed. They are committed together, of all partitions, so that batches
 * need not wait for the coordinator; a crash repeats what waits here.
 *
 * Invariant: a position is committed only while the generation it was processed in is the current one.
 */
export interface CommitQueue {
  /** Will be committed within the interval. `generation` is the one in which its batch was fetched. */
  add(position: Position, generation: number, call: CommitCall): void;
  /** True when something waits far longer than it should: what comes next must wait for a `flush`. */
  overdue(): boolean;
  /**
   * Commits everything that waits, now. Rejects with what makes kafkajs do the right thing: an error of the group to join
   * again, an outage to fetch again. What an outage spoiled goes on waiting.
   */
  flush(): Promise<void>;
}

const commitAttempts = 5;
const commitPauseMs = 100;

/** Above the interval: a coordinator that is slow for longer holds up the batches. */
const patienceMs = 1_000;

export function createCommitQueue({ inHand, interval, committed, commitFailed, fail }: CommitQueueDeps): CommitQueue {
  let waiting = new Map<string, Position>();
  let generation = inHand.generation;
  let commit: CommitCall | null = null;
  /** When the oldest of them came, and the oldest of those that are being committed now. */
  let waitingSince: number | null = null;
  let committingSince: number | null = null;
  let flushing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  /** After a commit that failed in a way nobody knows. */
  let over = false;

  const schedule = (): void => {
    if (over) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      // The next batch waits for a flush, and hears of it.
      flush().catch(() => {
        if (waiting.size > 0) schedule();
      });
    }, interval);
  };

  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };

  /** The group changed first. What they stand for comes again, to this member or to another. */
  const drop = (): void => {
    stop();
    waitingSince = null;
    if (waiting.size === 0) return;
    const count = String(waiting.size);
    waiting.clear();
    commitFailed(new CordonError("KAFKA_UNAVAILABLE", `the group changed before ${count} positions were committed`));
  };

  async function flushNow(): Promise<void> {
    if (waiting.size === 0 || commit === null) return;
    if (inHand.isStale(generation)) {
      drop();
      return;
    }
    const taken = waiting;
    const of = generation;
    const positions = [...taken.values()];
    committingSince = waitingSince;
    waiting = new Map();
    waitingSince = null;
    try {
      if (await commitThem(positions, { commit, isStale: () => inHand.isStale(of) })) committed(positions);
    } catch (error) {
      if (of === generation) restore(taken);
      throw error;
    } finally {
      committingSince = null;
    }
  }

  /** What was processed meanwhile is further on. */
  function restore(taken: ReadonlyMap<string, Position>): void {
    for (const [name, position] of taken) if (!waiting.has(name)) waiting.set(name, position);
    waitingSince = committingSince;
  }

  /** False when the group changed before it could be done. */
  async function commitThem(
    positions: readonly Position[],
    membership: { readonly commit: CommitCall; readonly isStale: () => boolean },
  ): Promise<boolean> {
    for (let attempt = 1; !membership.isStale(); attempt += 1) {
      try {
        await membership.commit(offsetsOf(positions));
        return true;
      } catch (error) {
        const isGroupChange = mustRejoin(error);
        // The answer to an earlier membership says nothing about the one that came after.
        if (isGroupChange && !membership.isStale()) inHand.noteGroupChange(error, inHand.generation);
        if (!isGroupChange && isOutage(error) && attempt < commitAttempts) {
          await sleep(commitPauseMs * 2 ** (attempt - 1));
          continue;
        }
        commitFailed(error);
        if (isGroupChange || isOutage(error)) throw error;
        over = true;
        throw fail(error);
      }
    }
    return false;
  }

  function flush(): Promise<void> {
    stop();
    flushing = flushing.catch(() => undefined).then(flushNow);
    return flushing;
  }

  return {
    add(position, of, call) {
      if (of !== generation) drop();
      generation = of;
      commit = call;
      waiting.set(`${position.topic} ${String(position.partition)}`, position);
      waitingSince ??= performance.now();
      schedule();
    },
    overdue() {
      const since = committingSince ?? waitingSince;
      return since !== null && performance.now() - since > interval + patienceMs;
    },
    flush,
  };
}

function offsetsOf(positions: readonly Position[]): Parameters<CommitCall>[0] {
  const topics = Map.groupBy(positions, ({ topic }) => topic);
  return {
    topics: [...topics].map(([topic, all]) => ({
      topic,
      partitions: all.map(({ partition, offset }) => ({ partition, offset: offset.toString() })),
    })),
  };
}
