import { isRetried } from "@cordon/errors";
import type { CanaryMetrics, Logger, Waited } from "@cordon/service";

import type { CanaryKind } from "./canary-events.ts";
import type { Verdict } from "./ledger.ts";

/** What happened, in the past tense. Nothing here holds a listed name. */
export interface CanaryTelemetry {
  waited(event: Waited): void;
  namesTaken(event: { readonly generation: number; readonly names: number }): void;
  /** Said in each round: every list that must be found, and those of which the live index has no name. */
  listsExpected(event: { readonly lists: readonly string[]; readonly absent: readonly string[] }): void;
  sent(event: { readonly kind: CanaryKind; readonly designationIds: readonly string[] }): void;
  sendFailed(event: { readonly error: unknown }): void;
  judged(event: Verdict & { readonly at: number }): void;
}

export function logTelemetry(log: Logger): CanaryTelemetry {
  let missing = "";
  return {
    waited: ({ what, code, error, attempt, nextInMs }) => {
      if (Math.log2(attempt) % 1 === 0) log.warn("waiting", { for: what, code, attempt, nextInMs, error });
    },
    namesTaken: (event) => {
      log.info("names taken from the index", event);
    },
    listsExpected: ({ absent }) => {
      if (absent.length > 0 && absent.join() !== missing)
        log.error("the live index has no name of a list", { code: "INDEX_LACKS_LIST", absent });
      missing = absent.join();
    },
    sent: () => {},
    sendFailed: ({ error }) => {
      log.warn("canaries could not be sent", { error });
    },
    judged: ({ eventId, kind, list, result, why, milliseconds }) => {
      const verdict = { eventId, kind, list, result, why, milliseconds };
      if (verdict.result === "passed") log.debug("canary passed", verdict);
      else log.error("canary failed", verdict);
    },
  };
}

export function countTelemetry(metrics: CanaryMetrics): CanaryTelemetry {
  const passedAt = new Map<string, number>();
  return {
    waited: ({ code }) => {
      if (isRetried(code)) metrics.retries.inc({ code });
    },
    namesTaken: () => {},
    listsExpected: ({ lists, absent }) => {
      for (const list of absent) metrics.canaryListResults.inc({ list, result: "absent" });
      metrics.indexListMissing.reset();
      for (const list of absent) metrics.indexListMissing.set({ list }, 1);
      // A list that was released is expected no longer, and so never late.
      metrics.canaryListLastPassed.reset();
      for (const list of lists) metrics.canaryListLastPassed.set({ list }, (passedAt.get(list) ?? 0) / 1000);
    },
    sent: ({ kind }) => {
      metrics.canariesSent.inc({ kind });
    },
    sendFailed: () => {},
    judged: ({ kind, list, result, milliseconds, at }) => {
      metrics.canaryResults.inc({ kind, result });
      if (list !== null) metrics.canaryListResults.inc({ list, result });
      if (result !== "passed") return;
      if (list !== null) passedAt.set(list, at);
      metrics.canaryDetection.observe({ kind }, milliseconds / 1000);
      metrics.canaryLastPassed.set({ kind }, at / 1000);
    },
  };
}
