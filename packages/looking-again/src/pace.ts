import { setTimeout as sleep } from "node:timers/promises";

/** Keeps work in the background from taking what the live stream needs. */
export interface Pace {
  /** To be called after each piece of work. Rejects with the signal's reason. */
  rest(): Promise<void>;
}

export interface PaceOptions {
  /** Part of a processor that the work may take, in (0, 1]. */
  readonly share: number;
  /** Records that wait for the screeners. */
  readonly lag?: () => Promise<number>;
  /** Beyond this lag the work stands still. */
  readonly mostLag?: number;
  readonly signal: AbortSignal;
  readonly onWait?: (lag: number) => void;
  /** Milliseconds, of any beginning. */
  readonly clock?: () => number;
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const lagEveryMs = 2000;
const lagPauseMs = 1000;

export function createPace({
  share,
  lag,
  mostLag = 10_000,
  signal,
  onWait = () => undefined,
  clock = () => performance.now(),
  pause = timer,
}: PaceOptions): Pace {
  let since = clock();
  let lagAskedAt = Number.NEGATIVE_INFINITY;

  async function letTheStreamCatchUp(): Promise<void> {
    if (lag === undefined || clock() - lagAskedAt < lagEveryMs) return;
    for (;;) {
      const waiting = await lag();
      lagAskedAt = clock();
      if (waiting <= mostLag) return;
      onWait(waiting);
      await pause(lagPauseMs, signal);
      signal.throwIfAborted();
    }
  }

  return {
    async rest() {
      signal.throwIfAborted();
      const idle = (clock() - since) * (1 / share - 1);
      if (idle >= 1) await pause(idle, signal);
      await letTheStreamCatchUp();
      signal.throwIfAborted();
      since = clock();
    },
  };
}

async function timer(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {
    signal.throwIfAborted();
  });
}
