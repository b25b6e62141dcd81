import { errorCatalogue } from "@cordon/errors";
import { createMetrics, type MetricDefinition, metricDefinitions } from "@cordon/service";
import { describe, expect, test } from "vitest";

const definitions: readonly MetricDefinition[] = Object.values(metricDefinitions);

function codesWith(disposition: string): readonly string[] {
  return Object.entries(errorCatalogue)
    .filter(([, entry]) => entry.disposition === disposition)
    .map(([code]) => code);
}

/** The lines of a page, without comments. */
async function linesOf(metrics: { scrape(): Promise<{ readonly body: string }> }): Promise<readonly string[]> {
  return (await metrics.scrape()).body.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

describe("the definitions of metrics", () => {
  test("follow Prometheus: prefix, base units, _total on counters and nowhere else", () => {
    const units =
      /_(?:seconds|bytes|messages|total|info|generation|entries|names|values|partitions|pending|lists|times|dangers|conflicts|rules|faults|events|requests|connections|alerts|waiting|dispositions|broken|guys)$/;
    for (const { name, type, buckets } of definitions) {
      expect(name).toMatch(/^cordon_[a-z][a-z0-9_]*$/);
      expect(name).toMatch(units);
      expect(name.endsWith("_total")).toBe(type === "counter");
      expect(buckets !== undefined).toBe(type === "histogram");
    }
  });

  test("have each name once, a help text, and labels that Prometheus does not keep for itself", () => {
    expect(new Set(definitions.map(({ name }) => name)).size).toBe(definitions.length);
    for (const { help, labels } of definitions) {
      expect(help).toMatch(/^[A-Z].*\.$/);
      for (const label of Object.keys(labels)) {
        expect(label).toMatch(/^[a-z][a-z_]*$/);
        expect(["le", "quantile", "job", "instance"]).not.toContain(label);
      }
    }
  });

  test("have buckets that grow; latencies go from a millisecond to a minute", () => {
    for (const { buckets = [] } of definitions) {
      expect([...buckets]).toEqual([...new Set(buckets)].toSorted((a, b) => a - b));
      expect(buckets.length).toBeLessThan(20);
    }
    expect(metricDefinitions.decisionLatency.buckets[0]).toBe(0.001);
    expect(metricDefinitions.decisionLatency.buckets.at(-1)).toBe(60);
  });

  test("count dead letters and retries by the codes of the catalogue", () => {
    expect(metricDefinitions.deadLetters.labels.code).toEqual(codesWith("dead-letter"));
    expect(metricDefinitions.retries.labels.code).toEqual(codesWith("retry"));
  });

  test("name only codes that exist", () => {
    for (const code of metricDefinitions.indexLoadFailures.labels.code) expect(errorCatalogue).toHaveProperty(code);
  });
});

describe("the metrics of a service", () => {
  test("are those of the service and no others", async () => {
    for (const service of ["screener", "list-sync"] as const) {
      const { body } = await createMetrics(service, { processMetrics: false }).scrape();
      const shown = [...body.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`);
      const wanted = definitions
        .filter(({ services }) => services.includes(service))
        .map(({ name, type }) => `${name} ${type}`);
      expect(shown.toSorted()).toEqual(wanted.toSorted());
    }
  });

  test("count, set and observe", async () => {
    const metrics = createMetrics("screener", { processMetrics: false });
    metrics.decisions.inc({ topic: "payments.v1", outcome: "CLEAR" }, 41);
    metrics.decisions.inc({ topic: "payments.v1", outcome: "CLEAR" });
    metrics.indexGeneration.set({}, 7);
    metrics.batchSize.observe({ topic: "payments.v1" }, 500);
    const lines = await linesOf(metrics);
    expect(lines).toContain('cordon_screening_decisions_total{topic="payments.v1",outcome="CLEAR"} 42');
    expect(lines).toContain("cordon_index_generation 7");
    expect(lines).toContain('cordon_kafka_consumer_batch_size_messages_bucket{le="300",topic="payments.v1"} 0');
    expect(lines).toContain('cordon_kafka_consumer_batch_size_messages_bucket{le="1000",topic="payments.v1"} 1');
    expect(lines).toContain('cordon_kafka_consumer_batch_size_messages_sum{topic="payments.v1"} 500');
  });

  test("stand at 0 from the start where every label is a closed set of words", async () => {
    const lines = await linesOf(createMetrics("screener", { processMetrics: false }));
    expect(lines).toContain('cordon_dead_letters_total{code="RECORD_UNDECODABLE"} 0');
    expect(lines).toContain('cordon_screening_holds_total{reason="INDEX_STALE"} 0');
    expect(lines).toContain("cordon_index_swaps_total 0");
    expect(lines.some((line) => line.startsWith("cordon_screening_decisions_total{"))).toBe(false);
  });

  test("forget a partition that moved elsewhere, and the version before", async () => {
    const metrics = createMetrics("screener", { processMetrics: false });
    metrics.consumerLag.set({ topic: "payments.v1", partition: "0" }, 5);
    metrics.consumerLag.set({ topic: "payments.v1", partition: "1" }, 6);
    metrics.consumerLag.remove({ topic: "payments.v1", partition: "0" });
    metrics.indexInfo.set({ version: "a", engine: "1" }, 1);
    metrics.indexInfo.reset();
    metrics.indexInfo.set({ version: "b", engine: "1" }, 1);
    const lines = await linesOf(metrics);
    expect(lines.filter((line) => line.startsWith("cordon_kafka_consumer_lag"))).toEqual([
      'cordon_kafka_consumer_lag_messages{topic="payments.v1",partition="1"} 6',
    ]);
    expect(lines.filter((line) => line.startsWith("cordon_index_info"))).toEqual([
      'cordon_index_info{version="b",engine="1"} 1',
    ]);
  });

  test("are refreshed before each scrape", async () => {
    const metrics = createMetrics("list-sync", { processMetrics: false });
    let age = 0;
    metrics.beforeScrape(() => {
      age += 1;
      metrics.listAge.set({ list: "uk" }, age);
    });
    expect(await linesOf(metrics)).toContain('cordon_list_age_seconds{list="uk"} 1');
    expect(await linesOf(metrics)).toContain('cordon_list_age_seconds{list="uk"} 2');
  });

  test("come with Node's and the process's own, event loop lag among them, in text that Prometheus reads", async () => {
    const { body, contentType } = await createMetrics("screener").scrape();
    expect(contentType).toContain("text/plain");
    expect(body).toContain("nodejs_eventloop_lag_seconds");
    expect(body).toContain("process_resident_memory_bytes");
    const names = [...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name = ""]) => name);
    expect(names.filter((name) => !/^(?:cordon|process|nodejs)_/.test(name))).toEqual([]);
  });

  test("do not mix with those of another instance", async () => {
    const one = createMetrics("screener", { processMetrics: false });
    const two = createMetrics("screener", { processMetrics: false });
    one.fields.inc({}, 5);
    expect(await linesOf(two)).toContain("cordon_screening_fields_total 0");
  });
});
