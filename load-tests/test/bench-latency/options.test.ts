import { expect, test } from "vitest";

import { readLatencyBenchOptions } from "../../src/bench-latency/options.ts";

test("without arguments it is what the promise is about: 1,000 events a second, the first 30 s by themselves", () => {
  expect(readLatencyBenchOptions([])).toEqual({
    rate: 1000,
    first: 30,
    seconds: 30,
    designations: 20_000,
    adapter: "kafkajs",
    delivery: "at_least_once",
    json: null,
    profile: null,
  });
});

test("what makes no sense is refused", () => {
  expect(readLatencyBenchOptions(["--help"])).toBe("help");
  for (const args of [["--rate", "0"], ["--delivery", "maybe"], ["--adapter", "other"], ["--speed", "1"], ["--json"]])
    expect(() => readLatencyBenchOptions(args)).toThrow(RangeError);
});
