import { describe, expect, test } from "vitest";

import { faults } from "../../src/faults/faults.ts";
import { readFaultOptions } from "../../src/faults/options.ts";

describe("the arguments of test:faults", () => {
  test("choose faults by name", () => {
    expect(readFaultOptions(["--only", "a", "--only", "b"], ["a", "b", "c"])).toEqual({
      only: ["a", "b"],
      list: false,
      clients: ["kafkajs"],
      write: false,
      times: 1,
      busy: 0,
      logs: null,
    });
  });

  test("choose the library that Cordon's services reach Kafka through", () => {
    expect(readFaultOptions(["--client", "platformatic"], [])).toMatchObject({
      clients: ["platformatic"],
      only: [],
    });
    expect(readFaultOptions(["--client", "kafkajs", "--client", "platformatic"], [])).toMatchObject({
      clients: ["kafkajs", "platformatic"],
    });
    expect(() => readFaultOptions(["--client", "librdkafka"], [])).toThrow(/kafkajs, platformatic/);
  });

  test("say how often each is played, and whether that is written down", () => {
    expect(readFaultOptions(["--times", "10", "--write"], [])).toMatchObject({ times: 10, write: true });
    expect(() => readFaultOptions(["--times", "0"], [])).toThrow(/--times takes a whole number from 1/);
    expect(() => readFaultOptions(["--times"], [])).toThrow(/--times .*argument missing/);
  });

  test("say what goes on beside, and where what the services say is kept", () => {
    expect(readFaultOptions(["--busy", "2", "--logs", "said"], [])).toMatchObject({ busy: 2, logs: "said" });
    expect(() => readFaultOptions(["--busy=-1"], [])).toThrow(/whole number/);
    expect(() => readFaultOptions(["--logs"], [])).toThrow(/--logs .*argument missing/);
    expect(() => readFaultOptions(["--write=yes"], [])).toThrow(/--write/);
    expect(() => readFaultOptions(["--wrote"], [])).toThrow(/--wrote/);
    expect(readFaultOptions(["--write", "--help"], [])).toBe("help");
  });

  test("refuse a fault that there is none of, naming those there are", () => {
    expect(() => readFaultOptions(["--only", "x"], ["a", "b"])).toThrow(/a, b/);
  });
});

describe("the faults", () => {
  test("have names of their own, fit for topics and groups", () => {
    const names = faults.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z0-9-]{1,40}$/.test(name))).toEqual([]);
  });
});
