import { pause } from "./pause.ts";
import { messageOf, StackError } from "./stack-error.ts";

export interface Waiting {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly pauseMs?: number;
  /** Looked at between two tries: why there is no use in waiting on, or undefined. */
  readonly hopeless?: () => string | undefined;
}

/** Asks until `answers` resolves. Throws StackError with the last refusal when the time is over or waiting is hopeless. */
export async function untilAnswering(
  what: string,
  answers: () => Promise<void>,
  { signal, timeoutMs, pauseMs = 150, hopeless }: Waiting,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    signal.throwIfAborted();
    const reason = hopeless?.();
    if (reason !== undefined) throw new StackError(`${what} ${reason}`);
    try {
      await answers();
      return;
    } catch (error) {
      if (performance.now() > deadline)
        throw new StackError(`${what} did not answer within ${String(timeoutMs / 1000)} s: ${messageOf(error)}`);
    }
    await pause(pauseMs, signal);
  }
}
