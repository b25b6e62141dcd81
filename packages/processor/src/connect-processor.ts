import type { Agent } from "node:https";

import type { Processor } from "@cordon/simulator";
import { SchemaRegistry } from "@kafkajs/confluent-schema-registry";
import { Kafka, type KafkaConfig, logLevel, Partitioners } from "kafkajs";

export interface ProcessorAccess {
  readonly kafka: KafkaConfig;
  readonly registry: {
    readonly host: string;
    readonly auth?: { readonly username: string; readonly password: string };
    readonly agent?: Agent;
  };
  /** Stands before every topic and subject: several Cordons can share one Kafka. Default none. */
  readonly topicPrefix?: string;
}

/**
 * A payment processor as its owner writes one in Node: the two clients that are made for it, the schemas that the registry has, and
 * nothing of Cordon. Rejects with what the clients throw.
 */
export async function connectProcessor({ kafka, registry, topicPrefix = "" }: ProcessorAccess): Promise<Processor> {
  const schemas = new SchemaRegistry(registry);
  const latest = (topic: string): Promise<number> => schemas.getLatestSchemaId(`${topicPrefix}${topic}-value`);
  const schemaIds = { "payments.v1": await latest("payments.v1"), "remittances.v1": await latest("remittances.v1") };
  const client = new Kafka({ logLevel: logLevel.NOTHING, ...kafka });
  const producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();

  return {
    async encode(events) {
      const messages = await Promise.all(
        events.map(async ({ eventId, topic, value }) => ({
          topic: topicPrefix + topic,
          message: { key: eventId, value: await schemas.encode(schemaIds[topic], withBuffers(value)) },
        })),
      );
      const byTopic = Map.groupBy(messages, ({ topic }) => topic);
      return Array.from(byTopic, ([topic, all]) => ({ topic, messages: all.map(({ message }) => message) }));
    },
    async send(events) {
      await producer.sendBatch({ acks: -1, topicMessages: [...events] });
    },
    close: () => producer.disconnect(),
  };
}

/** The registry's client takes bytes, those of amounts, as Buffers only. */
function withBuffers(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (Array.isArray(value)) return value.map(withBuffers);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withBuffers(part)]));
}
