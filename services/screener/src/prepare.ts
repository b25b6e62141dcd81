import { type OutputFormat, registerOutputFormat, topicNames, topicSettings } from "@cordon/pipeline";
import { type KafkaClient, type PatienceOptions, patiently, type SchemaRegistry } from "@cordon/platform";

import type { ScreenerConfig } from "./config.ts";
import { atLeastOnce, type Delivery, exactlyOnce } from "./delivery.ts";
import type { ScreenerTelemetry } from "./telemetry.ts";

export interface PrepareDeps {
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly telemetry: ScreenerTelemetry;
  readonly patience: PatienceOptions;
}

/**
 * Brings about what must stand before the first record is read: topics, schemas, a way to deliver. Waits while
 * Kafka or the registry are not up yet. Rejects with TOPIC_UNSUITABLE or SCHEMA_INCOMPATIBLE.
 */
export async function prepare(
  config: Pick<ScreenerConfig, "topicPrefix" | "kafka" | "decisionsWritten" | "delivery" | "groupId">,
  { kafka, registry, telemetry, patience }: PrepareDeps,
): Promise<{ readonly delivery: Delivery; readonly format: OutputFormat }> {
  const names = topicNames(config);
  await patiently("Kafka", () => ensureTopics(config, { kafka, telemetry }), patience);
  const { decisionsWritten } = config;
  const register = (): Promise<OutputFormat> => registerOutputFormat(registry, { names, decisionsWritten });
  const format = await patiently("the schema registry", register, patience);
  if (config.delivery === "exactly_once") return { delivery: exactlyOnce(kafka, config.groupId), format };
  const producer = await patiently("Kafka", () => kafka.producer(), patience);
  return { delivery: atLeastOnce(producer), format };
}

async function ensureTopics(
  config: Pick<ScreenerConfig, "topicPrefix" | "kafka">,
  { kafka, telemetry }: Pick<PrepareDeps, "kafka" | "telemetry">,
): Promise<void> {
  const admin = await kafka.admin();
  try {
    telemetry.topicsChecked(await admin.ensureTopics(topicSettings(config)));
  } finally {
    await admin.close();
  }
}
