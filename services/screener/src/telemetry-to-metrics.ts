import type { ScreenerMetrics } from "@cordon/platform";
import type { Outcome } from "@cordon/schemas";

import type { BatchScreened, ScreenerTelemetry, StageTimes } from "./telemetry.ts";

const outcomes = ["CLEAR", "HIT", "HOLD"] as const satisfies readonly Outcome[];
const stages = ["decode", "screen", "encode", "publish"] as const satisfies readonly (keyof StageTimes)[];

/** Counts what happened. Hit counts of a batch are added at once, not record by record. */
export function countTelemetry(metrics: ScreenerMetrics): ScreenerTelemetry {
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
      if (code === "INDEX_CORRUPT" || code === "SNAPSHOT_INVALID") metrics.indexLoadFailures.inc({ code });
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
      for (const { topic, partition } of partitions)
        metrics.consumerLag.remove({ topic, partition: String(partition) });
    },
    commitFailed: () => {
      metrics.commitFailures.inc({});
    },
    consumerCrashed: ({ restarting }) => {
      if (restarting) metrics.consumerRestarts.inc({});
    },
  };
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
  if (event.keyMismatches > 0) metrics.keyMismatches.inc({ topic }, event.keyMismatches);
  metrics.batchSize.observe({ topic }, event.timestamps.length);
  metrics.batchDuration.observe({ topic }, (durableAt - takenAt) / 1000);
  metrics.consumerLag.set({ topic, partition: String(partition) }, event.lag);
  const latencies = event.timestamps.map((timestamp) => Math.max(0, durableAt - timestamp) / 1000);
  metrics.decisionLatency.observeAll({ topic }, latencies);
}

function countRetry(metrics: ScreenerMetrics, code: string): void {
  if (
    code === "KAFKA_UNAVAILABLE" ||
    code === "TRANSACTION_LOST" ||
    code === "REGISTRY_UNAVAILABLE" ||
    code === "REDIS_UNAVAILABLE" ||
    code === "INDEX_ABSENT"
  )
    metrics.retries.inc({ code });
}
