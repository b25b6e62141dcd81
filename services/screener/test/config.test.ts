import { topicNames, topicSettings } from "@cordon/screening";
import { readConfig } from "@cordon/service";
import { expect, test } from "vitest";

import { screenerConfig } from "../src/config.ts";

const least = {
  KAFKA_BROKERS: "broker:9092",
  SCHEMA_REGISTRY_URL: "http://registry",
  REDIS_URL: "redis://redis",
};

test("three addresses are enough; the rest has defaults", () => {
  expect(readConfig(screenerConfig, least)).toMatchObject({
    policy: { threshold: 85, weakAliases: "confirm", indexMaxAgeHours: 48 },
    indexPollSeconds: 2,
    groupId: "cordon-screener",
    topicPrefix: "",
  });
});

function version(more: Readonly<Record<string, string>>): string {
  return readConfig(screenerConfig, { ...least, ...more }).policy.version;
}

test("the policy's version changes with a setting that can change an outcome, and with no other", () => {
  expect(version({ SCREENING_THRESHOLD: "90" })).not.toBe(version({}));
  expect(version({ WEAK_ALIASES: "raise" })).not.toBe(version({}));
  expect(version({ INDEX_MAX_AGE_HOURS: "24" })).not.toBe(version({}));
  expect(version({ KAFKA_GROUP_ID: "other", INDEX_POLL_SECONDS: "1" })).toBe(version({}));
});

test("every fault is named in one error", () => {
  expect(() => readConfig(screenerConfig, { SCREENING_THRESHOLD: "0", WEAK_ALIASES: "maybe" })).toThrow(
    /KAFKA_BROKERS[^]*SCHEMA_REGISTRY_URL[^]*REDIS_URL[^]*SCREENING_THRESHOLD[^]*WEAK_ALIASES/,
  );
});

test("topics carry the prefix, and the settings of the cluster", () => {
  const config = readConfig(screenerConfig, {
    ...least,
    TOPIC_PREFIX: "test.",
    KAFKA_EVENT_PARTITIONS: "12",
    KAFKA_EVENT_RETENTION_HOURS: "1",
    KAFKA_REPLICATION_FACTOR: "1",
    KAFKA_MIN_INSYNC_REPLICAS: "1",
  });
  expect(topicNames(config).payments).toBe("test.payments.v1");
  const replicas = { replicationFactor: 1, minInSyncReplicas: 1, compacted: false };
  const events = { partitions: 12, retentionMs: 3_600_000, stampedByBroker: true, ...replicas };
  expect(topicSettings(config)).toEqual([
    { topic: "test.payments.v1", ...events },
    { topic: "test.remittances.v1", ...events },
    { topic: "test.screening.decisions.v1", partitions: 12, ...replicas },
    { topic: "test.screening.alerts.v1", partitions: 12, ...replicas },
    { topic: "test.screening.dead-letters.v1", partitions: 1, maxMessageBytes: 16_777_216, ...replicas },
    ...["decisions", "alerts"].map((results) => ({
      topic: `test.screening.canary-${results}.v1`,
      partitions: 1,
      retentionMs: 86_400_000,
      replicationFactor: 1,
      minInSyncReplicas: 1,
    })),
  ]);
});
