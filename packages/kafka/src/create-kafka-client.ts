import { checkNeeds } from "./check-needs.ts";
import { createConsumer } from "./consumer.ts";
import { openAdmin } from "./kafkajs/admin.ts";
import { openSession } from "./kafkajs/consumer-session.ts";
import { permissions } from "./kafkajs/permissions.ts";
import { openProducer } from "./kafkajs/producer.ts";
import { openReader } from "./kafkajs/reader.ts";
import { openTransactionalProducer } from "./kafkajs/transactional-producer.ts";
import { type CompiledKafkaOptions, compileKafkaOptions, type KafkaClientOptions } from "./options.ts";
import type { KafkaClient } from "./port.ts";

/**
 * Kafka through the library that `options.client` names. Nothing connects before it is asked for. `producer`, `admin`
 * and `reader` reject with KAFKA_UNAVAILABLE when no broker answers and with CONFIG_INVALID when one refuses the user.
 * Throws OPTIONS_INVALID.
 */
export function createKafkaClient(options: KafkaClientOptions): KafkaClient {
  const compiled = compileKafkaOptions(options);
  switch (compiled.client) {
    case "kafkajs":
      return throughKafkajs(compiled);
    case "platformatic":
      return throughPlatformatic(compiled);
  }
}

/** kafkajs 2.2.4. */
function throughKafkajs(options: CompiledKafkaOptions): KafkaClient {
  return {
    check: (needs) => checkNeeds(options, needs, permissions),
    consumer: () => createConsumer(options, openSession),
    producer: () => openProducer(options),
    transactionalProducer: (source) => openTransactionalProducer(options, source),
    admin: () => openAdmin(options),
    reader: () => openReader(options),
  };
}

/** Loaded when it is first needed: it takes half a second. */
const adapter = () => import("./platformatic/open-adapter.ts");

/** @platformatic/kafka 2.12.1. */
function throughPlatformatic(options: CompiledKafkaOptions): KafkaClient {
  return {
    check: async (needs) => checkNeeds(options, needs, (await adapter()).permissions),
    consumer: () => createConsumer(options, async (deps) => (await adapter()).openSession(deps)),
    producer: async () => (await adapter()).openProducer(options),
    transactionalProducer: async (source) => (await adapter()).openTransactionalProducer(options, source),
    admin: async () => (await adapter()).openAdmin(options),
    reader: async () => (await adapter()).openReader(options),
  };
}
