import type { ListSyncTelemetry } from "@cordon/list-sync";

export interface Told {
  /** A step, for a person who waits. */
  readonly step: (text: string) => void;
  /** Why nothing was published, or what else went wrong: for everybody. */
  readonly trouble: (text: string) => void;
}

/** What happens in one sync, in words. */
export function tellSync({ step, trouble }: Told): ListSyncTelemetry {
  const because = (what: string, error: unknown): void => {
    trouble(error instanceof Error ? `${what}: ${error.message}` : what);
  };
  return {
    waited: ({ what, attempt }) => {
      if (attempt === 1) step(`waiting for ${what}`);
    },
    resumed: () => {},
    topicsChecked: (reports) => {
      for (const { topic, differences } of reports)
        if (differences.length > 0) trouble(`topic differs from the settings: ${topic}, ${differences.join(", ")}`);
    },
    listsRestored: () => {},
    snapshotUnreadable: ({ error }) => {
      because("live index unreadable, its lists must be read again", error);
    },
    indexDistrusted: ({ error }) => {
      because("live index not trusted, it is published over", error);
    },
    listSwitchedOff: ({ list }) => {
      trouble(`list switched off: ${list} stays in the index until it is released by name`);
    },
    fetchRetried: ({ list, reason }) => {
      step(`${list}: tried again, ${reason}`);
    },
    changesFollowed: () => {},
    changesGivenUp: ({ list, error }) => {
      because(`list changes given up, the whole list ${list} is read`, error);
    },
    listImported: ({ list, entries }) => {
      step(`${list}: updated, ${String(entries)} entries`);
    },
    listUnchanged: ({ list, entries }) => {
      step(`${list}: unchanged, ${String(entries)} entries`);
    },
    listFailed: ({ list, code, error }) => {
      step(`${list}: refused, ${code}: ${error.message}`);
    },
    publishRefused: ({ error }) => {
      because("publishing refused", error);
    },
    indexLost: () => {
      trouble("the store lost the live index, it is published again");
    },
    storeSurveyed: ({ dangers }) => {
      if (dangers.length > 0) trouble(`the index store is not safe: ${dangers.join(", ")}`);
    },
    indexesArchived: () => {},
    archiveFailed: ({ error }) => {
      because("an index could not be archived", error);
    },
    publishWithheld: ({ missing }) => {
      trouble(`nothing is published: never read, ${missing.join(", ")}`);
    },
    indexCompiled: ({ names }) => {
      step(`compiled ${String(names)} names`);
    },
    indexPublished: ({ manifest: { generation } }) => {
      step(`version ${String(generation)} is live`);
    },
    indexConfirmed: ({ manifest: { generation } }) => {
      step(`version ${String(generation)} stays live`);
    },
    indexRolledBack: ({ manifest: { generation } }) => {
      step(`version ${String(generation)} is live`);
    },
    rollBackUnannounced: ({ error }) => {
      because("the changes of the rollback are not announced yet; the next list-sync does it", error);
    },
    publishPinned: () => {
      trouble("a version that was rolled back to stays live: cordon lists sync --release takes the lists over");
    },
    publishSuperseded: () => {
      trouble("publish superseded: another publisher was faster");
    },
    publishFailed: ({ error }) => {
      because("publish failed", error);
    },
    changesAnnounced: () => {
      step("changes announced");
    },
    outboxesPending: () => {},
    announceFailed: ({ error }) => {
      because("announcing failed", error);
    },
  };
}
