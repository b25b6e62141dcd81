import { setTimeout as sleep } from "node:timers/promises";

import type { Ledger } from "../ledger/ledger.ts";
import type { PlantedRegister } from "../ledger/planted-register.ts";
import type { Traffic, TrafficEvent } from "../traffic/traffic.ts";
import type { Processor } from "./processor.ts";

export interface SendOptions {
  /** Asked before each batch: a new index brings new names to plant. */
  readonly traffic: () => Traffic;
  readonly ledger: Ledger;
  readonly planted: PlantedRegister;
  readonly processor: Pick<Processor, "encode" | "send">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Events a second; null: as fast as decisions come back. */
  readonly rate: number | null;
  /** How many in all; null: until the signal. */
  readonly events: number | null;
  /** Undecided events beyond which sending waits. */
  readonly mostPending: number;
  readonly signal: AbortSignal;
  /** A batch could not be sent and will be sent again; some of its events may then arrive twice. */
  readonly onRetry: (error: unknown) => void;
}

/** kafkajs spends time quadratic in the records of one call and partition. */
const mostRecordsACall = 500;
const mostCallsInFlight = 4;
const pauseMs = 10;
const retryPauseMs = 1000;

/** How many events may have been sent by now. A sender that fell more than a second behind does not make up for it. */
function pace(rate: number | null, now: () => number): (sent: number) => number {
  if (rate === null) return () => Number.POSITIVE_INFINITY;
  let zero = now();
  return (sent) => {
    const due = Math.floor(((now() - zero) / 1000) * rate) + 1;
    if (due - sent <= Math.max(1, rate)) return due;
    zero = now() - (sent / rate) * 1000;
    return sent + 1;
  };
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  // An abort only ends the rest: the caller looks at the signal.
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}

/**
 * Sends events in order of number until the goal or the signal; resolves when all that were sent are acknowledged.
 * Events are noted in the ledger before they leave. A batch that Kafka does not take is sent again until it succeeds or the signal.
 * Rejects where an event does not fit its schema.
 */
export async function sendTraffic(options: SendOptions): Promise<void> {
  const { ledger, planted, processor, now, signal } = options;
  const goal = options.events ?? Number.POSITIVE_INFINITY;
  const due = pace(options.rate, now);
  const calls = new Set<Promise<void>>();
  let next = 0;

  async function sendPersistently(events: readonly TrafficEvent[]): Promise<void> {
    const encoded = await processor.encode(events);
    for (;;) {
      try {
        await processor.send(encoded);
        return;
      } catch (error) {
        if (signal.aborted) return;
        options.onRetry(error);
        await rest(retryPauseMs, signal);
      }
    }
  }

  function makeBatch(size: number): readonly TrafficEvent[] {
    const traffic = options.traffic();
    const at = now();
    return Array.from({ length: size }, () => {
      const event = traffic.eventAt(next, at);
      ledger.sent(next, event.expected.outcome, at);
      planted.sent(next, event);
      next += 1;
      return event;
    });
  }

  while (!signal.aborted && next < goal) {
    const room = options.mostPending - ledger.totals().pending;
    const size = Math.min(mostRecordsACall, goal - next, room, due(next) - next);
    if (size <= 0) {
      await rest(pauseMs, signal);
      continue;
    }
    const call = sendPersistently(makeBatch(size)).finally(() => calls.delete(call));
    calls.add(call);
    if (calls.size >= mostCallsInFlight) await Promise.race(calls);
    else if (options.rate !== null) await rest(pauseMs, signal);
  }
  await Promise.all(calls);
}
