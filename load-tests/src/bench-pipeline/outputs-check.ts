import type { Consumer } from "@cordon/kafka";
import { topics } from "@cordon/schemas";
import { createAlertDecoder, rightDesignation } from "@cordon/simulator";

import type { Ground } from "./ground.ts";

/** What came out of one run of the screener. */
export interface Outputs {
  /** Events without a decision that must have one. */
  readonly lost: number;
  /** Decisions beyond the first of an event. */
  readonly repeated: number;
  /** Planted names without an alert that names one of their designations. */
  readonly missedHits: number;
  /** Alerts on events in which nothing was planted. */
  readonly otherHits: number;
}

export interface OutputsCheck {
  /** What was written since the last call, once all that must be there is there or a minute brought nothing new. */
  take(decisionsOf: "all" | "hitsOnly"): Promise<Outputs>;
  close(): Promise<void>;
}

const idleMs = 1000;
const patienceMs = 60_000;

/** Reads decisions and alerts from outside, as their consumers do. */
export async function checkOutputs(ground: Ground, count: number): Promise<OutputsCheck> {
  const { kafka, registry, prefix, events } = ground;
  const decode = createAlertDecoder(registry);
  let decided = new Uint8Array(count);
  const alerted = new Map<number, Set<string>>();
  let changedAt = Date.now();
  const consumer: Consumer = kafka.consumer();
  await consumer.start({
    topics: [`${prefix}${topics.decisions}`, `${prefix}${topics.alerts}`],
    groupId: `${prefix}check`,
    onBatch: async ({ topic, records }) => {
      changedAt = Date.now();
      for (const { key, value } of records) {
        const number = events.numberOf(key?.toString("utf8") ?? "");
        if (number === null || number >= count || value === null) continue;
        if (topic.endsWith(topics.decisions)) decided[number] = Math.min(255, decided[number]! + 1);
        else alerted.set(number, new Set((await decode(value)).matches.map(({ designationId }) => designationId)));
      }
    },
  });

  function look(decisionsOf: "all" | "hitsOnly"): Outputs {
    let lost = 0;
    let repeated = 0;
    let missedHits = 0;
    let otherHits = 0;
    for (let number = 0; number < count; number++) {
      const planted = events.plantedIn(number);
      const times = decided[number]!;
      if (times === 0 && (decisionsOf === "all" || planted !== null)) lost++;
      repeated += Math.max(0, times - 1);
      const ids = alerted.get(number);
      if (planted === null) otherHits += ids === undefined ? 0 : 1;
      else if (rightDesignation(ids ?? [], planted.designationIds) === null) missedHits++;
    }
    return { lost, repeated, missedHits, otherHits };
  }

  return {
    async take(decisionsOf) {
      changedAt = Date.now();
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        const idle = Date.now() - changedAt;
        if (idle < idleMs) continue;
        const found = look(decisionsOf);
        if ((found.lost > 0 || found.missedHits > 0) && idle < patienceMs) continue;
        decided = new Uint8Array(count);
        alerted.clear();
        return found;
      }
    },
    close: () => consumer.stop(),
  };
}
