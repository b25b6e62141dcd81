import {
  type GoodGuysAtHand,
  isFresh,
  type Policy,
  type ScreenableEvent,
  screenEvent,
  type ScreeningOutcome,
  type Treatment,
} from "@cordon/decisions";
import { canaryIdPrefix, type EventParts, type PartsReader } from "@cordon/schemas";

import { type ClearParts, IN_FULL } from "./clear-parts.ts";
import type { ReadResult } from "./event-readers.ts";
import type { IndexGeneration } from "./index/generation.ts";

/** What became of one record. */
export type ScreenedRecord =
  | {
      readonly kind: "screened";
      readonly event: ScreenableEvent;
      readonly outcome: ScreeningOutcome;
      /** When it was decided, milliseconds since the epoch. */
      readonly at: number;
    }
  | ClearByParts
  /** `why` holds nothing of the record. */
  | { readonly kind: "undecodable"; readonly why: string; readonly at: number };

/** An event that is CLEAR because each of its parts is. It was not read as a whole, and nothing of it was set aside. */
export interface ClearByParts {
  readonly kind: "clear-by-parts";
  /** The bytes of the event id in the value: ASCII. */
  readonly idStart: number;
  readonly idEnd: number;
  readonly fieldsScreened: number;
  readonly fieldsLeftOut: number;
  readonly at: number;
}

/** What all records of a batch are screened with. Taken once, at its start: a batch must not mix two of any of them. */
export interface Screening {
  readonly generation: IndexGeneration;
  readonly policy: Policy;
  /** Milliseconds, see `Circumstances`. */
  readonly indexAge: number;
  /** What fingerprints of parties are made with; alerts have none without it. */
  readonly fingerprintKey?: Uint8Array | undefined;
  /** The good guys of this batch. Absent: the policy has none, or none can be used. */
  readonly goodGuys?: GoodGuysAtHand | undefined;
}

/** What events are cleared by: the table of their parts, what is known of parts, and how old the index is. */
export interface ClearingByParts {
  readonly parts: EventParts;
  readonly clearParts: ClearParts;
  readonly indexAge: number;
}

/**
 * The short way: an event each of whose parts is clear, before its deadline, against an index that is fresh. Null for any
 * other, which must be read and screened in full; canaries go that way, too, for it tells them apart. It never says clear
 * where `screenRecord` says something else. `reader` found the parts of `value`, which are those of `row`; null: it must be read
 * in full.
 */
export function clearByParts(
  { parts, clearParts, indexAge }: ClearingByParts,
  { value, reader }: { readonly value: Buffer | null; readonly reader: PartsReader | null },
  { row, at }: { readonly row: number; readonly at: number },
): ClearByParts | null {
  if (value === null || reader === null) return null;
  const idStart = parts.idStart[row]!;
  const idEnd = parts.idEnd[row]!;
  if (idStart < 0 || at > parts.decideBy[row]! || mayBeCanary(value, idStart)) return null;
  const event = { parts, at: row, value, reader };
  const treatment = clearParts.treatmentOf(event);
  if (!isFresh(indexAge, treatment) || isLate(parts.createdAt[row]!, treatment, at)) return null;
  const fieldsScreened = clearParts.fieldsIfClear(event, treatment);
  if (fieldsScreened === IN_FULL) return null;
  return { kind: "clear-by-parts", idStart, idEnd, fieldsScreened, fieldsLeftOut: clearParts.fieldsLeftOut(), at };
}

/** By the time that the policy gives it; its own is asked before. */
function isLate(createdAt: number, { decideWithinMs }: Treatment, at: number): boolean {
  return decideWithinMs !== null && createdAt !== 0 && at > createdAt + decideWithinMs;
}

const canaryBytes = Buffer.from(canaryIdPrefix, "ascii");

function mayBeCanary(value: Buffer, idStart: number): boolean {
  for (let i = 0; i < canaryBytes.length; i++) if (value[idStart + i] !== canaryBytes[i]) return false;
  return true;
}

/** The pure step. */
export function screenRecord(
  { event, why }: ReadResult,
  { generation, policy, indexAge, goodGuys }: Screening,
  at: number,
): ScreenedRecord {
  if (event === null) return { kind: "undecodable", why, at };
  const outcome = screenEvent(event, generation.index, policy, { indexAge, at, goodGuys });
  return { kind: "screened", event, outcome, at };
}
