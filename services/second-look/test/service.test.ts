import { setTimeout as sleep } from "node:timers/promises";

import { CordonError } from "@cordon/errors";
import { createMemoryIndexStore, createMemoryJobStore } from "@cordon/index-store/testing";
import { createMemoryKafka } from "@cordon/kafka/testing";
import { createDecoder, schemaText, subjectOf, topics } from "@cordon/schemas";
import { topicNames } from "@cordon/screening";
import { encodePayment, listed, openFake, paymentSchema, publishFake, samplePayment } from "@cordon/screening/testing";
import { runSecondLook, secondLookConfig } from "@cordon/second-look";
import { readConfig, silentLogger } from "@cordon/service";
import { createMemoryRegistry } from "@cordon/service/testing";
import { expect, test, vi } from "vitest";

import { needsOf } from "../src/needs.ts";

const names = topicNames({ topicPrefix: "" });

function open() {
  const env = { KAFKA_BROKERS: "memory:9092", SCHEMA_REGISTRY_URL: "http://memory", REDIS_URL: "redis://memory" };
  const config = readConfig(secondLookConfig, env);
  const registry = createMemoryRegistry();
  const kafka = createMemoryKafka();
  const published = { at: Date.now() - 3_600_000 };
  const store = createMemoryIndexStore(undefined, { now: () => published.at });
  const controller = new AbortController();
  const closing: (() => Promise<void> | void)[] = [];
  return {
    registry,
    kafka,
    store,
    makeTopics: async () =>
      (await kafka.admin()).ensureTopics(
        Object.values(names).map((topic) => ({ topic, partitions: 1, replicationFactor: 1, minInSyncReplicas: 1 })),
      ),
    sendPayment: async () => {
      const id = await registry.register(`${names.payments}-value`, paymentSchema);
      const value = encodePayment(samplePayment("p-1", ["Tamsin Whitcombe", "Oliver Baker"]), id);
      await (await kafka.producer()).send([{ topic: names.payments, key: Buffer.from("p-1"), value }]);
    },
    publishChange: async () => {
      await publishFake(store, [listed("A", "Goran Jalal")], Date.now());
      await publishFake(store, [listed("A", "Goran Jalal"), listed("B", "Tamsin Whitcombe")], Date.now());
    },
    run: () =>
      runSecondLook(
        config,
        { kafka, registry, store, jobs: createMemoryJobStore(), open: openFake, clock: Date.now, by: "test" },
        {
          signal: controller.signal,
          logger: silentLogger,
          onClose: (_, close) => void closing.push(close),
          fail: (error) => {
            throw error;
          },
        },
      ),
    stop: async (running: Promise<void>) => {
      controller.abort();
      await running;
      for (const close of closing.toReversed()) await close();
    },
  };
}

test("an entry that comes is looked back from by itself, and the service ends when it is told to", async () => {
  const { kafka, makeTopics, sendPayment, publishChange, run, stop } = open();
  await makeTopics();
  await sendPayment();
  await publishChange();
  const running = run();
  const alerts = () => kafka.records(names.alerts);
  await vi.waitFor(() => expect(alerts()).toHaveLength(1), { timeout: 10_000 });
  const decoder = createDecoder(subjectOf(topics.alerts), schemaText(subjectOf(topics.alerts)));
  expect(decoder.decode(alerts()[0]?.value ?? Buffer.alloc(0))).toMatchObject({ eventId: "p-1", origin: "LOOK_BACK" });
  await stop(running);
});

test("topics that others make are waited for", async () => {
  const { kafka, makeTopics, sendPayment, publishChange, run, stop } = open();
  await publishChange();
  kafka.failChecks(new CordonError("TOPIC_ABSENT", "topic payments.v1 does not exist"));
  const running = run();
  expect(await Promise.race([running, sleep(300, "waits")])).toBe("waits");
  await makeTopics();
  await sendPayment();
  kafka.failChecks(null);
  await vi.waitFor(() => expect(kafka.records(names.alerts)).toHaveLength(1), { timeout: 10_000 });
  await stop(running);
});

function needs(env: Readonly<Record<string, string>>): readonly string[] {
  const base = { KAFKA_BROKERS: "k:9092", SCHEMA_REGISTRY_URL: "http://r", REDIS_URL: "redis://r" };
  return needsOf(readConfig(secondLookConfig, { ...base, ...env })).map(
    ({ kind, name, operations, mustExist }) =>
      `${kind} ${name} ${operations.join()}${mustExist === true ? " there" : ""}`,
  );
}

test("what it needs is asked for as the table of permissions has it, and no more than it uses", () => {
  expect(needs({ TOPIC_PREFIX: "x." })).toEqual([
    "topic x.payments.v1 Read there",
    "topic x.remittances.v1 Read there",
    "topic x.screening.decisions.v1 Read there",
    "topic x.screening.alerts.v1 Read,Write there",
    "group cordon-resubmissions Read",
    "group cordon-screener Describe",
    "group cordon-reader- Read",
  ]);
  const few = needs({ KAFKA_CLIENT: "platformatic", LOOK_BACK_WINDOW_DAYS: "0", RESUBMISSION_WINDOW_DAYS: "0" });
  expect(few.filter((need) => need.startsWith("group"))).toEqual([]);
});
