import { type ErrorCode, isRetried } from "@cordon/errors";
import { type IndexManifest, isAhead } from "@cordon/index-store";
import type { ListFailed, ListImported, ListSyncTelemetry, ListUnchanged } from "@cordon/list-sync";
import { countByKind, unknownKinds } from "@cordon/lists";
import { type ListSyncMetrics } from "@cordon/service";

/** Counts what happened. Ages are reckoned at each scrape. */
export function countTelemetry(metrics: ListSyncMetrics, clock: () => number): ListSyncTelemetry {
  const checkedAt = new Map<string, number>();
  metrics.beforeScrape(() => {
    const ages = [...checkedAt].map(([list, at]) => [list, ageOf(at, clock())] as const);
    for (const [list, age] of ages) metrics.listAge.set({ list }, age / 1000);
    metrics.indexAge.set({}, ages.length === 0 ? Number.NaN : Math.max(...ages.map(([, age]) => age)) / 1000);
    metrics.indexTimesAhead.set({}, ages.filter(([, age]) => age === Number.POSITIVE_INFINITY).length);
  });

  const seen = (list: string, at: number): void => {
    checkedAt.set(list, at);
    metrics.listChecked.set({ list }, at / 1000);
  };
  const good = (event: ListImported | ListUnchanged): void => {
    seen(event.list, event.checkedAt);
    metrics.listEntries.set({ list: event.list }, event.entries);
    const counts = countByKind(event.unknown);
    for (const kind of unknownKinds) metrics.listNotUnderstood.set({ list: event.list, kind }, counts[kind]);
    const published = event.publishedAt === null ? Number.NaN : Date.parse(event.publishedAt);
    if (!Number.isNaN(published)) metrics.listPublished.set({ list: event.list }, published / 1000);
  };

  return {
    waited: ({ code }) => {
      if (isRetried(code)) metrics.retries.inc({ code });
    },
    resumed: () => {},
    topicsChecked: () => {},
    listsRestored: ({ manifest, checkedAt: restored }) => {
      for (const [list, at] of restored) seen(list, at);
      for (const { list, entries } of manifest.lists) metrics.listEntries.set({ list }, entries);
      showIndex(metrics, manifest);
    },
    snapshotUnreadable: () => {},
    indexDistrusted: () => {},
    listSwitchedOff: ({ list }) => {
      checkedAt.delete(list);
      metrics.listAge.remove({ list });
      metrics.listChecked.remove({ list });
      metrics.listEntries.remove({ list });
      for (const kind of unknownKinds) metrics.listNotUnderstood.remove({ list, kind });
    },
    fetchRetried: () => {},
    changesFollowed: () => {},
    changesGivenUp: () => {},
    listImported: (event) => {
      good(event);
      metrics.listSyncs.inc({ list: event.list, result: "updated" });
      metrics.listSyncDuration.observe({ list: event.list }, event.milliseconds / 1000);
    },
    listUnchanged: (event) => {
      good(event);
      metrics.listSyncs.inc({ list: event.list, result: "unchanged" });
      metrics.listSyncDuration.observe({ list: event.list }, event.milliseconds / 1000);
    },
    listFailed: (event) => {
      metrics.listSyncs.inc({ list: event.list, result: resultOf(event) });
      metrics.listSyncDuration.observe({ list: event.list }, event.milliseconds / 1000);
    },
    publishWithheld: () => {},
    publishRefused: ({ code, missing }) => {
      metrics.indexPublications.inc({ result: "refused" });
      metrics.indexPublisherConflict.set({}, code === "PUBLISHER_CONFLICT" ? 1 : 0);
      metrics.indexListMissing.reset();
      for (const list of missing) metrics.indexListMissing.set({ list }, 1);
    },
    indexLost: ({ what }) => {
      metrics.indexLosses.inc({ what });
    },
    storeSurveyed: ({ dangers }) => {
      metrics.indexStoreDanger.reset();
      for (const danger of dangers) metrics.indexStoreDanger.set({ danger }, 1);
    },
    indexesArchived: () => {
      metrics.indexArchiveFailing.set({}, 0);
    },
    archiveFailed: () => {
      metrics.indexArchiveFailing.set({}, 1);
    },
    indexCompiled: ({ milliseconds, names }) => {
      metrics.indexCompileDuration.observe({}, milliseconds / 1000);
      metrics.indexNames.set({}, names);
    },
    indexPublished: ({ manifest }) => {
      metrics.indexPublications.inc({ result: "published" });
      nothingRefused(metrics);
      showIndex(metrics, manifest);
    },
    indexConfirmed: ({ manifest }) => {
      nothingRefused(metrics);
      showIndex(metrics, manifest);
    },
    indexRolledBack: ({ manifest }) => {
      showIndex(metrics, manifest);
    },
    rollBackUnannounced: () => {},
    publishPinned: ({ manifest }) => {
      showIndex(metrics, manifest);
    },
    publishSuperseded: () => {
      metrics.indexPublications.inc({ result: "superseded" });
    },
    publishFailed: () => {
      metrics.indexPublications.inc({ result: "failed" });
    },
    changesAnnounced: ({ added, amended, removed }) => {
      metrics.announcements.inc({ change: "ADDED" }, added);
      metrics.announcements.inc({ change: "AMENDED" }, amended);
      metrics.announcements.inc({ change: "REMOVED" }, removed);
    },
    outboxesPending: ({ pending }) => {
      metrics.pendingOutboxes.set({}, pending);
    },
    announceFailed: ({ error: { code } }) => {
      if (isRetried(code)) metrics.retries.inc({ code });
    },
  };
}

/** A time in the future vouches for nothing. */
function ageOf(at: number, now: number): number {
  return isAhead(at, now) ? Number.POSITIVE_INFINITY : Math.max(0, now - at);
}

function nothingRefused(metrics: ListSyncMetrics): void {
  metrics.indexPublisherConflict.set({}, 0);
  metrics.indexListMissing.reset();
}

function showIndex(
  metrics: ListSyncMetrics,
  { version, generation, engineVersion, bytes, lists, rolledBack }: IndexManifest,
): void {
  metrics.indexInfo.reset();
  metrics.indexInfo.set({ version, engine: engineVersion }, 1);
  metrics.indexGeneration.set({}, generation);
  metrics.indexReleasePending.set({}, rolledBack === undefined ? 0 : 1);
  metrics.indexSize.set({}, bytes);
  metrics.indexEntries.reset();
  for (const { list, entries } of lists) metrics.indexEntries.set({ list }, entries);
}

type SyncResult = Parameters<ListSyncMetrics["listSyncs"]["inc"]>[0]["result"];

/** What is not here says that the list could not be understood. */
const results: Partial<Readonly<Record<ErrorCode, SyncResult>>> = {
  LIST_UNREACHABLE: "unreachable",
  LIST_EMPTY: "empty",
  LIST_SHRUNK: "shrunk",
  LIST_TOO_LARGE: "too_large",
  LIST_INCOMPLETE: "incomplete",
};

function resultOf({ code }: ListFailed): SyncResult {
  return results[code] ?? "malformed";
}
