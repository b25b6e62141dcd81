import type { Logger } from "@cordon/service";

import type { GatewayTelemetry } from "./telemetry.ts";

/** Log lines that other programs read keep their `msg` and fields: `npm start` shows them. */
export function logTelemetry(log: Logger): GatewayTelemetry {
  let away = false;
  let dropped = 0;
  return {
    waited: ({ what, code, error, attempt, nextInMs }) => {
      if (Math.log2(attempt) % 1 === 0) log.warn("waiting", { for: what, code, attempt, nextInMs, error });
    },
    resumed: ({ what, attempts }) => {
      log.info("no longer waiting", { for: what, attempts });
    },
    topicsChecked: (reports) => {
      for (const { topic, created, partitions, differences } of reports)
        if (differences.length > 0) log.warn("topic differs from the settings", { topic, partitions, differences });
        else log.info(created ? "topic created" : "topic found", { topic, partitions });
    },
    accessChanged: ({ what }) => {
      log.info("read again", { what });
    },
    accessFaulty: ({ what, error }) => {
      log.error("what names clients has changed and cannot be read: the last good one stays", { what, error });
    },
    answered: () => {},
    refused: () => {},
    failed: ({ route, error }) => {
      log.error("a request failed", { route, error });
    },
    messageTaken: () => {},
    finishFailed: ({ error }) => {
      log.warn("a message was taken, and Redis did not note it: a repeat would send its events again", { error });
    },
    decisionSeen: () => {},
    ledgerAway: ({ error }) => {
      if (!away) log.warn("redis gives no answer: no message is taken", { error });
      away = true;
    },
    ledgerBack: () => {
      if (away) log.info("redis answers again");
      away = false;
    },
    eventsAdopted: ({ events, since }) => {
      log.info("open events of a replica that is gone were taken over", {
        events,
        since: new Date(since).toISOString(),
      });
    },
    connectionDropped: ({ why }) => {
      dropped += 1;
      if (Math.log2(dropped) % 1 === 0) log.warn("slow connections made room for others", { why, dropped });
    },
  };
}
