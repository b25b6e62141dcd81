import type { LedgerTotals, PlantedHit } from "@cordon/simulator";

import { count, duration, milliseconds } from "./text.ts";

export interface SummaryFacts {
  readonly totals: LedgerTotals;
  readonly goal: number | null;
  readonly planted: readonly PlantedHit[];
  /** Ids of events without a decision, some of them. */
  readonly missing: readonly string[];
  /** From the first event sent to the last decision read back. */
  readonly seconds: number;
  readonly latency: {
    readonly p50: number | null;
    readonly p95: number | null;
    readonly p99: number | null;
    readonly worst: number | null;
  };
  readonly restarts: number;
}

/** True when no event was lost, none was cleared that must not be, and every planted name was found. */
export function passed({ totals, goal, planted }: SummaryFacts): boolean {
  return (
    totals.pending === 0 &&
    totals.wronglyCleared === 0 &&
    (goal === null || totals.decided === goal) &&
    planted.every(({ found }) => found !== null)
  );
}

/** How many were decided otherwise than foreseen, and why any is held where none was. */
function expectationText({ unexpected, wronglyCleared, outcomes }: LedgerTotals): string {
  if (wronglyCleared > 0) return `${count(unexpected)} not as expected, ${count(wronglyCleared)} of them CLEAR`;
  const held = unexpected === 0 && outcomes.HOLD > 0 ? " (those held were sent without a name)" : "";
  return `${count(unexpected)} not as expected${held}`;
}

function plantedLine({ eventId, text, how, designationIds, found }: PlantedHit): string {
  const wanted = designationIds.join(" or ");
  return found === null
    ? `  NOT FOUND  ${eventId}  "${text}" (${how}): expected ${wanted}`
    : `  found      ${eventId}  "${text}" (${how}): ${found}`;
}

/** What a run with a fixed number of events comes to, for a person to read. Every planted hit is named. */
export function summaryLines(facts: SummaryFacts): readonly string[] {
  const { totals, planted, latency, seconds } = facts;
  const found = planted.filter((hit) => hit.found !== null).length;
  const lost = totals.pending;
  return [
    "",
    `planted hits`,
    ...planted.map(plantedLine),
    "",
    `events          ${count(totals.sent)} sent, ${count(totals.decided)} decided`,
    `decisions       CLEAR ${count(totals.outcomes.CLEAR)}, HIT ${count(totals.outcomes.HIT)}, HOLD ${count(totals.outcomes.HOLD)}; ${expectationText(totals)}`,
    `planted hits    ${count(planted.length)} sent, ${count(found)} found, ${count(planted.length - found)} missed`,
    `lost            ${count(lost)}${lost === 0 ? "" : `, such as ${facts.missing.join(", ")}`}`,
    `repeated        ${count(totals.repeated)}${totals.contradicted === 0 ? "" : `, ${count(totals.contradicted)} of them with another outcome`}`,
    `throughput      ${count(seconds > 0 ? totals.decided / seconds : 0)} events/s over ${duration(seconds)}`,
    `latency         p50 ${milliseconds(latency.p50)}, p95 ${milliseconds(latency.p95)}, p99 ${milliseconds(latency.p99)}, worst ${milliseconds(latency.worst)} from sending to the decision read back`,
    ...(facts.restarts === 0 ? [] : [`restarts        ${count(facts.restarts)}`]),
    passed(facts)
      ? "passed: nothing lost, every planted name found, nothing cleared that must not be"
      : "FAILED: an event was lost or wrongly cleared, or a planted name missed",
  ];
}
