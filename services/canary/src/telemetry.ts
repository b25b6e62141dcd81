import type { CanaryMetrics, Logger, Waited } from "@cordon/platform";

import type { CanaryKind } from "./canary-events.ts";
import type { Verdict } from "./ledger.ts";

/** What happened, in the past tense. Nothing here holds a listed name. */
export interface CanaryTelemetry {
  waited(event: Waited): void;
  namesTaken(event: { readonly generation: number; readonly names: number }): void;
  sent(event: { readonly kind: CanaryKind; readonly designationIds: readonly string[] }): void;
  sendFailed(event: { readonly error: unknown }): void;
  judged(event: Verdict & { readonly at: number }): void;
}

export function logTelemetry(log: Logger): CanaryTelemetry {
  return {
    waited: ({ what, code, error, attempt, nextInMs }) => {
      if (Math.log2(attempt) % 1 === 0) log.warn("waiting", { for: what, code, attempt, nextInMs, error });
    },
    namesTaken: (event) => {
      log.info("names taken from the index", event);
    },
    sent: () => {},
    sendFailed: ({ error }) => {
      log.warn("canaries could not be sent", { error });
    },
    judged: ({ eventId, kind, result, why, milliseconds }) => {
      const verdict = { eventId, kind, result, why, milliseconds };
      if (verdict.result === "passed") log.debug("canary passed", verdict);
      else log.error("canary failed", verdict);
    },
  };
}

export function countTelemetry(metrics: CanaryMetrics): CanaryTelemetry {
  return {
    waited: ({ code }) => {
      if (
        code === "KAFKA_UNAVAILABLE" ||
        code === "REGISTRY_UNAVAILABLE" ||
        code === "REDIS_UNAVAILABLE" ||
        code === "INDEX_ABSENT"
      )
        metrics.retries.inc({ code });
    },
    namesTaken: () => {},
    sent: ({ kind }) => {
      metrics.canariesSent.inc({ kind });
    },
    sendFailed: () => {},
    judged: ({ kind, result, milliseconds, at }) => {
      metrics.canaryResults.inc({ kind, result });
      if (result !== "passed") return;
      metrics.canaryDetection.observe({ kind }, milliseconds / 1000);
      metrics.canaryLastPassed.set({ kind }, at / 1000);
    },
  };
}
