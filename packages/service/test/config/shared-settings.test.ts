import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { CordonError } from "@cordon/errors";
import {
  describeConfig,
  type Environment,
  httpConfig,
  kafkaConfig,
  logConfig,
  readConfig,
  redisConfig,
  registryConfig,
} from "@cordon/service";
import { afterAll, describe, expect, test } from "vitest";

import { makeLoopbackCertificate, writeLoopbackCertificate } from "../../src/testing/loopback-tls.ts";

const files = writeLoopbackCertificate();
const { cert: pem, key } = files;
afterAll(() => {
  files.remove();
});

/** A key of somebody else's, and a file in which PEM begins and nothing good follows. */
const other = writeLoopbackCertificate(await makeLoopbackCertificate());
const broken = join(mkdtempSync(join(tmpdir(), "cordon-broken-")), "broken.pem");
writeFileSync(broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
afterAll(() => {
  other.remove();
  rmSync(dirname(broken), { recursive: true });
});

const oauth = {
  KAFKA_SASL_MECHANISM: "oauthbearer",
  KAFKA_SASL_USERNAME: "client",
  KAFKA_SASL_PASSWORD: "hunter2",
  KAFKA_OAUTH_TOKEN_URL: "https://idp.example/token",
};

const shape = { kafka: kafkaConfig, registry: registryConfig, redis: redisConfig, http: httpConfig, log: logConfig };
const least = {
  KAFKA_BROKERS: "one:9092,two:9093",
  SCHEMA_REGISTRY_URL: "http://registry:8081/apis/ccompat/v7",
  REDIS_URL: "redis://redis:6379",
};

function faultsOf(environment: Environment): unknown {
  try {
    readConfig(shape, environment);
  } catch (error) {
    if (error instanceof CordonError) return error.details["faults"];
  }
  return [];
}

describe("the configuration that services share", () => {
  test("needs three addresses and no more", () => {
    expect(readConfig(shape, least)).toEqual({
      kafka: {
        brokers: ["one:9092", "two:9093"],
        client: "kafkajs",
        compression: "none",
        clientId: "cordon",
        tls: null,
        sasl: null,
        replicationFactor: 3,
        minInSyncReplicas: 2,
        eventPartitions: 6,
        eventRetentionMs: null,
        resultRetentionMs: null,
      },
      registry: {
        url: "http://registry:8081/apis/ccompat/v7",
        auth: null,
        ca: null,
        cert: null,
        key: null,
        registers: true,
      },
      redis: {
        url: "redis://redis:6379",
        username: null,
        password: null,
        ca: null,
        cert: null,
        key: null,
        cluster: false,
        sentinels: null,
        sentinelMaster: "mymaster",
        sentinelUsername: null,
        sentinelPassword: null,
        publicKey: null,
        keyPrefix: "cordon:",
      },
      http: { host: "127.0.0.1", port: 0, addressesFile: null },
      log: { level: "info" },
    });
    expect(
      describeConfig(shape)
        .filter(({ required }) => required)
        .map(({ name }) => name),
    ).toEqual(Object.keys(least));
  });

  test("covers TLS and SASL for Kafka", () => {
    const { kafka } = readConfig(shape, {
      ...least,
      KAFKA_TLS: "true",
      KAFKA_TLS_CA_FILE: pem,
      KAFKA_TLS_CERT_FILE: pem,
      KAFKA_TLS_KEY_FILE: key,
      KAFKA_SASL_MECHANISM: "scram-sha-512",
      KAFKA_SASL_USERNAME: "cordon",
      KAFKA_SASL_PASSWORD: "hunter2",
      KAFKA_EVENT_RETENTION_HOURS: "168",
      KAFKA_COMPRESSION: "zstd",
    });
    expect(kafka.compression).toBe("zstd");
    expect(kafka.tls?.ca).toContain("BEGIN CERTIFICATE");
    expect(kafka.tls?.cert).toContain("BEGIN CERTIFICATE");
    expect(kafka.tls?.key).toContain("BEGIN PRIVATE KEY");
    expect(kafka.sasl).toEqual({ mechanism: "scram-sha-512", username: "cordon", password: "hunter2" });
    expect(kafka.eventRetentionMs).toBe(168 * 3_600_000);
  });

  test("covers tokens by client credentials", () => {
    const { kafka } = readConfig(shape, { ...least, ...oauth, KAFKA_OAUTH_SCOPE: "kafka" });
    expect(kafka.sasl).toEqual({
      mechanism: "oauthbearer",
      username: "client",
      password: "hunter2",
      tokenUrl: "https://idp.example/token",
      scope: "kafka",
      audience: null,
      ca: null,
    });
  });

  test.each([
    ["KAFKA_TLS", { KAFKA_TLS_CA_FILE: pem }],
    ["KAFKA_TLS_CERT_FILE", { KAFKA_TLS: "true", KAFKA_TLS_CERT_FILE: pem }],
    ["KAFKA_SASL_MECHANISM", { KAFKA_SASL_MECHANISM: "plain" }],
    ["KAFKA_SASL_PASSWORD", { KAFKA_SASL_MECHANISM: "plain", KAFKA_SASL_USERNAME: "u" }],
    ["KAFKA_SASL_USERNAME", { KAFKA_SASL_MECHANISM: "plain", KAFKA_SASL_PASSWORD: "hunter2" }],
    ["KAFKA_SASL_MECHANISM", { KAFKA_SASL_USERNAME: "u", KAFKA_SASL_PASSWORD: "hunter2" }],
    ["KAFKA_SASL_MECHANISM", { KAFKA_SASL_MECHANISM: "SCRAM-SHA-256" }],
    ["KAFKA_MIN_INSYNC_REPLICAS", { KAFKA_REPLICATION_FACTOR: "1" }],
    ["KAFKA_BROKERS", { KAFKA_BROKERS: "kafka" }],
    ["KAFKA_BROKERS", { KAFKA_BROKERS: "http://kafka:9092" }],
    ["KAFKA_TLS_CA_FILE", { KAFKA_TLS: "true", KAFKA_TLS_CA_FILE: fileURLToPath(new URL(import.meta.url)) }],
    ["SCHEMA_REGISTRY_PASSWORD", { SCHEMA_REGISTRY_USERNAME: "u" }],
    ["SCHEMA_REGISTRY_URL", { SCHEMA_REGISTRY_URL: "registry:8081" }],
    ["REDIS_PASSWORD", { REDIS_USERNAME: "u" }],
    ["REDIS_TLS_…_FILE", { REDIS_TLS_CA_FILE: pem }],
    ["REDIS_URL", { REDIS_URL: "redis://user:%zz@redis" }],
    ["REDIS_URL", { REDIS_URL: "redis://redis/one" }],
    ["REDIS_CLUSTER", { REDIS_CLUSTER: "true", REDIS_SENTINELS: "a:26379" }],
    ["REDIS_CLUSTER", { REDIS_CLUSTER: "true", REDIS_URL: "redis://redis/3" }],
    ["REDIS_SENTINELS", { REDIS_SENTINELS: "sentinel" }],
    ["REDIS_SENTINELS", { REDIS_SENTINEL_PASSWORD: "hunter2" }],
    ["SCHEMA_REGISTRY_URL", { SCHEMA_REGISTRY_URL: "http://u:%zz@registry" }],
    ["SCHEMA_REGISTRY_TLS_…_FILE", { SCHEMA_REGISTRY_TLS_CA_FILE: pem }],
    ["KAFKA_TLS_KEY_FILE", { KAFKA_TLS: "true", KAFKA_TLS_CERT_FILE: pem, KAFKA_TLS_KEY_FILE: other.key }],
    ["KAFKA_TLS_KEY_FILE", { KAFKA_TLS: "true", KAFKA_TLS_CERT_FILE: pem, KAFKA_TLS_KEY_FILE: broken }],
    ["KAFKA_TLS_CA_FILE", { KAFKA_TLS: "true", KAFKA_TLS_CA_FILE: broken }],
    ["KAFKA_OAUTH_TOKEN_URL", { ...oauth, KAFKA_OAUTH_TOKEN_URL: "" }],
    ["KAFKA_OAUTH_TOKEN_URL", { ...oauth, KAFKA_OAUTH_TOKEN_URL: "http://idp.example/token" }],
    ["KAFKA_SASL_PASSWORD", { ...oauth, KAFKA_SASL_PASSWORD: "" }],
    ["KAFKA_OAUTH_", { KAFKA_OAUTH_SCOPE: "kafka" }],
    ["REDIS_KEY_PREFIX", { REDIS_KEY_PREFIX: "{a}" }],
    ["HTTP_PORT", { HTTP_PORT: "65536" }],
    ["HTTP_HOST", { HTTP_HOST: "a b" }],
    ["KAFKA_COMPRESSION", { KAFKA_COMPRESSION: "brotli" }],
    ["LOG_LEVEL", { LOG_LEVEL: "verbose" }],
  ])("refuses what does not go together or is misspelt (%s, %j)", (variable, changes) => {
    const faults = faultsOf({ ...least, ...changes });
    expect(faults).toEqual([expect.stringContaining(variable)]);
    expect(JSON.stringify(faults)).not.toContain("hunter2");
  });

  test("has no variable twice, and says of each what it means", () => {
    const rows = describeConfig(shape);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    for (const { name, meaning } of rows) {
      expect(name).toMatch(/^[A-Z][A-Z0-9_]+$/);
      expect(meaning).toMatch(/\.$/);
    }
  });
});
