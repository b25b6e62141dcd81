import { expect, test } from "vitest";

import { readDeskBenchOptions } from "../../src/bench-desk/options.ts";

test("without arguments it is what the promise is about: 5,000 alerts a second for a minute into a million, 50 people", () => {
  expect(readDeskBenchOptions([])).toEqual({ alerts: 1_000_000, rate: 5000, seconds: 60, handlers: 50, drain: 120 });
});

test("every option is read, and what is none is refused with its name", () => {
  const args = ["--alerts", "1000", "--rate", "10", "--seconds", "2", "--handlers", "3", "--drain", "4"];
  expect(readDeskBenchOptions(args)).toEqual({ alerts: 1000, rate: 10, seconds: 2, handlers: 3, drain: 4 });
  expect(readDeskBenchOptions(["--help"])).toBe("help");
  for (const [flag, value] of [
    ["--rate", "0"],
    ["--seconds", "x"],
    ["--speed", "1"],
    ["--toString", "1"],
  ] as const)
    expect(() => readDeskBenchOptions([flag, value])).toThrow(flag);
  expect(() => readDeskBenchOptions(["--alerts"])).toThrow("argument missing");
});
