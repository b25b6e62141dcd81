import { Histogram, Registry } from "prom-client";
import { expect, test } from "vitest";

import { createBatchHistogram } from "../../src/metrics/batch-histogram.ts";

test("its page is that of the library's own histogram, whether values come one by one or all at once", async () => {
  const options = { name: "cordon_example_seconds", help: "An example.", buckets: [0.1, 1, 10] };
  const values = [0.05, 0.1, 0.100001, 5, 10, 11, 0];
  const theirs = new Registry();
  const one = new Histogram({ ...options, labelNames: ["topic"], registers: [theirs] });
  for (const value of values) one.observe({ topic: "a" }, value);
  one.observe({ topic: "b" }, 2);
  const ours = new Registry();
  const other = createBatchHistogram({ ...options, registry: ours });
  other.observe({ topic: "a" }, 0.05);
  other.observeAll({ topic: "a" }, values.slice(1));
  other.observe({ topic: "b" }, 2);
  expect(await ours.metrics()).toBe(await theirs.metrics());
  expect(await ours.metrics()).toContain('cordon_example_seconds_bucket{le="+Inf",topic="a"} 7');
});
