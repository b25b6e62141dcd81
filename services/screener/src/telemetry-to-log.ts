import type { TopicPartition } from "@cordon/kafka";
import type { Logger } from "@cordon/service";

import type { ScreenerTelemetry } from "./telemetry.ts";

/** Log lines that other programs read keep their `msg` and fields: `npm start` shows them. */
export function logTelemetry(log: Logger): ScreenerTelemetry {
  let indexAwaited = false;
  let ahead = "";
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
    indexAwaited: () => {
      if (!indexAwaited) log.info("waiting for an index", { for: "the first index to be published" });
      indexAwaited = true;
    },
    indexSwapped: ({ manifest: { version, generation, bytes, lists, engineVersion }, names, milliseconds }) => {
      log.info("index swapped", { version, generation, bytes, lists, names, engineVersion, milliseconds });
    },
    indexRefused: ({ manifest, code, error }) => {
      const { version = null, generation = null } = manifest ?? {};
      log.error("index refused", { version, generation, code, error });
    },
    listsMissing: () => {},
    policySwapped: ({ from, to, rules }) => {
      if (from !== null) log.info("policy swapped", { from, to, rules });
    },
    policyFileGood: ({ version, rules }) => {
      log.info("policy file read", { version, rules });
    },
    policyRefused: ({ path, faults, inUse }) => {
      log.error("the policy file is refused, and the last good policy stays in use", {
        code: "POLICY_INVALID",
        path,
        faults,
        inUse,
      });
    },
    fieldsUnread: ({ topic, schema, fields }) => {
      log.error("a producer's schema has text fields that are not read: its events are held", {
        code: "FIELD_UNREAD",
        topic,
        schema,
        fields,
      });
    },
    timesAhead: ({ what }) => {
      if (what.length > 0 && what.join() !== ahead)
        log.error("times in the future vouch for nothing", { code: "INDEX_STALE", what });
      ahead = what.join();
    },
    storeSurveyed: (survey) => {
      if (survey.dangers.length > 0 && survey.dangers.join() !== dangers)
        log.error("the index store is not safe", { code: "REDIS_UNSUITABLE", ...survey });
      dangers = survey.dangers.join();
    },
    storeLost: ({ error }) => {
      log.warn("index store lost", { error });
    },
    storeBack: () => {
      log.info("index store back");
    },
    batchTaken: () => {},
    batchScreened: (event) => {
      for (const [code, records] of event.deadLetters)
        log.warn("records dead-lettered", { code, records, topic: event.topic, partition: event.partition });
    },
    batchAbandoned: ({ topic, partition, records }) => {
      log.info("batch abandoned", { topic, partition, records });
    },
    partitionsAssigned: (partitions) => {
      log.info("partitions assigned", { partitions: partitions.map(spell) });
    },
    partitionsRevoked: (partitions) => {
      log.info("partitions revoked", { partitions: partitions.map(spell) });
    },
    eventsSkipped: ({ topic, partition, from, to, why, records }) => {
      const places = { topic, partition, committed: String(from), readsOnAt: String(to), records: String(records) };
      if (why === "not-kept") log.error("events are gone that were not screened", places);
      else log.error("the group's offset lies beyond the end of the partition: it is screened again", places);
    },
    endMovedBack: ({ topic, partition, from, to }) => {
      const places = { topic, partition, ended: String(from), endsAt: String(to), records: String(from - to) };
      log.error("a partition lost records at its end", places);
    },
    partitionsSeen: () => {},
    watchFailed: ({ error, attempt }) => {
      if (worthSaying(attempt)) log.warn("the partitions could not be looked at", { error, attempt });
    },
    commitFailed: ({ error }) => {
      log.warn("commit failed", { error });
    },
    consumerCrashed: ({ error, restarting }) => {
      log.error("consumer crashed", { error, restarting });
    },
  };
}

/** The first time, and then ever more rarely: 1, 2, 4, 8, … */
function worthSaying(attempt: number): boolean {
  return Math.log2(attempt) % 1 === 0;
}

function spell({ topic, partition }: TopicPartition): string {
  return `${topic}/${String(partition)}`;
}
