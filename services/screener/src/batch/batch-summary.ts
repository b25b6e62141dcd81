import type { Told } from "@cordon/decisions";
import type { HoldReason } from "@cordon/errors";
import type { ConsumedRecord } from "@cordon/kafka";
import { isCanary, type Outcome } from "@cordon/schemas";
import { type ClearDecision, keyText, type ScreenedRecord } from "@cordon/screening";

import type { BatchScreened } from "../telemetry.ts";

/** The counts of a batch, for telemetry. */
export type BatchSummary = Pick<
  BatchScreened,
  | "outcomes"
  | "canaries"
  | "holds"
  | "hits"
  | "fields"
  | "leftOut"
  | "told"
  | "keyMismatches"
  | "deadLetters"
  | "records"
  | "timestamps"
>;

/** `now`: milliseconds since the epoch, by which a record's time is judged. */
export function summaryOf(
  records: readonly ConsumedRecord[],
  screened: readonly ScreenedRecord[],
  now: number,
): BatchSummary {
  const outcomes: Record<Outcome, number> = { CLEAR: 0, HIT: 0, HOLD: 0 };
  const canaries: Record<Outcome, number> = { CLEAR: 0, HIT: 0, HOLD: 0 };
  const holds = new Map<HoldReason, number>();
  const hits = new Map<string, number>();
  const deadLetters = new Map<"RECORD_UNDECODABLE", number>();
  const told = new Map<Told["kind"], number>();
  let fields = 0;
  let leftOut = 0;
  let keyMismatches = 0;
  for (const [at, one] of screened.entries()) {
    if (one.kind === "undecodable") {
      add(deadLetters, "RECORD_UNDECODABLE");
      add(holds, "RECORD_UNDECODABLE");
      outcomes.HOLD++;
      continue;
    }
    if (one.kind === "clear-by-parts") {
      fields += one.fieldsScreened;
      leftOut += one.fieldsLeftOut;
      outcomes.CLEAR++;
      if (!isKeyedByItsId(records[at]!, one)) keyMismatches++;
      continue;
    }
    const { outcome, event } = one;
    fields += outcome.fieldsScreened;
    leftOut += outcome.fieldsLeftOut;
    for (const { kind } of outcome.told) add(told, kind);
    const record = records[at];
    if (record !== undefined && isCanary(event.eventId, record)) {
      canaries[({ clear: "CLEAR", hit: "HIT", hold: "HOLD" } as const)[outcome.kind]]++;
      continue;
    }
    if (record === undefined || keyText(record) !== event.eventId) keyMismatches++;
    switch (outcome.kind) {
      case "clear":
        outcomes.CLEAR++;
        break;
      case "hit":
        outcomes.HIT++;
        for (const { designation } of outcome.matches) add(hits, designation.list);
        break;
      case "hold":
        outcomes.HOLD++;
        add(holds, outcome.reason);
        break;
    }
  }
  const timestamps = records.map(({ timestamp }) => timestamp).filter((timestamp) => canBeTime(timestamp, now));
  return {
    outcomes,
    canaries,
    holds,
    hits,
    fields,
    leftOut,
    told,
    keyMismatches,
    deadLetters,
    records: records.length,
    timestamps,
  };
}

const hourMs = 3_600_000;
const oldestMs = 366 * 24 * hourMs;

/** Producers stamp records, some in seconds (1970), some in microseconds (the year 50000), some with -1 for no time at all. */
export function canBeTime(timestamp: number, now: number): boolean {
  return timestamp > now - oldestMs && timestamp < now + hourMs;
}

/** Whether the record's key is the event id in its value. */
function isKeyedByItsId(record: ConsumedRecord, { idStart, idEnd }: ClearDecision): boolean {
  const { key, value } = record;
  if (key === null || value === null) return false;
  // Plain keys are compared as they are; the framed ones are longer.
  if (key.length !== idEnd - idStart) return keyText(record) === value.toString("utf8", idStart, idEnd);
  for (let at = 0; at < key.length; at++) if (key[at] !== value[idStart + at]) return false;
  return true;
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
