import type { Logger, Metrics } from "@cordon/service";

import type { LookBacksTelemetry } from "./look-backs.ts";

export interface SecondLookTelemetry extends LookBacksTelemetry {
  resubmissionFound(event: { readonly eventId: string; readonly sameBy: readonly string[] }): void;
  remembered(event: { readonly payments: number; readonly forgotten: number }): void;
}

/** Logs what happens, and counts it. */
export function telemetryTo(log: Logger, metrics: Metrics<"second-look">, clock: () => number): SecondLookTelemetry {
  let pendingSince: number | null = null;
  let forgottenBefore = 0;
  metrics.beforeScrape(() => {
    metrics.lookBackPending.set({}, pendingSince === null ? 0 : Math.max(0, clock() - pendingSince) / 1000);
  });
  return {
    pending: ({ publishedAt }) => {
      pendingSince = publishedAt;
    },
    lookedBack: ({ alerts, events, seconds }) => {
      log.info("looked back", { alerts, events, secondsFromPublication: seconds });
      metrics.lookBackDuration.set({}, seconds);
      metrics.lookBackAlerts.inc({}, alerts);
    },
    lookBackFailed: ({ error }) => {
      log.error("a look-back did not end, it is tried again", { error });
    },
    resubmissionFound: ({ eventId, sameBy }) => {
      log.warn("a payment came again without what had stopped it", { eventId, sameBy });
      metrics.resubmissionAlerts.inc({});
    },
    remembered: ({ payments, forgotten }) => {
      metrics.resubmissionsRemembered.set({}, payments);
      if (forgotten > forgottenBefore) metrics.resubmissionsForgotten.inc({}, forgotten - forgottenBefore);
      forgottenBefore = forgotten;
    },
  };
}
