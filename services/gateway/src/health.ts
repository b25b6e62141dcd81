import type { HealthReport } from "@cordon/service";

/** What the probes look at. Times in milliseconds since the epoch; 0: never. */
export interface Vitals {
  /** Topics, schemas and a producer are there. */
  readonly prepared: boolean;
  /** When Kafka last told how far its topics go. */
  readonly kafkaSeenAt: number;
  /** When Redis last took what this replica says. */
  readonly redisSeenAt: number;
  readonly ending: boolean;
}

/** Between two looks lie seconds: this is several of them. */
const silentMs = 30_000;

/** Alive: it answers. What Kafka and Redis do is not our death. */
export function alive(): HealthReport {
  return { ok: true };
}

/** Ready: a message that comes now would be taken. */
export function ready({ prepared, kafkaSeenAt, redisSeenAt, ending }: Vitals, now: number): HealthReport {
  const reasons: string[] = [];
  if (!prepared) reasons.push("topics, schemas and a producer are not there yet");
  else if (now - kafkaSeenAt > silentMs) reasons.push("Kafka has given no answer for half a minute");
  if (now - redisSeenAt > silentMs) reasons.push("Redis has given no answer for half a minute");
  if (ending) reasons.push("it is about to end");
  return { ok: reasons.length === 0, reasons };
}
