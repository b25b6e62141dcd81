import { CordonError } from "@cordon/errors";
import { createMemoryIndexStore } from "@cordon/index-store/testing";
import { createMemoryKafka } from "@cordon/kafka/testing";
import { readConfig } from "@cordon/service";
import { createMemoryRegistry } from "@cordon/service/testing";
import { expect, test } from "vitest";

import { listSyncConfig } from "../src/config.ts";
import { syncOnce } from "../src/once.ts";
import type { ListSyncTelemetry } from "../src/telemetry.ts";
import { fakeEngine } from "../src/testing/fake-engine.ts";

/** A telemetry that is only heard of what it may wait for. */
const silent = Object.fromEntries(
  ["waited", "resumed", "topicsChecked", "storeSurveyed"].map((name) => [name, () => {}]),
) as unknown as ListSyncTelemetry;

test("a sync whose time is up tells what it waited for, with what it came to so far", async () => {
  const config = readConfig(listSyncConfig, {
    KAFKA_BROKERS: "kafka:9092",
    SCHEMA_REGISTRY_URL: "http://registry:8081",
    REDIS_URL: "redis://redis:6379",
  });
  const away = new CordonError("REDIS_UNAVAILABLE", "Redis is away");
  const store = { ...createMemoryIndexStore(), current: () => Promise.reject(away) };
  const ports = {
    kafka: createMemoryKafka(),
    registry: createMemoryRegistry(),
    store,
    engine: fakeEngine,
    clock: Date.now,
    by: "test",
  };
  const task = { release: false, sameLists: true, releaseLists: [], because: null };
  const { signal } = new AbortController();
  const ended = await syncOnce(config, ports, { task, telemetry: silent, signal, withinMs: 50 });
  expect(ended).toEqual({ lists: [], live: null, announced: null, done: false, failure: away });
});
