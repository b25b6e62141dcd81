import { randomUUID } from "node:crypto";

import { createKafkaClient, type KafkaClientOptions, type Position } from "@cordon/kafka";
import { type KafkaClientName } from "@cordon/service";
import kafkajs from "kafkajs";
import { afterAll, describe, inject } from "vitest";

import { brokerTransactionsConformance } from "./broker-transactions.conformance.ts";
import { type AdapterUnderTest, brokerConformance } from "./broker.conformance.ts";
import { deleteTopics } from "./kafka-bench.ts";
import { kafkaConformance } from "./kafka.conformance.ts";
import { remadeTopicConformance } from "./remade-topic.conformance.ts";
import { transactionsConformance } from "./transactions.conformance.ts";

/** Everything the port promises, tried with one adapter and a real broker. */
export function tryAdapter(name: KafkaClientName): void {
  const brokers = inject("stack").kafkaBrokers.split(",");
  const prefix = `test-${randomUUID().slice(0, 8)}`;
  let count = 0;
  const unique = (what: string): string => `${prefix}-${what}-${String((count += 1))}`;
  const clientWith = (options: Partial<KafkaClientOptions> = {}) =>
    createKafkaClient({ brokers, clientId: prefix, client: name, ...options });
  const client = clientWith();

  async function expire({ topic, partition, offset }: Position): Promise<void> {
    const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.fetchTopicOffsets(topic); // deleting needs it known
    await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(offset) }] });
    await admin.disconnect();
  }

  afterAll(() => deleteTopics(brokers, prefix));

  describe(`Kafka through ${name}`, () => {
    kafkaConformance(() => ({ client, unique, expire }));
    transactionsConformance(() => ({ client, unique }));
  });

  describe(`${name} with a real broker`, () => {
    const adapter: AdapterUnderTest = { client, unique, expire, brokers, clientWith };
    brokerConformance(() => adapter);
    brokerTransactionsConformance(() => adapter);
    // kafkajs speaks no request with a topic's id.
    remadeTopicConformance(() => adapter);
  });
}
