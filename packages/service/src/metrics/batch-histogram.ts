import type { MetricObjectWithValues, MetricValue, Registry } from "prom-client";

export interface BatchHistogramOptions {
  readonly name: string;
  readonly help: string;
  /** Upper bounds, ascending; one without end is added. */
  readonly buckets: readonly number[];
  readonly registry: Registry;
}

export interface BatchHistogram {
  observe(labels: Readonly<Record<string, string>>, value: number): void;
  /** Adds all values of one series at once: some nanoseconds each, where the library's own `observe` takes 400. */
  observeAll(labels: Readonly<Record<string, string>>, values: readonly number[]): void;
}

interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Values up to each bound and above the one before; the last is of those above all bounds. */
  readonly counts: number[];
  sum: number;
}

/** A histogram in a registry of prom-client, on whose pages it looks like the library's own. */
export function createBatchHistogram({ name, help, buckets, registry }: BatchHistogramOptions): BatchHistogram {
  const allSeries = new Map<string, Series>();

  function seriesOf(labels: Readonly<Record<string, string>>): Series {
    const key = JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    let series = allSeries.get(key);
    if (series === undefined)
      allSeries.set(
        key,
        (series = { labels: { ...labels }, counts: Array.from({ length: buckets.length + 1 }, () => 0), sum: 0 }),
      );
    return series;
  }

  function add(series: Series, value: number): void {
    let at = 0;
    while (at < buckets.length && value > buckets[at]!) at++;
    series.counts[at]!++;
    series.sum += value;
  }

  registry.registerMetric({
    name,
    get: () =>
      Promise.resolve({ name, help, type: "histogram", aggregator: "sum", values: valuesOf(name, buckets, allSeries) }),
    reset: () => {
      allSeries.clear();
    },
  } as never);

  return {
    observe(labels, value) {
      add(seriesOf(labels), value);
    },
    observeAll(labels, values) {
      const series = seriesOf(labels);
      for (const value of values) add(series, value);
    },
  };
}

type Values = MetricObjectWithValues<MetricValue<string> & { metricName?: string }>["values"];

function valuesOf(name: string, buckets: readonly number[], allSeries: ReadonlyMap<string, Series>): Values {
  return [...allSeries.values()].flatMap(({ labels, counts, sum }) => {
    let upTo = 0;
    const cumulative = counts.map((count) => (upTo += count));
    return [
      ...cumulative.map((value, at) => ({
        labels: { le: buckets[at] ?? "+Inf", ...labels },
        value,
        metricName: `${name}_bucket`,
      })),
      { labels, value: sum, metricName: `${name}_sum` },
      { labels, value: upTo, metricName: `${name}_count` },
    ];
  });
}
