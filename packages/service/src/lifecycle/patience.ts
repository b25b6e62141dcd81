import { setTimeout as sleep } from "node:timers/promises";

import { CordonError, dispositionOf, type ErrorCode } from "@cordon/errors";

/** One more time that something outside gave no answer. */
export interface Waited {
  /** What is waited for, such as `Kafka topics`. */
  readonly what: string;
  readonly code: ErrorCode;
  readonly error: Error;
  /** 1 for the first failure. */
  readonly attempt: number;
  readonly nextInMs: number;
}

export interface PatienceOptions {
  /** Ends the waiting: its reason is what the caller gets. */
  readonly signal: AbortSignal;
  readonly onWait: (event: Waited) => void;
  readonly onResume?: (event: { readonly what: string; readonly attempts: number }) => void;
  /** Milliseconds before the second attempt; doubled each time up to `mostMs`. Default 250. */
  readonly firstMs?: number;
  /** Default 10,000. */
  readonly mostMs?: number;
  /** Waits; must end early when the signal is aborted. Default: a timer. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Does `work` until it succeeds. Only an error whose disposition is `retry` is waited out; any other one is the
 * caller's at once. The first attempt is made also when the signal is aborted already: who was told to stop finishes
 * what is in hand, and only does not wait for it.
 */
export async function patiently<T>(what: string, work: () => Promise<T>, options: PatienceOptions): Promise<T> {
  const { signal, onWait, onResume, firstMs = 250, mostMs = 10_000, pause = timer } = options;
  for (let attempt = 1; ; attempt++) {
    if (attempt > 1) signal.throwIfAborted();
    try {
      const result = await work();
      if (attempt > 1) onResume?.({ what, attempts: attempt });
      return result;
    } catch (error) {
      if (!(error instanceof CordonError) || dispositionOf(error) !== "retry") throw error;
      const nextInMs = Math.min(mostMs, firstMs * 2 ** Math.min(attempt - 1, 16));
      onWait({ what, code: error.code, error, attempt, nextInMs });
      await pause(nextInMs, signal);
    }
  }
}

async function timer(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {
    signal.throwIfAborted();
  });
}
