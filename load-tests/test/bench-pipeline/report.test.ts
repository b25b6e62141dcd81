import { expect, it } from "vitest";

import { figuresOf, type Run } from "../../src/bench-pipeline/report.ts";

const run = (mode: Run["mode"], cpuMicrosPerEvent: number, more: Partial<Run> = {}): Run => ({
  adapter: "kafkajs",
  population: "learning",
  size: "short",
  delivery: mode === "all" || mode === "hitsOnly" ? "at_least_once" : null,
  mode,
  replicas: 1,
  perSecond: 1000,
  cpuMicrosPerEvent,
  stageMicrosPerEvent: {},
  peakRssBytes: 5,
  peakRssAtHalfBytes: 4,
  startSeconds: 2,
  outputs: null,
  ...more,
});

it("compares the screener with the consumer that decodes, by processor time", () => {
  const [figures] = figuresOf([run("decode", 8), run("all", 20), run("hitsOnly", 10)]);
  expect(figures).toMatchObject({ allToDecode: 0.4, hitsOnlyToDecode: 0.8, twoReplicasPerSecond: null });
});

it("adds up what any run lost", () => {
  const outputs = { lost: 1, repeated: 2, missedHits: 3, otherHits: 0 };
  const [figures] = figuresOf([run("all", 1, { outputs }), run("all", 1, { outputs, replicas: 2 })]);
  expect(figures).toMatchObject({ lost: 2, repeated: 4, missedHits: 6, twoReplicasPerSecond: 1000 });
});

it("compares exactly once with at least once, and each with the one yardstick of its setting", () => {
  const figures = figuresOf([
    run("decode", 8),
    run("all", 20),
    run("all", 25, { delivery: "exactly_once" }),
    run("decode", 40, { population: "wide" }),
    run("all", 80, { population: "wide" }),
  ]);
  expect(figures).toMatchObject([
    { population: "learning", delivery: "at_least_once", allToDecode: 0.4, allToAtLeastOnce: 1 },
    { population: "learning", delivery: "exactly_once", allToDecode: 0.32, allToAtLeastOnce: 1.25 },
    { population: "wide", delivery: "at_least_once", allToDecode: 0.5 },
  ]);
});
