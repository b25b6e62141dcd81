import { setImmediate as nextTurn } from "node:timers/promises";

import type { BatchContext } from "@cordon/kafka";

/** Keeps a long piece of synchronous work from starving the group's heartbeats and the probes. */
export interface Pace {
  /** True when it is time to rest. Cheap: call it after each record. */
  due(): boolean;
  /** Heartbeats, and lets the event loop turn once. */
  rest(): Promise<void>;
}

export interface PaceOptions {
  readonly everyRecords?: number;
  readonly everyMs?: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

/** The clock costs as much as a step of a short record; the longest of a record takes milliseconds. */
const recordsALook = 4;

export function createPace(
  { heartbeat }: Pick<BatchContext, "heartbeat">,
  { everyRecords = 200, everyMs = 20, now = () => performance.now() }: PaceOptions = {},
): Pace {
  let records = 0;
  let since = now();
  return {
    due: () => ++records >= everyRecords || (records % recordsALook === 0 && now() - since >= everyMs),
    async rest() {
      await heartbeat();
      await nextTurn();
      records = 0;
      since = now();
    },
  };
}

/** The most that a piece of work which is taken in steps may keep the event loop, unless one step takes longer. */
const mostSliceMs = 8;

/** Takes steps of work to their end, and lets the event loop turn between slices of them. */
export async function inSlices<T>(steps: Iterator<void, T>, now: () => number = () => performance.now()): Promise<T> {
  for (;;) {
    const since = now();
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (now() - since < mostSliceMs);
    await nextTurn();
  }
}

const sliceMs = 1000;

/** Nothing that is waited for takes longer: after so many heartbeats the group may take the work for stuck. */
const mostBeats = 90;

/** Does the work with a heartbeat every second. */
export async function whileBeating<T>(
  { heartbeat }: Pick<BatchContext, "heartbeat">,
  work: () => Promise<T>,
): Promise<T> {
  let beats = 0;
  const timer = setInterval(() => {
    if (++beats >= mostBeats) clearInterval(timer);
    void heartbeat();
  }, sliceMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Waits with a heartbeat every second; ends early, without an error, when the signal is aborted. */
export function heartbeatingPause({
  heartbeat,
}: Pick<BatchContext, "heartbeat">): (milliseconds: number, signal: AbortSignal) => Promise<void> {
  return async (milliseconds, signal) => {
    for (let left = milliseconds; left > 0 && !signal.aborted; left -= sliceMs) {
      await quietSleep(Math.min(left, sliceMs), signal);
      await heartbeat();
    }
  };
}

function quietSleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  const abort = (): void => {
    clearTimeout(timer);
    resolve();
  };
  signal.addEventListener("abort", abort, { once: true });
  return promise.finally(() => {
    signal.removeEventListener("abort", abort);
  });
}
