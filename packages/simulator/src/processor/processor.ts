import type { Agent } from "node:https";

import { SchemaRegistry } from "@kafkajs/confluent-schema-registry";
import { Kafka, type KafkaConfig, logLevel, Partitioners } from "kafkajs";

import type { TrafficEvent } from "../traffic/traffic.ts";

/** A payment or a remittance, with the topic that it is sent to. */
export type ProcessorEvent = Pick<TrafficEvent, "eventId" | "topic" | "value">;

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

export interface Processor {
  /** Resolves once Kafka has them all; a call that rejects may have sent some. */
  send(events: readonly ProcessorEvent[]): Promise<void>;
  close(): Promise<void>;
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
    async send(events) {
      const messages = await Promise.all(
        events.map(async ({ eventId, topic, value }) => ({
          topic: topicPrefix + topic,
          message: { key: eventId, value: await schemas.encode(schemaIds[topic], value) },
        })),
      );
      const byTopic = Map.groupBy(messages, ({ topic }) => topic);
      await producer.sendBatch({
        acks: -1,
        topicMessages: Array.from(byTopic, ([topic, all]) => ({ topic, messages: all.map(({ message }) => message) })),
      });
    },
    close: () => producer.disconnect(),
  };
}
