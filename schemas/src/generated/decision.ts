// Made by `npm run generate` from schemas/avro. Do not edit.

import type { IndexStamp } from "./shared.ts";

/** What may happen to the money. An unknown symbol is read as HOLD. */
export type Outcome = "HOLD" | "CLEAR" | "HIT";

/** The outcome of one event. Exactly one outcome an event; a later decision may replace a HOLD, and never a HIT or a CLEAR. */
export interface Decision {
  /** The event's id. For a record that could not be read, the record's key. */
  readonly eventId: string;
  /** Topic of the event. */
  readonly sourceTopic: string;
  /** Partition of the event. */
  readonly sourcePartition: number;
  /** Offset of the event. */
  readonly sourceOffset: number;
  /** CLEAR: every screenable field was read and nothing matches. HIT: a name matches a listed one. HOLD: the event could not be screened in full. */
  readonly outcome: Outcome;
  /** Why the event is held, a code of docs/specs/errors.md. Null unless the outcome is HOLD. */
  readonly holdReason: string | null;
  /** The alert that says what was hit. Null unless the outcome is HIT. */
  readonly alertId: string | null;
  /** How many names and lines of the event were compared. */
  readonly fieldsScreened: number;
  /** What the event was compared with. */
  readonly index: IndexStamp;
  /** Version of the scoring: the same version gives the same names the same score. */
  readonly engineVersion: string;
  /** Hash of every setting that can change an outcome. */
  readonly policyVersion: string;
  /** When it was decided, milliseconds since the epoch. */
  readonly decidedAt: number;
}
