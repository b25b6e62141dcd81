import { createRequire } from "node:module";

import type { Logger } from "@cordon/service";
import kafkajs from "kafkajs";
import { describe, expect, test, vi } from "vitest";

import { patchedVersion } from "../../src/kafkajs/kafkajs.ts";
import { createLogBridge } from "../../src/kafkajs/log-bridge.ts";
import { compileKafkaOptions } from "../../src/options.ts";

const load = createRequire(import.meta.url);

interface Queue {
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  pending: unknown[];
  throttledUntil: number;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

describe("the patches of kafkajs", () => {
  test("are for the version that is installed: look at them again when it changes", () => {
    expect((load("kafkajs/package.json") as { version: string }).version).toBe(patchedVersion);
  });

  test("arm a connection's timer only while requests wait", () => {
    const { prototype } = load("kafkajs/src/network/requestQueue/index.js") as { prototype: Queue };
    const check = vi.fn<() => void>();
    const queue: Queue = Object.assign(Object.create(prototype) as Queue, {
      throttleCheckTimeoutId: null,
      pending: [],
      throttledUntil: -1,
      checkPendingRequests: check,
    });
    vi.useFakeTimers();
    queue.scheduleCheckPendingRequests();
    expect(queue.throttleCheckTimeoutId).toBeNull();
    queue.pending = ["a request"];
    queue.scheduleCheckPendingRequests();
    queue.scheduleCheckPendingRequests();
    vi.advanceTimersByTime(10);
    expect(check).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
  });
});

const entry = (level: kafkajs.logLevel, message: string, more: object = {}) => ({
  namespace: "Connection",
  level,
  label: "",
  log: { timestamp: "", message, ...more },
});

describe("the log of kafkajs", () => {
  test("passes facts on, never a payload, and calls nothing an error that kafkajs repairs", () => {
    const lines: unknown[] = [];
    const note = (level: string) => (message: string, fields?: object) => lines.push([level, message, fields]);
    const log: Logger = {
      debug: note("debug"),
      info: note("info"),
      warn: note("warn"),
      error: note("error"),
      child: () => log,
    };
    const write = createLogBridge(log)(kafkajs.logLevel.INFO);
    const { ERROR, INFO, NOTHING } = kafkajs.logLevel;
    write(entry(ERROR, "Connection error", { broker: "kafka:9092", retryCount: 1, payload: "a name", stack: "…" }));
    write(entry(ERROR, "Response Heartbeat: The group is rebalancing, so a rejoin is needed"));
    write(entry(INFO, "Stopped", { groupId: "g" }));
    write(entry(NOTHING, "never"));
    expect(lines).toEqual([
      ["warn", "kafkajs Connection: Connection error", { kafka_broker: "kafka:9092", kafka_retryCount: 1 }],
      ["info", "kafkajs Connection: Response Heartbeat: The group is rebalancing, so a rejoin is needed", {}],
      ["debug", "kafkajs Connection: Stopped", { kafka_groupId: "g" }],
    ]);
  });

  test("goes nowhere without a logger", () => {
    const write = createLogBridge(null)(kafkajs.logLevel.INFO);
    expect(() => {
      write(entry(kafkajs.logLevel.ERROR, "anything"));
    }).not.toThrow();
  });
});

describe("options", () => {
  test("have defaults, are frozen, and refuse what cannot work", () => {
    const compiled = compileKafkaOptions({ brokers: ["a:1"], clientId: "c" });
    expect(compiled).toMatchObject({ compression: "none", maxBatchRecords: 10_000 });
    expect(Object.isFrozen(compiled)).toBe(true);
    const refused = [{ brokers: [] }, { retries: -1 }, { maxBatchRecords: 200_000 }, { sessionTimeout: Number.NaN }];
    for (const wrong of refused)
      expect(() => compileKafkaOptions({ brokers: ["a:1"], clientId: "c", ...wrong })).toThrow(
        expect.objectContaining({ code: "OPTIONS_INVALID" }) as Error,
      );
  });
});
