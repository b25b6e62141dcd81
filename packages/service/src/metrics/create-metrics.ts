import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";

import { createBatchHistogram } from "./batch-histogram.ts";
import { type MetricDefinition, type MetricDefinitions, metricDefinitions, type MetricService } from "./definitions.ts";

/** The labels of a metric: words of its closed sets, and text where the configuration closes the set. */
type LabelsOf<D extends MetricDefinition> = {
  readonly [L in keyof D["labels"]]: D["labels"][L] extends readonly (infer W)[] ? W : string;
};

export interface CounterHandle<L> {
  /** Adds to the count; once per batch, not per record, where there are batches. */
  inc(labels: L, by?: number): void;
}

export interface GaugeHandle<L> {
  set(labels: L, value: number): void;
  /** Forgets one series, such as that of a partition that moved elsewhere. */
  remove(labels: L): void;
  /** Forgets every series. An info metric is reset before it is set. */
  reset(): void;
}

export interface HistogramHandle<L> {
  observe(labels: L, value: number): void;
  /** Many values of one series, cheaply. */
  observeAll(labels: L, values: readonly number[]): void;
}

type HandleOf<D extends MetricDefinition> = D["type"] extends "counter"
  ? CounterHandle<LabelsOf<D>>
  : D["type"] extends "gauge"
    ? GaugeHandle<LabelsOf<D>>
    : HistogramHandle<LabelsOf<D>>;

type Handles<S extends MetricService> = {
  readonly [K in keyof MetricDefinitions as S extends MetricDefinitions[K]["services"][number] ? K : never]: HandleOf<
    MetricDefinitions[K]
  >;
};

interface MetricsPage {
  /** Runs before each scrape, for gauges that are read rather than set, such as ages. Must not throw. */
  readonly beforeScrape: (refresh: () => void) => void;
  /** The page of `/metrics`, in the Prometheus text format. */
  readonly scrape: () => Promise<{ readonly contentType: string; readonly body: string }>;
}

/** A handle for each metric of one service. */
export type Metrics<S extends MetricService> = Handles<S> & MetricsPage;

export type ScreenerMetrics = Metrics<"screener">;
export type ListSyncMetrics = Metrics<"list-sync">;
export type CanaryMetrics = Metrics<"canary">;
export type GatewayMetrics = Metrics<"gateway">;

export interface MetricsOptions {
  /** Node's and the process's own metrics, event loop lag among them; off in tests that want none. */
  readonly processMetrics?: boolean;
}

/**
 * The metrics of one service, in a registry of their own. Counters whose labels are all closed sets stand at 0 from
 * the start, so that the first increase is seen as one.
 */
export function createMetrics<S extends MetricService>(
  service: S,
  { processMetrics = true }: MetricsOptions = {},
): Metrics<S> {
  const registry = new Registry();
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const refreshers: (() => void)[] = [];
  const page: MetricsPage = {
    beforeScrape: (refresh) => void refreshers.push(refresh),
    scrape: async () => {
      for (const refresh of refreshers) refresh();
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
  const handles = Object.entries<MetricDefinition>(metricDefinitions)
    .filter(([, definition]) => definition.services.includes(service))
    .map(([key, definition]) => [key, handleFor(definition, registry)] as const);
  return { ...Object.fromEntries(handles), ...page } as unknown as Metrics<S>;
}

type AnyLabels = Readonly<Record<string, string>>;

function handleFor(
  definition: MetricDefinition,
  registry: Registry,
): CounterHandle<AnyLabels> | GaugeHandle<AnyLabels> | HistogramHandle<AnyLabels> {
  const { name, help } = definition;
  const common = { name, help, labelNames: Object.keys(definition.labels), registers: [registry] };
  switch (definition.type) {
    case "counter": {
      const counter = new Counter(common);
      for (const labels of closedCombinations(definition)) counter.inc(labels, 0);
      return {
        inc: (labels, by = 1) => {
          counter.inc(labels, by);
        },
      };
    }
    case "gauge": {
      const gauge = new Gauge(common);
      return {
        set: (labels, value) => {
          gauge.set(labels, value);
        },
        remove: (labels) => {
          gauge.remove(labels);
        },
        reset: () => {
          gauge.reset();
        },
      };
    }
    case "histogram": {
      return createBatchHistogram({ name, help, buckets: definition.buckets ?? [], registry });
    }
  }
}

/** Each combination of label values, or none when a set is closed by the configuration only. */
function closedCombinations({ labels }: MetricDefinition): readonly AnyLabels[] {
  let combinations: readonly AnyLabels[] = [{}];
  for (const [label, values] of Object.entries(labels)) {
    if (typeof values === "string") return [];
    combinations = combinations.flatMap((left) => values.map((value) => ({ ...left, [label]: value })));
  }
  return combinations;
}
