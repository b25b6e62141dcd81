import { CordonError, isRetried } from "@cordon/errors";
import type { TopicPartition } from "@cordon/kafka";
import type { Outcome } from "@cordon/schemas";
import type { ScreenerMetrics } from "@cordon/service";

import type { BatchScreened, ScreenerTelemetry, StageTimes } from "./telemetry.ts";
import type { Standing } from "./watch/standing.ts";

const outcomes = ["CLEAR", "HIT", "HOLD"] as const satisfies readonly Outcome[];
const stages = ["decode", "screen", "encode", "publish"] as const satisfies readonly (keyof StageTimes)[];

/** Counts what happened. Hit counts of a batch are added at once, not record by record. */
export function countTelemetry(metrics: ScreenerMetrics, engineVersion: string): ScreenerTelemetry {
  return {
    waited: ({ code }) => {
      countRetry(metrics, code);
    },
    resumed: () => {},
    topicsChecked: () => {},
    indexAwaited: () => {},
    indexSwapped: ({ manifest, names, milliseconds }) => {
      metrics.indexSwaps.inc({});
      metrics.indexLoadDuration.observe({}, milliseconds / 1000);
      metrics.indexInfo.reset();
      metrics.indexInfo.set({ version: manifest.version, engine: manifest.engineVersion }, 1);
      metrics.indexGeneration.set({}, manifest.generation);
      metrics.indexSize.set({}, manifest.bytes);
      metrics.indexNames.set({}, names);
      metrics.indexEntries.reset();
      for (const { list, entries } of manifest.lists) metrics.indexEntries.set({ list }, entries);
    },
    indexRefused: ({ code }) => {
      if (
        code === "INDEX_CORRUPT" ||
        code === "INDEX_UNTRUSTED" ||
        code === "SNAPSHOT_INVALID" ||
        code === "INDEX_LACKS_LIST"
      )
        metrics.indexLoadFailures.inc({ code });
    },
    policySwapped: ({ from, to, rules, indexMaxAgeHours }) => {
      metrics.policyInfo.reset();
      metrics.policyInfo.set({ policy_version: to, engine_version: engineVersion }, 1);
      metrics.policyRules.set({}, rules);
      metrics.indexMaxAge.set({}, indexMaxAgeHours * 3600);
      metrics.policySwaps.inc({}, from === null ? 0 : 1);
      if (from === null) metrics.policyFaults.set({}, 0);
    },
    policyFileGood: () => {
      metrics.policyFaults.set({}, 0);
    },
    policyRefused: ({ faults }) => {
      metrics.policyFaults.set({}, faults.length);
    },
    fieldsUnread: () => {},
    listsMissing: ({ lists }) => {
      metrics.indexListMissing.reset();
      for (const list of lists) metrics.indexListMissing.set({ list }, 1);
    },
    timesAhead: ({ what }) => {
      metrics.indexTimesAhead.set({}, what.length);
    },
    storeSurveyed: ({ dangers }) => {
      metrics.indexStoreDanger.reset();
      for (const danger of dangers) metrics.indexStoreDanger.set({ danger }, 1);
    },
    storeLost: () => {
      metrics.indexLoadFailures.inc({ code: "REDIS_UNAVAILABLE" });
    },
    storeBack: () => {},
    batchTaken: ({ topic, partition, lag }) => {
      metrics.consumerLag.set({ topic, partition: String(partition) }, lag);
    },
    batchScreened: (event) => {
      countBatch(metrics, event);
    },
    batchAbandoned: () => {},
    partitionsAssigned: (partitions) => {
      metrics.rebalances.inc({});
      metrics.assignedPartitions.set({}, partitions.length);
    },
    partitionsRevoked: (partitions) => {
      metrics.assignedPartitions.set({}, 0);
      for (const { topic, partition } of partitions) {
        const place = { topic, partition: String(partition) };
        for (const gauge of standingGauges(metrics)) gauge.remove(place);
      }
    },
    eventsSkipped: ({ topic, why, records }) => {
      metrics.offsetAnomalies.inc({ topic, kind: why === "not-kept" ? "not_kept" : "beyond_end" });
      if (why === "not-kept") metrics.eventsSkipped.inc({ topic }, Number(records));
    },
    endMovedBack: ({ topic }) => {
      metrics.offsetAnomalies.inc({ topic, kind: "end_moved_back" });
    },
    partitionsSeen: ({ at, counts }) => {
      metrics.partitionsSeen.set({}, at / 1000);
      for (const [topic, count] of counts) metrics.topicPartitions.set({ topic }, count);
    },
    watchFailed: () => {},
    commitFailed: () => {
      metrics.commitFailures.inc({});
    },
    consumerCrashed: ({ error, restarting }) => {
      if (!restarting) return;
      metrics.consumerRestarts.inc({});
      if (error instanceof CordonError) countRetry(metrics, error.code);
    },
  };
}

