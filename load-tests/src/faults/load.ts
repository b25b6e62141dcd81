import { setTimeout as sleep } from "node:timers/promises";

import type { OutRecord, Producer } from "@cordon/kafka";
import type { Expected, Ledger, Traffic, TrafficEvent } from "@cordon/simulator";

/** Sends events, steadily or at once, and notes what each must lead to before it leaves. */
export interface Load {
  /** From now on so many events a second; 0 ends it. */
  steady(perSecond: number): void;
  /** So many at once; resolves when they are acknowledged. */
  burst(count: number): Promise<void>;
  /** Records of one's own making, with what they must lead to by event id. */
  send(records: readonly OutRecord[], expected?: ReadonlyMap<string, Expected>): Promise<void>;
  /** How many of the numbered events have left so far. */
  sent(): number;
  readonly expected: ReadonlyMap<string, Expected>;
  /** Ends the stream; resolves when everything that left is acknowledged. */
  stop(): Promise<void>;
}

export interface LoadOptions {
  readonly producer: Producer;
  readonly encode: (event: TrafficEvent) => OutRecord;
  readonly traffic: Traffic;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
}

const turnMs = 20;
const mostACall = 500;
const retryMs = 500;

/** More calls under way than these say that Kafka is away: what is owed then goes in fewer and larger ones. */
const mostCalls = 50;
const mostOwedSeconds = 20;

export function createLoad({ producer, encode, traffic, ledger, signal }: LoadOptions): Load {
  const expected = new Map<string, Expected>();
  const calls = new Set<Promise<void>>();
  let next = 0;
  let rate = 0;
  let owed = 0;
  let last = Date.now();

  async function persist(records: readonly OutRecord[]): Promise<void> {
    while (!signal.aborted) {
      try {
        await producer.send(records);
        return;
      } catch {
        // Kafka is what some faults are about: the same records again, which may then be there twice.
        await sleep(retryMs, undefined, { signal }).catch(() => {});
      }
    }
  }

  function make(): OutRecord {
    const event = traffic.eventAt(next, Date.now());
    expected.set(event.eventId, expectationOf(event));
    ledger.sent(next, event.expected.outcome, Date.now());
    next += 1;
    return encode(event);
  }

  function release(count: number): Promise<void> {
    const call = persist(Array.from({ length: count }, make));
    calls.add(call);
    return call.finally(() => calls.delete(call));
  }

  const timer = setInterval(() => {
    const now = Date.now();
    owed = Math.min(owed + ((now - last) / 1000) * rate, rate * mostOwedSeconds);
    last = now;
    const count = Math.floor(owed);
    if (count === 0 || calls.size >= mostCalls || signal.aborted) return;
    owed -= count;
    void release(count);
  }, turnMs);

  return {
    expected,
    sent: () => next,
    steady(perSecond) {
      rate = perSecond;
      owed = 0;
      last = Date.now();
    },
    async burst(count) {
      for (let left = count; left > 0; left -= mostACall) await release(Math.min(mostACall, left));
    },
    async send(records, of = new Map()) {
      for (const [eventId, must] of of) expected.set(eventId, must);
      await persist(records);
    },
    async stop() {
      clearInterval(timer);
      rate = 0;
      await Promise.all(calls);
    },
  };
}

function expectationOf({ expected }: TrafficEvent): Expected {
  switch (expected.outcome) {
    case "HIT":
      return { outcome: "HIT", designationIds: expected.designationIds };
    case "HOLD":
      return { outcome: "HOLD", holdReason: expected.holdReason };
    case "CLEAR":
      return { outcome: "CLEAR" };
  }
}
