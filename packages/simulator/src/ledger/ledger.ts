import { judgeAnswer } from "../judge/answer.ts";
import type { Outcome } from "../judge/outcome.ts";
import { eventSet } from "./event-set.ts";
import { type LatencyHistogram, latencyHistogram } from "./latency-histogram.ts";

/** What has become of the events sent so far. */
export interface LedgerTotals {
  readonly sent: number;
  /** Events with at least one decision. */
  readonly decided: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Decisions beyond the first of an event. */
  readonly repeated: number;
  /** Repeated decisions whose outcome differs from the first. */
  readonly contradicted: number;
  /** Events whose first outcome is not the expected one. */
  readonly unexpected: number;
  /** Of these, the ones that were cleared and must not be: the one unforgivable fault. */
  readonly wronglyCleared: number;
  /** Sent and not decided yet. */
  readonly pending: number;
}

export interface Ledger {
  /** Notes an event before it is handed to the producer, so that no decision can come too early. */
  sent(number: number, expected: Outcome, at: number): void;
  /** Notes a decision that was read back. True when it is the event's first. */
  decided(number: number, outcome: Outcome, at: number): boolean;
  totals(): LedgerTotals;
  /** From sending to reading the decision back, of every event so far. */
  readonly latency: LatencyHistogram;
  /** The same for the last ten seconds at most; forgets as `at` advances. */
  recentLatency(at: number): LatencyHistogram;
  /** The numbers of events without a decision, in the order of sending, at most `limit`. */
  missing(limit: number): readonly number[];
}

const recentSeconds = 10;

interface Pending {
  readonly at: number;
  readonly expected: Outcome;
}

/** Remembers undecided events in full and decided ones as one bit and an outcome count: it may run for days. */
export function createLedger(): Ledger {
  const pending = new Map<number, Pending>();
  const first = { CLEAR: eventSet(), HIT: eventSet(), HOLD: eventSet() } as const;
  const counts: Record<Outcome, number> = { CLEAR: 0, HIT: 0, HOLD: 0 };
  const latency = latencyHistogram();
  const seconds = Array.from({ length: recentSeconds }, () => ({ second: -1, histogram: latencyHistogram() }));
  let sent = 0;
  let decided = 0;
  let repeated = 0;
  let contradicted = 0;
  let unexpected = 0;
  let wronglyCleared = 0;

  function addLatency(milliseconds: number, at: number): void {
    latency.add(milliseconds);
    const second = Math.floor(at / 1000);
    const slot = seconds[second % recentSeconds];
    if (slot === undefined) return;
    if (slot.second !== second) {
      slot.second = second;
      slot.histogram.clear();
    }
    slot.histogram.add(milliseconds);
  }

  return {
    latency,
    sent(number, expected, at) {
      pending.set(number, { at, expected });
      sent += 1;
    },
    decided(number, outcome, at) {
      const waited = pending.get(number);
      if (waited === undefined) {
        repeated += 1;
        if (!first[outcome].has(number)) contradicted += 1;
        return false;
      }
      pending.delete(number);
      first[outcome].add(number);
      decided += 1;
      counts[outcome] += 1;
      const judgement = judgeAnswer({ outcome }, { outcome: waited.expected });
      if (judgement !== "right") unexpected += 1;
      if (judgement === "released") wronglyCleared += 1;
      addLatency(Math.max(0, at - waited.at), at);
      return true;
    },
    totals: () => ({
      sent,
      decided,
      outcomes: { ...counts },
      repeated,
      contradicted,
      unexpected,
      wronglyCleared,
      pending: pending.size,
    }),
    recentLatency(at) {
      const merged = latencyHistogram();
      const oldest = Math.floor(at / 1000) - recentSeconds;
      for (const { second, histogram } of seconds) if (second > oldest) merged.merge(histogram);
      return merged;
    },
    missing: (limit) => [...pending.keys()].slice(0, limit),
  };
}
