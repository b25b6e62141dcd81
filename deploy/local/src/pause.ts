import { setTimeout as sleep } from "node:timers/promises";

/** Rejects with the signal's own reason when it is aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    signal.throwIfAborted();
  }
}
