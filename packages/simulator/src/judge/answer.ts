import type { Outcome } from "./outcome.ts";

/** What an event must lead to. */
export interface Expected {
  readonly outcome: Outcome;
  readonly holdReason?: string;
  /** An alert must name one of them. */
  readonly designationIds?: readonly string[];
  /** Where the outcome depends on which list was live: what it must be with an index of so many designations. */
  readonly byEntries?: (entries: number) => Outcome;
}

/** What was decided of an event. */
export interface Answer {
  /** As it was told: another text than an outcome is never right. */
  readonly outcome: string;
  readonly holdReason?: string | null;
  /** Designations of the index that it was decided with. */
  readonly entries?: number;
}

/** `released`: cleared though it must not be, the one unforgivable fault. */
export type Judgement = "right" | "wrong" | "released";

const nothing: ReadonlySet<string> = new Set();

/** Judges a decision by what its event must lead to; undefined: by nothing that was ever sent. `mayHold`: reasons that are right, too. */
export function judgeAnswer(
  { outcome, holdReason = null, entries = 0 }: Answer,
  expected: Expected | undefined,
  mayHold: ReadonlySet<string> = nothing,
): Judgement {
  const otherwise = outcome === "CLEAR" ? "released" : "wrong";
  if (expected === undefined) return otherwise;
  if (outcome === "HOLD" && mayHold.has(holdReason ?? "")) return "right";
  if (outcome !== (expected.byEntries?.(entries) ?? expected.outcome)) return otherwise;
  return expected.holdReason === undefined || holdReason === expected.holdReason ? "right" : "wrong";
}

/** The designation by which an alert is right: it names one of those that were planted. Null: it names none. */
export function rightDesignation(named: Iterable<string>, planted: readonly string[]): string | null {
  for (const id of named) if (planted.includes(id)) return id;
  return null;
}
