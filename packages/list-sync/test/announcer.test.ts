import { createMemoryIndexStore } from "@cordon/index-store/testing";
import { createMemoryKafka } from "@cordon/kafka/testing";
import { readConfig } from "@cordon/service";
import { createMemoryRegistry } from "@cordon/service/testing";
import { expect, test } from "vitest";

import { startAnnouncer } from "../src/announcer.ts";
import { listSyncConfig } from "../src/config.ts";
import { recordTelemetry } from "./support/record-telemetry.ts";

test("what may be done is asked once more only where the topic was missing", async () => {
  const config = readConfig(listSyncConfig, {
    KAFKA_BROKERS: "kafka:9092",
    SCHEMA_REGISTRY_URL: "http://registry:8081",
    REDIS_URL: "redis://redis:6379",
  });
  const memory = createMemoryKafka();
  let checks = 0;
  const kafka = {
    ...memory,
    check: async () => {
      checks += 1;
      return Promise.resolve();
    },
  };
  const asked: number[] = [];
  for (let start = 0; start < 2; start++) {
    checks = 0;
    const announcer = startAnnouncer({
      config,
      kafka,
      registry: createMemoryRegistry(),
      store: createMemoryIndexStore(),
      telemetry: recordTelemetry().telemetry,
      patience: { signal: new AbortController().signal, onWait: () => {} },
    });
    await announcer.ready;
    await announcer.close();
    asked.push(checks);
  }
  expect(asked).toEqual([2, 1]);
});
