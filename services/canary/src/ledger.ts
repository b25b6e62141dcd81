import { judgeAnswer, rightDesignation } from "@cordon/simulator";

import type { Canary, CanaryKind } from "./canary-events.ts";

/** What became of one canary: as it must be, something else, or nothing in time. */
export type CanaryResult = "passed" | "wrong" | "missed";

export interface Verdict {
  readonly eventId: string;
  readonly kind: CanaryKind;
  readonly list: string | null;
  readonly result: CanaryResult;
  /** What there was of a result, in words; never a name. */
  readonly why: string;
  /** From sending until the verdict, milliseconds. */
  readonly milliseconds: number;
}

/** The canaries on their way. Every canary gets one verdict; what comes after it, or for a stranger, leads to none. */
export interface CanaryLedger {
  /** Note it before it leaves. */
  sent(canary: Canary, at: number): void;
  decided(eventId: string, outcome: string, at: number): Verdict | null;
  alerted(eventId: string, designationIds: readonly string[], at: number): Verdict | null;
  /** Verdicts on what is overdue. */
  overdue(at: number): readonly Verdict[];
}

interface OnItsWay {
  readonly canary: Canary;
  readonly sentAt: number;
  decidedHit: boolean;
  alerted: boolean;
}

export function createCanaryLedger({ deadlineMs }: { readonly deadlineMs: number }): CanaryLedger {
  const onTheirWay = new Map<string, OnItsWay>();

  function close({ canary, sentAt }: OnItsWay, verdict: Pick<Verdict, "result" | "why">, at: number): Verdict {
    onTheirWay.delete(canary.eventId);
    const { eventId, kind, list } = canary;
    return { eventId, kind, list, ...verdict, milliseconds: Math.max(0, at - sentAt) };
  }

  /** A known-bad event has passed when its decision is HIT and its alert names the designation, in either order. */
  function whole(one: OnItsWay, at: number): Verdict | null {
    return one.decidedHit && one.alerted ? close(one, { result: "passed", why: "HIT and alerted" }, at) : null;
  }

  return {
    sent(canary, at) {
      onTheirWay.set(canary.eventId, { canary, sentAt: at, decidedHit: false, alerted: false });
    },
    decided(eventId, outcome, at) {
      const one = onTheirWay.get(eventId);
      if (one === undefined) return null;
      const wanted = one.canary.kind === "known_bad" ? "HIT" : "CLEAR";
      if (judgeAnswer({ outcome }, { outcome: wanted }) !== "right")
        return close(one, { result: "wrong", why: `decided ${outcome || "without an outcome"}, not ${wanted}` }, at);
      if (wanted === "CLEAR") return close(one, { result: "passed", why: "CLEAR" }, at);
      one.decidedHit = true;
      return whole(one, at);
    },
    alerted(eventId, designationIds, at) {
      const one = onTheirWay.get(eventId);
      if (one === undefined) return null;
      if (rightDesignation(designationIds, one.canary.designationIds) === null)
        return close(one, { result: "wrong", why: "the alert does not name the designation" }, at);
      one.alerted = true;
      return whole(one, at);
    },
    overdue: (at) =>
      [...onTheirWay.values()]
        .filter(({ sentAt }) => at - sentAt > deadlineMs)
        .map((one) => {
          const there = [...(one.decidedHit ? ["a decision"] : []), ...(one.alerted ? ["an alert"] : [])];
          return close(one, { result: "missed", why: `only ${there.join(" and ") || "silence"} in time` }, at);
        }),
  };
}
