import { CordonError } from "@cordon/errors";
import type { Waitings } from "@cordon/service";

import type { ScreenerTelemetry } from "./telemetry.ts";

/** What stops the work, and what is amiss around it: an index that is refused, a Redis that is away. */
export interface ScreenerWaitings {
  readonly work: Waitings;
  readonly around: Waitings;
}

/** The same telemetry, which also keeps in mind what is waited for. */
export function noteWaits(telemetry: ScreenerTelemetry, { work, around }: ScreenerWaitings): ScreenerTelemetry {
  return {
    ...telemetry,
    waited: (event) => {
      work.waited(event);
      telemetry.waited(event);
    },
    resumed: (event) => {
      work.resumed(event);
      telemetry.resumed(event);
    },
    consumerCrashed: (event) => {
      note(work, "the consumer group", event.error);
      telemetry.consumerCrashed(event);
    },
    partitionsAssigned: (partitions) => {
      work.forget();
      telemetry.partitionsAssigned(partitions);
    },
    // A batch that is given up waits no longer; one that waits still says so again.
    partitionsRevoked: (partitions) => {
      work.forget();
      telemetry.partitionsRevoked(partitions);
    },
    indexRefused: (event) => {
      note(around, "the index", event.error);
      telemetry.indexRefused(event);
    },
    indexSwapped: (event) => {
      around.resumed({ what: "the index" });
      telemetry.indexSwapped(event);
    },
    storeLost: (event) => {
      note(around, "Redis", event.error);
      telemetry.storeLost(event);
    },
    storeBack: () => {
      around.resumed({ what: "Redis" });
      telemetry.storeBack();
    },
  };
}

function note(to: Waitings, what: string, error: unknown): void {
  if (error instanceof CordonError) to.waited({ what, code: error.code, error });
}
