import { createHash } from "node:crypto";

import { CordonError } from "@cordon/errors";
import type { OffsetRange } from "@cordon/kafka";

/** One version of the index, as a look-back names it. */
export interface NamedVersion {
  readonly version: string;
  readonly generation: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** What is looked at again, and by what. Fixed when it begins. */
export interface LookBackPlan {
  readonly id: string;
  /** Null: everything in `to` counts as new. */
  readonly from: NamedVersion | null;
  readonly to: NamedVersion;
  readonly policyVersion: string;
  /** Milliseconds since the epoch; null: all that the topics keep. */
  readonly since: number | null;
  readonly ranges: readonly OffsetRange[];
  /** When the ends of the ranges were looked up, milliseconds since the epoch. */
  readonly takenAt: number;
}

/** Counts of a look-back, so far. */
export interface LookBackCounts {
  events: number;
  /** Events with something new in them: alerts, unless it is a trial. */
  found: number;
  matches: number;
  /** By reason: nothing may be concluded from them. */
  readonly notScreened: Record<string, number>;
  undecodable: number;
  canaries: number;
}

/** A look-back as it is kept, to go on from where it was. */
export interface LookBackState {
  readonly plan: LookBackPlan;
  /** By `topic/partition`: the next offset to look at. */
  readonly positions: Record<string, bigint>;
  readonly counts: LookBackCounts;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly finishedAt: number | null;
}

export function newCounts(): LookBackCounts {
  return { events: 0, found: 0, matches: 0, notScreened: {}, undecodable: 0, canaries: 0 };
}

/** The same look-back has the same id, however often it is begun. */
export function lookBackId(plan: Pick<LookBackPlan, "from" | "to" | "policyVersion" | "since">): string {
  const { from, to, policyVersion, since } = plan;
  const parts = [from?.version ?? null, to.version, policyVersion, since === null ? null : Math.floor(since / 60_000)];
  return `lb-${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 24)}`;
}

export function placeOf({ topic, partition }: Pick<OffsetRange, "topic" | "partition">): string {
  return `${topic}/${String(partition)}`;
}

/** What is left of the plan. */
export function rangesLeft({ plan, positions }: LookBackState): readonly OffsetRange[] {
  return plan.ranges
    .map((range) => {
      const next = positions[placeOf(range)];
      return next === undefined || next < range.from ? range : { ...range, from: next };
    })
    .filter(({ from, to }) => from < to);
}

const bigints = /^-?\d+n$/;

export function stateToText(state: LookBackState): string {
  return JSON.stringify(state, (_, value: unknown) => (typeof value === "bigint" ? `${String(value)}n` : value));
}

/** Throws CONTRACT_VIOLATED for a text that is no look-back. */
export function stateFromText(text: string): LookBackState {
  try {
    const state = JSON.parse(text, (_, value: unknown) =>
      typeof value === "string" && bigints.test(value) ? BigInt(value.slice(0, -1)) : value,
    ) as LookBackState;
    if (typeof state.plan.id === "string" && typeof state.counts.events === "number") return state;
  } catch {
    // Told below: the text may be anything.
  }
  throw new CordonError("CONTRACT_VIOLATED", "what is kept of the last look-back is none: give --restart");
}
