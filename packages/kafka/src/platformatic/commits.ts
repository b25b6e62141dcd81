import { CordonError } from "@cordon/errors";

import { sleep } from "../deadline.ts";
import type { Position, TopicPartition } from "../port.ts";
import { isOutage } from "./protocol-errors.ts";

/**
 * Positions of one tenure that are processed and not yet committed. They are committed together, of all partitions, so
 * that batches need not wait for the coordinator; a crash repeats what waits here.
 */
export interface Commits {
  /** Will be committed within the interval. */
  add(position: Position): void;
  /** True when something waits far longer than it should: what comes next must wait for a `flush`. */
  overdue(): boolean;
  /** Commits everything that waits, now, as well as it can. Never rejects. What an outage spoiled goes on waiting. */
  flush(): Promise<void>;
  /** No more by itself. */
  close(): void;
}

export interface CommitsDeps {
  /** How long a position may wait for others, milliseconds; 0: only for `flush`. */
  readonly interval: number;
  readonly commit: (positions: readonly Position[]) => Promise<void>;
  /** True once the group counts this member out, or nobody waits for its batches: nothing may be committed then. */
  readonly isStale: () => boolean;
  /** Whether the error says that the group changes, which is then noted. */
  readonly noteGroupChange: (error: unknown) => boolean;
  readonly committed: (positions: readonly Position[]) => void;
  readonly commitFailed: (error: unknown) => void;
  /** A commit failed in a way nobody knows. */
  readonly fail: (error: unknown) => void;
}

const attempts = 5;
const pauseMs = 100;

/** Above the interval: a coordinator that is slow for longer holds up the batches. */
const patienceMs = 1_000;

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic} ${String(partition)}`;

export function createCommits(deps: CommitsDeps): Commits {
  let waiting = new Map<string, Position>();
  /** When the oldest of them came, and the oldest of those that are being committed now. */
  let waitingSince: number | null = null;
  let committingSince: number | null = null;
  let flushing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function schedule(): void {
    if (closed || deps.interval === 0) return;
    timer ??= setTimeout(() => void onTime(), deps.interval);
  }

  async function onTime(): Promise<void> {
    timer = undefined;
    await flush();
    if (waiting.size > 0) schedule();
  }

  function flush(): Promise<void> {
    flushing = flushing.then(flushNow);
    return flushing;
  }

  async function flushNow(): Promise<void> {
    if (waiting.size === 0) return;
    const taken = waiting;
    committingSince = waitingSince;
    waiting = new Map();
    waitingSince = null;
    if (!(await settled([...taken.values()]))) {
      // What was processed meanwhile is further on.
      for (const [name, position] of taken) if (!waiting.has(name)) waiting.set(name, position);
      waitingSince = committingSince;
    }
    committingSince = null;
  }

  /** False when an outage outlasted the attempts. */
  async function settled(positions: readonly Position[]): Promise<boolean> {
    for (let attempt = 1; !deps.isStale(); attempt += 1) {
      try {
        await deps.commit(positions);
        deps.committed(positions);
        return true;
      } catch (error) {
        const isChange = deps.noteGroupChange(error);
        if (!isChange && isOutage(error) && attempt < attempts) {
          await sleep(pauseMs * 2 ** (attempt - 1));
          continue;
        }
        deps.commitFailed(error);
        if (isChange) return true;
        if (isOutage(error)) return false;
        deps.fail(error);
        return true;
      }
    }
    // The group changed first. What they stand for comes again, to this member or to another.
    const count = String(positions.length);
    deps.commitFailed(
      new CordonError("KAFKA_UNAVAILABLE", `the group changed before ${count} positions were committed`),
    );
    return true;
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
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
