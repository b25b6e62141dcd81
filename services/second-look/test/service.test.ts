import { createMemoryIndexStore, createMemoryJobStore } from "@cordon/index-store/testing";
import { createMemoryKafka } from "@cordon/kafka/testing";
import { createDecoder, schemaText, subjectOf, topics } from "@cordon/schemas";
import { topicNames } from "@cordon/screening";
import { encodePayment, listed, openFake, paymentSchema, publishFake, samplePayment } from "@cordon/screening/testing";
import { runSecondLook, secondLookConfig } from "@cordon/second-look";
import { readConfig, silentLogger } from "@cordon/service";
import { createMemoryRegistry } from "@cordon/service/testing";
import { expect, test, vi } from "vitest";

const names = topicNames({ topicPrefix: "" });

test("an entry that comes is looked back from by itself, and the service ends when it is told to", async () => {
  const env = { KAFKA_BROKERS: "memory:9092", SCHEMA_REGISTRY_URL: "http://memory", REDIS_URL: "redis://memory" };
  const config = readConfig(secondLookConfig, env);
  const registry = createMemoryRegistry();
  const kafka = createMemoryKafka();
  const published = { at: Date.now() - 3_600_000 };
  const store = createMemoryIndexStore(undefined, { now: () => published.at });
  const id = await registry.register(`${names.payments}-value`, paymentSchema);
  await (
    await kafka.admin()
  ).ensureTopics(
    Object.values(names).map((topic) => ({ topic, partitions: 1, replicationFactor: 1, minInSyncReplicas: 1 })),
  );
  const value = encodePayment(samplePayment("p-1", ["Tamsin Whitcombe", "Oliver Baker"]), id);
  await (await kafka.producer()).send([{ topic: names.payments, key: Buffer.from("p-1"), value }]);
  await publishFake(store, [listed("A", "Goran Jalal")], Date.now());
  await publishFake(store, [listed("A", "Goran Jalal"), listed("B", "Tamsin Whitcombe")], Date.now());

  const controller = new AbortController();
  const closing: (() => Promise<void> | void)[] = [];
  const running = runSecondLook(
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
  );
  const alerts = () => kafka.records(names.alerts);
  await vi.waitFor(() => expect(alerts()).toHaveLength(1), { timeout: 10_000 });
  const decoder = createDecoder(subjectOf(topics.alerts), schemaText(subjectOf(topics.alerts)));
  expect(decoder.decode(alerts()[0]?.value ?? Buffer.alloc(0))).toMatchObject({ eventId: "p-1", origin: "LOOK_BACK" });
  controller.abort();
  await running;
  for (const close of closing.toReversed()) await close();
});
