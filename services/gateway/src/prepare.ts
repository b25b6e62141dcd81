import type { KafkaClient, Producer, TopicReport } from "@cordon/kafka";
import { schemaText, subjectOf, topics } from "@cordon/schemas";
import { topicNames, topicSettings } from "@cordon/screening";
import { type PatienceOptions, retryUntilAvailable, type SchemaRegistry } from "@cordon/service";

import type { GatewayConfig } from "./config.ts";
import type { EventFormat } from "./intake/event-format.ts";
import { needsOf } from "./needs.ts";
import type { GatewayTelemetry } from "./telemetry.ts";

export interface PrepareDeps {
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly telemetry: Pick<GatewayTelemetry, "topicsChecked">;
  readonly patience: PatienceOptions;
}

/**
 * Brings about what must stand before the first message is taken: topics, schemas, a producer. Waits while Kafka or the
 * registry are not up yet. Rejects with TOPIC_UNSUITABLE, SCHEMA_INCOMPATIBLE, or CONFIG_INVALID for what it may not do.
 */
export async function prepare(
  config: Pick<GatewayConfig, "topicPrefix" | "kafka">,
  { kafka, registry, telemetry, patience }: PrepareDeps,
): Promise<{ readonly producer: Producer; readonly format: EventFormat }> {
  const names = topicNames(config);
  const needs = needsOf(config);
  await retryUntilAvailable("Kafka", () => kafka.check(needs), patience);
  const reports = await retryUntilAvailable("Kafka", () => ensureTopics(config, kafka), patience);
  telemetry.topicsChecked(reports);
  // What may be done with a topic is known only once it is there.
  if (reports.some(({ created }) => created)) await retryUntilAvailable("Kafka", () => kafka.check(needs), patience);
  const events = [names.payments, names.remittances];
  const most = reports.filter(({ topic }) => events.includes(topic)).map(({ maxMessageBytes }) => maxMessageBytes);
  const register = async (topic: typeof topics.payments | typeof topics.remittances): Promise<number> =>
    registry.register(config.topicPrefix + subjectOf(topic), schemaText(subjectOf(topic)));
  const schemaIds = await retryUntilAvailable(
    "the schema registry",
    async () => ({ payments: await register(topics.payments), remittances: await register(topics.remittances) }),
    patience,
  );
  const producer = await retryUntilAvailable("Kafka", () => kafka.producer(), patience);
  return { producer, format: { topics: names, schemaIds, mostBytes: Math.min(...most) } };
}

async function ensureTopics(
  config: Pick<GatewayConfig, "topicPrefix" | "kafka">,
  kafka: KafkaClient,
): Promise<readonly TopicReport[]> {
  const admin = await kafka.admin();
  try {
    // Those that it writes and reads, and no others: it may not be allowed to see more.
    const names = topicNames(config);
    const used = new Set([names.payments, names.remittances, names.decisions, names.alerts]);
    return await admin.ensureTopics(topicSettings(config).filter(({ topic }) => used.has(topic)));
  } finally {
    await admin.close();
  }
}
