import type { HealthReport } from "@cordon/platform";

/** What the probes look at. Times in milliseconds. */
export interface Vitals {
  /** When the consumer gave its last sign of life, since the epoch; `null` before it was started. */
  readonly lastProgressAt: number | null;
  /** Whether the group has given this member its partitions, be they none. */
  readonly joined: boolean;
  /** Generation of the live index; `null` without one. */
  readonly generation: number | null;
  readonly indexAge: number;
  readonly indexMaxAge: number;
}

/** Alive: the consumer, once started, shows signs of life. What Kafka, Redis and the registry do is not our death. */
export function alive({ lastProgressAt }: Vitals, { now, stallMs }: { now: number; stallMs: number }): HealthReport {
  const silence = lastProgressAt === null ? 0 : now - lastProgressAt;
  if (silence <= stallMs) return { ok: true };
  return { ok: false, reasons: [`the consumer gave no sign of life for ${String(Math.round(silence / 1000))} s`] };
}

/** Ready: a fresh index is loaded and the group joined. */
export function ready({ joined, generation, indexAge, indexMaxAge }: Vitals): HealthReport {
  const reasons: string[] = [];
  if (generation === null) reasons.push("there is no index yet: nothing is consumed");
  else if (indexAge > indexMaxAge) reasons.push("the index is older than INDEX_MAX_AGE_HOURS: every event is held");
  if (!joined) reasons.push("the consumer group is not joined");
  return { ok: reasons.length === 0, reasons };
}
