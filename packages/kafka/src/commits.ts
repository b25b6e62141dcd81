import { CordonError } from "@cordon/errors";
import { backOffMs } from "@cordon/service";

import { sleep } from "./deadline.ts";
import type { Position, TopicPartition } from "./port.ts";

/**
 * Positions of one membership that are processed and not yet committed. They are committed together, of all partitions, so
 * that batches need not wait for the coordinator; a crash repeats what waits here.
 *
 * Invariant: a position is committed only by the right under which it was processed.
 */
export interface Commits {
  /** Will be committed within the interval. */
  add(position: Position): void;
  /** True when something waits far longer than it should: what comes next must wait for a `flush`. */
  overdue(): boolean;
  /**
   * Commits everything that waits, now, as well as it can. Never rejects: answers what spoiled it, else null. What an
   * outage spoiled goes on waiting.
   */
  flush(): Promise<unknown>;
  /** The group changed first. What waits stands for batches that come again, to this member or to another. */
  drop(): void;
  /** No more by itself. */
  close(): void;
}

/** The right to commit, as it is when a flush begins. */
export interface CommitRight {
  readonly commit: (positions: readonly Position[]) => Promise<void>;
  /** True once the group counts this member out, or nobody waits for its batches: nothing may be committed then. */
  readonly isStale: () => boolean;
  /** Whether the error says that the group changes, which is then noted. */
  readonly noteGroupChange: (error: unknown) => boolean;
}

export interface CommitsDeps {
  /** How long a position may wait for others, milliseconds; 0: only for `flush`. */
  readonly interval: number;
  readonly right: () => CommitRight;
  readonly isOutage: (error: unknown) => boolean;
  readonly committed: (positions: readonly Position[]) => void;
  readonly commitFailed: (error: unknown) => void;
  /** A commit failed in a way nobody knows. Answers what `flush` answers. */
  readonly fail: (error: unknown) => unknown;
}

const attempts = 5;
const pauses = { firstMs: 100, mostMs: 1_000 };

/** Above the interval: a coordinator that is slow for longer holds up the batches. */
const patienceMs = 1_000;

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic} ${String(partition)}`;

interface Settled {
  /** What spoiled it. */
  readonly spoiled: unknown;
  /** An outage outlasted the attempts: the positions go on waiting. */
  readonly again: boolean;
}

export function createCommits(deps: CommitsDeps): Commits {
  let waiting = new Map<string, Position>();
  /** When the oldest of them came, and the oldest of those that are being committed now. */
  let waitingSince: number | null = null;
  let committingSince: number | null = null;
  let flushing: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  /** Counts the drops: what was taken before one does not come back. */
  let drops = 0;

  function schedule(): void {
    if (closed || deps.interval === 0) return;
    timer ??= setTimeout(() => void onTime(), deps.interval);
  }

  async function onTime(): Promise<void> {
    timer = undefined;
    await flush();
    if (waiting.size > 0) schedule();
  }

  function flush(): Promise<unknown> {
    clearTimeout(timer);
    timer = undefined;
    flushing = flushing.then(flushNow);
    return flushing;
  }

  async function flushNow(): Promise<unknown> {
    if (waiting.size === 0) return null;
    const [taken, before] = [waiting, drops];
    committingSince = waitingSince;
    waiting = new Map();
    waitingSince = null;
    const { spoiled, again } = await settled([...taken.values()], deps.right());
    if (again && before === drops) {
      // What was processed meanwhile is further on.
      for (const [name, position] of taken) if (!waiting.has(name)) waiting.set(name, position);
      waitingSince = committingSince;
      schedule();
    }
    committingSince = null;
    return spoiled;
  }

  async function settled(positions: readonly Position[], right: CommitRight): Promise<Settled> {
    for (let attempt = 1; !right.isStale(); attempt += 1) {
      try {
        await right.commit(positions);
        deps.committed(positions);
        return { spoiled: null, again: false };
      } catch (error) {
        const isChange = right.noteGroupChange(error);
        const isOutage = !isChange && deps.isOutage(error);
        if (isOutage && attempt < attempts) {
          await sleep(backOffMs(attempt, pauses));
          continue;
        }
        deps.commitFailed(error);
        return { spoiled: isChange || isOutage ? error : deps.fail(error), again: isOutage };
      }
    }
    tellDropped(positions.length);
    return { spoiled: null, again: false };
  }

  function tellDropped(count: number): void {
    deps.commitFailed(
      new CordonError("KAFKA_UNAVAILABLE", `the group changed before ${String(count)} positions were committed`),
    );
  }

  return {
    flush,
    add(position) {
      waiting.set(nameOf(position), position);
      waitingSince ??= performance.now();
      schedule();
    },
    overdue() {
      const oldest = committingSince ?? waitingSince;
      return oldest !== null && performance.now() - oldest > deps.interval + patienceMs;
    },
    drop() {
      drops += 1;
      if (waiting.size === 0) return;
      tellDropped(waiting.size);
      waiting.clear();
      waitingSince = null;
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
