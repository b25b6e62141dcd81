import { isRetried } from "@cordon/errors";
import type { GatewayMetrics } from "@cordon/service";

import type { GatewayTelemetry } from "./telemetry.ts";

export function countTelemetry(metrics: GatewayMetrics): GatewayTelemetry {
  return {
    waited: ({ code }) => {
      if (isRetried(code)) metrics.retries.inc({ code });
    },
    resumed: () => {},
    topicsChecked: () => {},
    accessChanged: () => {},
    accessFaulty: ({ what }) => {
      metrics.gatewayAccessFaults.inc({ what });
    },
    answered: ({ route, status, milliseconds }) => {
      metrics.gatewayRequests.inc({ route, status: String(status) });
      if (milliseconds !== null) metrics.gatewayDuration.observe({ route }, milliseconds / 1000);
    },
    refused: ({ code }) => {
      metrics.gatewayRefusals.inc({ code });
    },
    failed: () => {},
    messageTaken: ({ format, events, duplicate }) => {
      metrics.gatewayMessages.inc({ format, repeat: duplicate ? "yes" : "no" });
      if (events > 0) metrics.gatewayEvents.inc({}, events);
    },
    finishFailed: () => {},
    decisionSeen: ({ milliseconds }) => {
      metrics.gatewayDecisionLatency.observe({}, milliseconds / 1000);
    },
    ledgerAway: () => {
      metrics.retries.inc({ code: "REDIS_UNAVAILABLE" });
    },
    ledgerBack: () => {},
    eventsAdopted: ({ events }) => {
      metrics.gatewayAdopted.inc({}, events);
    },
    connectionDropped: ({ why }) => {
      metrics.gatewayDropped.inc({ why });
    },
  };
}