function standingGauges({ consumerLag, heldBack, openTransaction, oldestUnscreened }: ScreenerMetrics) {
  return [consumerLag, heldBack, openTransaction, oldestUnscreened] as const;
}

/** How each partition stands, before a scrape. */
export function showStandings(metrics: ScreenerMetrics, standings: readonly (TopicPartition & Standing)[]): void {
  for (const { topic, partition, ...standing } of standings) {
    const place = { topic, partition: String(partition) };
    metrics.consumerLag.set(place, standing.lag);
    metrics.heldBack.set(place, standing.heldBack);
    metrics.openTransaction.set(place, standing.openTransactionSeconds);
    metrics.oldestUnscreened.set(place, standing.oldestSeconds);
  }
}

/** Counters of what should never happen stand at 0 from the start, so that the first time is seen as an increase. */
export function showNothingLost(metrics: ScreenerMetrics, topics: readonly string[]): void {
  for (const topic of topics) {
    metrics.eventsSkipped.inc({ topic }, 0);
    metrics.strangeTimestamps.inc({ topic }, 0);
    for (const kind of ["not_kept", "beyond_end", "end_moved_back"] as const)
      metrics.offsetAnomalies.inc({ topic, kind }, 0);
  }
}

function countBatch(metrics: ScreenerMetrics, event: BatchScreened): void {
  const { topic, partition, durableAt, takenAt } = event;
  for (const outcome of outcomes)
    if (event.outcomes[outcome] > 0) metrics.decisions.inc({ topic, outcome }, event.outcomes[outcome]);
  for (const outcome of outcomes)
    if (event.canaries[outcome] > 0) metrics.canariesDecided.inc({ topic, outcome }, event.canaries[outcome]);
  for (const [reason, times] of event.holds) metrics.holds.inc({ reason }, times);
  for (const [list, times] of event.hits) metrics.hits.inc({ list }, times);
  for (const [code, times] of event.deadLetters) metrics.deadLetters.inc({ code }, times);
  for (const stage of stages) {
    metrics.stageSeconds.inc({ stage }, event.stages[stage] / 1000);
    metrics.stageCpuSeconds.inc({ stage }, event.cpu[stage] / 1000);
  }
  metrics.fields.inc({}, event.fields);
  if (event.leftOut > 0) metrics.fieldsLeftOut.inc({}, event.leftOut);
  for (const [kind, times] of event.told) metrics.told.inc({ kind }, times);
  if (event.keyMismatches > 0) metrics.keyMismatches.inc({ topic }, event.keyMismatches);
  metrics.batchSize.observe({ topic }, event.records);
  const strange = event.records - event.timestamps.length;
  if (strange > 0) metrics.strangeTimestamps.inc({ topic }, strange);
  metrics.batchDuration.observe({ topic }, (durableAt - takenAt) / 1000);
  metrics.consumerLag.set({ topic, partition: String(partition) }, event.lag);
  const latencies = event.timestamps.map((timestamp) => Math.max(0, durableAt - timestamp) / 1000);
  metrics.decisionLatency.observeAll({ topic }, latencies);
}

function countRetry(metrics: ScreenerMetrics, code: string): void {
  if (isRetried(code)) metrics.retries.inc({ code });
}
