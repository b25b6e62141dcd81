import type { ListSyncTelemetry } from "./telemetry.ts";

/** Tells each listener, in order. */
export function tellAll(listeners: readonly ListSyncTelemetry[]): ListSyncTelemetry {
  const tell =
    <K extends keyof ListSyncTelemetry>(name: K) =>
    (...facts: Parameters<ListSyncTelemetry[K]>): void => {
      for (const listener of listeners) (listener[name] as (...all: typeof facts) => void)(...facts);
    };
  return {
    waited: tell("waited"),
    resumed: tell("resumed"),
    topicsChecked: tell("topicsChecked"),
    listsRestored: tell("listsRestored"),
    snapshotUnreadable: tell("snapshotUnreadable"),
    listSwitchedOff: tell("listSwitchedOff"),
    fetchRetried: tell("fetchRetried"),
    listImported: tell("listImported"),
    listUnchanged: tell("listUnchanged"),
    listFailed: tell("listFailed"),
    publishWithheld: tell("publishWithheld"),
    indexCompiled: tell("indexCompiled"),
    indexPublished: tell("indexPublished"),
    indexConfirmed: tell("indexConfirmed"),
    publishSuperseded: tell("publishSuperseded"),
    publishFailed: tell("publishFailed"),
    changesAnnounced: tell("changesAnnounced"),
    outboxesPending: tell("outboxesPending"),
    announceFailed: tell("announceFailed"),
  };
}
