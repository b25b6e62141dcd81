import { describe, expect, it } from "vitest";

import { readPipelineBenchOptions } from "../../src/bench-pipeline/options.ts";

describe("the options of the pipeline's benchmark", () => {
  it("are a million events, 20,000 designations and one and two replicas unless told otherwise", () => {
    expect(readPipelineBenchOptions([])).toMatchObject({
      events: 1_000_000,
      designations: 20_000,
      replicas: [1, 2],
      adapters: ["kafkajs", "platformatic"],
      modes: ["count", "decode", "all", "hitsOnly"],
      populations: ["learning"],
      sizes: ["short"],
      deliveries: ["at_least_once"],
      key: "event",
      json: null,
      profile: null,
    });
  });

  it("keep the modes in the order of the report", () => {
    expect(readPipelineBenchOptions(["--mode", "all", "--mode", "count"])).toMatchObject({ modes: ["count", "all"] });
  });

  it("take one adapter alone", () => {
    expect(readPipelineBenchOptions(["--adapter", "platformatic"])).toMatchObject({ adapters: ["platformatic"] });
  });

  it("take several populations, sizes and deliveries", () => {
    const words =
      "--population wide --population steady --size pacs008 --delivery exactly_once --delivery at_least_once";
    expect(readPipelineBenchOptions(words.split(" "))).toMatchObject({
      populations: ["steady", "wide"],
      sizes: ["pacs008"],
      deliveries: ["at_least_once", "exactly_once"],
    });
  });

  it.each([
    ["--population", "everybody"],
    ["--size", "huge"],
    ["--delivery", "never"],
    ["--key", "bank"],
    ["--adapter", "librdkafka"],
    ["--events", "many"],
    ["--events", "0"],
    ["--mode", "fast"],
    ["--json"],
    ["--speed", "9"],
  ])("are refused when they make no sense: %s %s", (...args) => {
    expect(() => readPipelineBenchOptions(args)).toThrow(RangeError);
  });
});
