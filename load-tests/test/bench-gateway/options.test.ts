import { expect, test } from "vitest";

import { readGatewayBenchOptions } from "../../src/bench-gateway/options.ts";

test("without arguments it is what the promise is about: 500 messages a second", () => {
  expect(readGatewayBenchOptions([])).toEqual({
    rate: 500,
    first: 30,
    seconds: 20,
    designations: 20_000,
    adapter: "kafkajs",
    profile: null,
    json: null,
  });
});

test("every option is read, and what is none is refused with its name", () => {
  const args = ["--rate", "50", "--first", "2", "--seconds", "3", "--designations", "100", "--adapter", "platformatic"];
  expect(readGatewayBenchOptions([...args, "--profile", "d", "--json", "f"])).toEqual({
    rate: 50,
    first: 2,
    seconds: 3,
    designations: 100,
    adapter: "platformatic",
    profile: "d",
    json: "f",
  });
  expect(readGatewayBenchOptions(["--help"])).toBe("help");
  for (const [flag, value] of [
    ["--rate", "0"],
    ["--first", "0"],
    ["--seconds", "x"],
    ["--adapter", "other"],
    ["--speed", "1"],
  ] as const)
    expect(() => readGatewayBenchOptions([flag, value])).toThrow(new RegExp(flag));
});
