import type { Outcome } from "./outcome.ts";

/** `<topic>/<partition>/<offset>` of an event: what decisions and dead letters name as their source. */
export type Coordinate = string;

export function coordinateOf(topic: string, partition: number, offset: bigint | number | string): Coordinate {
  return `${topic}/${String(partition)}/${String(offset)}`;
}

/** A record that was read back from a topic of events. */
export interface SeenEvent {
  readonly at: Coordinate;
  readonly key: string | null;
}

export interface SeenDecision {
  readonly source: Coordinate;
  readonly eventId: string;
  readonly outcome: Outcome;
  readonly holdReason: string | null;
  readonly alertId: string | null;
  readonly index: { readonly version: string; readonly entries: number };
  /** Everything but the time of the decision, as text: repeats are compared by it. */
  readonly timeless: string;
}

export interface SeenAlert {
  readonly source: Coordinate;
  readonly eventId: string;
  readonly alertId: string;
  readonly designationIds: readonly string[];
}

export interface SeenDeadLetter {
  readonly source: Coordinate;
  readonly code: string;
  /** The bytes and those of the record it stands for, by hash: they must be equal. */
  readonly valueHash: string;
}

/** Everything that went in and came out, read back from Kafka. */
export interface Seen {
  readonly events: readonly SeenEvent[];
  readonly decisions: readonly SeenDecision[];
  readonly alerts: readonly SeenAlert[];
  readonly deadLetters: readonly SeenDeadLetter[];
}
