import { expect, it } from "vitest";

import { adapterFigures, type Run } from "../../src/bench-pipeline/report.ts";

const run = (mode: Run["mode"], cpuMicrosPerEvent: number, more: Partial<Run> = {}): Run => ({
  adapter: "kafkajs",
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
  const figures = adapterFigures("kafkajs", [run("decode", 8), run("all", 20), run("hitsOnly", 10)]);
  expect(figures).toMatchObject({ allToDecode: 0.4, hitsOnlyToDecode: 0.8, twoReplicasPerSecond: null });
});

it("adds up what any run lost", () => {
  const outputs = { lost: 1, repeated: 2, missedHits: 3, otherHits: 0 };
  const figures = adapterFigures("kafkajs", [run("all", 1, { outputs }), run("all", 1, { outputs, replicas: 2 })]);
  expect(figures).toMatchObject({ lost: 2, repeated: 4, missedHits: 6, twoReplicasPerSecond: 1000 });
});
