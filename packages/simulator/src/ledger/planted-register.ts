import { rightDesignation } from "../judge/answer.ts";
import type { TrafficEvent } from "../traffic/traffic.ts";

/** One event that carried a listed name, and what became of it. */
export interface PlantedHit {
  readonly eventId: string;
  /** The name as it stood in the event. */
  readonly text: string;
  readonly how: string;
  /** Any of these is the right answer. */
  readonly designationIds: readonly string[];
  /** The right designation that an alert named; null: none so far. */
  readonly found: string | null;
}

/** Remembers every planted name and whether an alert found it. */
export interface PlantedRegister {
  sent(number: number, event: TrafficEvent): void;
  /** Notes the designations that an alert on that event names. */
  alerted(number: number, designationIds: readonly string[]): void;
  counts(): { readonly sent: number; readonly found: number };
  /** Every planted hit, in the order of sending. */
  hits(): readonly PlantedHit[];
}

export function createPlantedRegister(): PlantedRegister {
  const byNumber = new Map<number, PlantedHit>();
  let found = 0;
  return {
    sent(number, { eventId, expected }) {
      if (expected.outcome !== "HIT") return;
      const { text, how, designationIds } = expected;
      byNumber.set(number, { eventId, text, how, designationIds, found: null });
    },
    alerted(number, designationIds) {
      const hit = byNumber.get(number);
      if (hit === undefined || hit.found !== null) return;
      const right = rightDesignation(designationIds, hit.designationIds);
      if (right === null) return;
      byNumber.set(number, { ...hit, found: right });
      found += 1;
    },
    counts: () => ({ sent: byNumber.size, found }),
    hits: () => [...byNumber.values()],
  };
}
