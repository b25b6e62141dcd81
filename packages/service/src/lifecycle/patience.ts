import { setTimeout as sleep } from "node:timers/promises";

import { CordonError, dispositionOf, type ErrorCode } from "@cordon/errors";

import { type BackOff, backOffMs } from "./back-off.ts";

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

export interface PatienceOptions extends Partial<BackOff> {
  /** Ends the waiting: its reason is what the caller gets. */
  readonly signal: AbortSignal;
  readonly onWait: (event: Waited) => void;
  readonly onResume?: (event: { readonly what: string; readonly attempts: number }) => void;
  /** 0..1, see `backOffMs`. Default: by chance. */
  readonly chance?: () => number;
  /** Waits; must end early when the signal is aborted. Default: a timer. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const usual: BackOff = { firstMs: 250, mostMs: 10_000 };

/**
 * Does `work` until it succeeds. Only an error whose disposition is `retry` is waited out; any other one is the
 * caller's at once. The first attempt is made also when the signal is aborted already: who was told to stop finishes
 * what is in hand, and only does not wait for it.
 */
export async function retryUntilAvailable<T>(
  what: string,
  work: () => Promise<T>,
  options: PatienceOptions,
): Promise<T> {
  const { signal, onWait, onResume, chance = Math.random, pause = timer } = options;
  const pauses = { ...usual, ...options };
  for (let attempt = 1; ; attempt++) {
    if (attempt > 1) signal.throwIfAborted();
    try {
      const result = await work();
      if (attempt > 1) onResume?.({ what, attempts: attempt });
      return result;
    } catch (error) {
      if (!(error instanceof CordonError) || dispositionOf(error) !== "retry") throw error;
      const nextInMs = backOffMs(attempt, pauses, chance());
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
