import {
  type GoodGuysAtHand,
  type Policy,
  type ScreenableEvent,
  screenEvent,
  type ScreeningOutcome,
} from "@cordon/decisions";

import type { ReadResult } from "./event-readers.ts";
import type { ClearDecision } from "./fast-path/fast-path.ts";
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
  | ClearDecision
  /** `why` holds nothing of the record. */
  | { readonly kind: "undecodable"; readonly why: string; readonly at: number };

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

/** Full screening of one record. Pure. */
export function screenRecord(
  { event, why }: ReadResult,
  { generation, policy, indexAge, goodGuys }: Screening,
  at: number,
): ScreenedRecord {
  if (event === null) return { kind: "undecodable", why, at };
  const outcome = screenEvent(event, generation.index, policy, { indexAge, at, goodGuys });
  return { kind: "screened", event, outcome, at };
}
