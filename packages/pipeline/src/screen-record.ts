import { type Policy, type ScreenableEvent, screenEvent, type ScreeningOutcome } from "@cordon/messages";

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
  | { readonly kind: "undecodable"; readonly at: number };

/** What all records of a batch are screened with. Taken once, at its start: a batch must not mix two of any of them. */
export interface Screening {
  readonly generation: IndexGeneration;
  readonly policy: Policy;
  readonly indexIsStale: boolean;
}

/** The pure step. `event` is null for a record that cannot be read. */
export function screenRecord(
  event: ScreenableEvent | null,
  { generation, policy, indexIsStale }: Screening,
  at: number,
): ScreenedRecord {
  if (event === null) return { kind: "undecodable", at };
  return { kind: "screened", event, outcome: screenEvent(event, generation.index, policy, { indexIsStale }), at };
}
