import { openAdmin } from "./admin.ts";
import { createConsumer } from "./consumer.ts";
import { compileKafkaOptions, type KafkaClientOptions } from "./options.ts";
import type { KafkaClient } from "./port.ts";
import { openProducer } from "./producer.ts";
import { openReader } from "./reader.ts";
import { openTransactionalProducer } from "./transactional-producer.ts";

/**
 * Kafka through kafkajs 2.2.4. Nothing connects before it is asked for. `producer`, `admin` and `reader` reject with
 * KAFKA_UNAVAILABLE when no broker answers and with CONFIG_INVALID when one refuses the user.
 * Throws OPTIONS_INVALID.
 */
export function createKafkaClient(options: KafkaClientOptions): KafkaClient {
  const compiled = compileKafkaOptions(options);
  return {
    consumer: () => createConsumer(compiled),
    producer: () => openProducer(compiled),
    transactionalProducer: (source) => openTransactionalProducer(compiled, source),
    admin: () => openAdmin(compiled),
    reader: () => openReader(compiled),
  };
}
