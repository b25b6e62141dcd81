import type { ListSyncTelemetry } from "@cordon/list-sync";
import type { Logger } from "@cordon/service";

/** What happened, a line each. */
export function logTelemetry(log: Logger): ListSyncTelemetry {
  let dangers = "";
  return {
    waited: ({ what, code, error, attempt, nextInMs }) => {
      if (worthSaying(attempt)) log.warn("waiting", { for: what, code, attempt, nextInMs, error });
    },
    resumed: ({ what, attempts }) => {
      log.info("no longer waiting", { for: what, attempts });
    },
    topicsChecked: (reports) => {
      for (const { topic, created, partitions, differences } of reports)
        if (differences.length > 0) log.warn("topic differs from the settings", { topic, partitions, differences });
        else log.info(created ? "topic created" : "topic found", { topic, partitions });
    },
    listsRestored: ({ manifest: { version, generation, lists } }) => {
      log.info("lists restored", { version, generation, lists });
    },
    snapshotUnreadable: ({ manifest: { version, generation }, error }) => {
      log.error("live index unreadable, its lists must be read again", { version, generation, error });
    },
    indexDistrusted: ({ error }) => {
      log.error("live index not trusted, it is published over", { error });
    },
    listSwitchedOff: ({ list, entries }) => {
      log.warn("list switched off", { list, entries, next: "it stays in the index until it is released by name" });
    },
    fetchRetried: ({ list, attempt, reason }) => {
      log.warn("list fetch retried", { list, attempt, reason });
    },
    changesFollowed: (event) => {
      log.info("list brought up to date by its changes", { ...event });
    },
    changesGivenUp: ({ list, code, error }) => {
      log.warn("list changes given up, the whole list is read", { list, code, error });
    },
    listImported: (event) => {
      log.info("list imported", { ...event, checkedAt: isoTime(event.checkedAt) });
    },
    listUnchanged: (event) => {
      log.info("list unchanged", { ...event, checkedAt: isoTime(event.checkedAt) });
    },
    listFailed: ({ list, source, code, error, kept }) => {
      log.error(kept === null ? "list failed" : "list failed, last good version kept", {
        list,
        source,
        code,
        kept,
        error,
      });
    },
    publishWithheld: ({ missing }) => {
      log.warn("publishing withheld", { missing, why: "without them their people would pass as clear" });
    },
    publishRefused: ({ code, error, missing }) => {
      log.error("publishing refused", { code, missing, error });
    },
    indexLost: ({ what, manifest }) => {
      const { version = null, generation = null } = manifest ?? {};
      log.error("the store lost the live index, it is published again", { what, version, generation });
    },
    storeSurveyed: (survey) => {
      if (survey.dangers.length > 0 && survey.dangers.join() !== dangers)
        log.error("the index store is not safe", { code: "REDIS_UNSUITABLE", ...survey });
      dangers = survey.dangers.join();
    },
    indexesArchived: ({ versions }) => {
      if (versions > 0) log.info("indexes archived", { versions });
    },
    archiveFailed: ({ error }) => {
      log.error("an index could not be archived", { error });
    },
    indexCompiled: (event) => {
      log.info("index compiled", event);
    },
    indexPublished: ({ manifest: { version, generation, bytes, lists }, changes }) => {
      log.info("index published", { version, generation, bytes, lists, changes });
    },
    indexConfirmed: ({ manifest: { version, generation, lists } }) => {
      log.info("index confirmed", { version, generation, lists });
    },
    indexRolledBack: ({ manifest: { version, generation, lists, rolledBack }, changes }) => {
      log.warn("index rolled back", { version, generation, lists, from: rolledBack?.from, changes });
    },
    rollBackUnannounced: ({ error }) => {
      log.warn("the changes of the rollback are not announced yet; the next list-sync does it", { error });
    },
    publishPinned: ({ manifest: { version, generation } }) => {
      log.warn("publishing withheld, the index is pinned by a rollback", {
        version,
        generation,
        next: "cordon lists sync --release ends that; until then its lists age",
      });
    },
    publishSuperseded: (event) => {
      log.warn("publish superseded", event);
    },
    publishFailed: ({ error }) => {
      log.error("publish failed", { error });
    },
    changesAnnounced: (event) => {
      log.info("changes announced", event);
    },
    outboxesPending: () => {},
    announceFailed: ({ error }) => {
      log.error("announcing failed", { code: error.code, error });
    },
  };
}

/** The first time, and then ever more rarely: 1, 2, 4, 8, … */
function worthSaying(attempt: number): boolean {
  return Math.log2(attempt) % 1 === 0;
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
