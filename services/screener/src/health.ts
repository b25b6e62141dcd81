import type { HealthReport } from "@cordon/service";

/** What the probes look at. Times in milliseconds. */
export interface Vitals {
  /** When the consumer gave its last sign of life, since the epoch; `null` before it was started. */
  readonly lastProgressAt: number | null;
  /** When the batch that shows no sign of life for the longest showed its last one; `null` with no batch in hand. */
  readonly batchAliveAt: number | null;
  /** Whether the group has given this member its partitions, be they none. */
  readonly joined: boolean;
  /** Generation of the live index; `null` without one. */
  readonly generation: number | null;
  readonly indexAge: number;
  readonly indexMaxAge: number;
  /** What stops the work, see `Waitings`: for some seconds at least. */
  readonly waiting: readonly string[];
  /** What is known beside it of why something is not there. */
  readonly known: readonly string[];
}

/**
 * Alive: the consumer, once started, shows signs of life, and so does each batch in hand. What Kafka, Redis and the
 * registry do is not our death: a batch that waits for them gives heartbeats.
 */
export function alive(
  { lastProgressAt, batchAliveAt }: Vitals,
  { now, stallMs }: { now: number; stallMs: number },
): HealthReport {
  const reasons = [
    { who: "the consumer", at: lastProgressAt },
    { who: "a batch in hand", at: batchAliveAt },
  ].flatMap(({ who, at }) => {
    const silence = at === null ? 0 : now - at;
    return silence > stallMs ? [`${who} gave no sign of life for ${String(Math.round(silence / 1000))} s`] : [];
  });
  return reasons.length === 0 ? { ok: true } : { ok: false, reasons };
}

/** Ready: a fresh index is loaded, the group joined, and nothing stops the work. */
export function ready({ joined, generation, indexAge, indexMaxAge, waiting, known }: Vitals): HealthReport {
  const reasons: string[] = [];
  if (generation === null) reasons.push("there is no index yet: nothing is consumed");
  else if (indexAge > indexMaxAge) reasons.push("the index is older than INDEX_MAX_AGE_HOURS: no event is cleared");
  if (!joined) reasons.push("the consumer group is not joined");
  reasons.push(...waiting);
  if (reasons.length > 0) reasons.push(...known.filter((reason) => !reasons.includes(reason)));
  return { ok: reasons.length === 0, reasons };
}
