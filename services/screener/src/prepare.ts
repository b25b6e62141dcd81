import { type KafkaClient, type TopicReport } from "@cordon/kafka";
import {
  outputBounds,
  type OutputFormat,
  refuseSmallTopics,
  registerOutputFormat,
  topicNames,
  topicSettings,
} from "@cordon/screening";
import { type PatienceOptions, retryUntilAvailable, type SchemaRegistry } from "@cordon/service";

import type { ScreenerConfig } from "./config.ts";
import { atLeastOnce, type Delivery, exactlyOnce } from "./delivery.ts";
import { needsOf } from "./needs.ts";
import type { ScreenerTelemetry } from "./telemetry.ts";

export interface PrepareDeps {
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly telemetry: ScreenerTelemetry;
  readonly patience: PatienceOptions;
}

/**
 * Brings about what must stand before the first record is read: permissions, topics, schemas, a way to deliver. Waits while
 * Kafka or the registry are not up yet, or topics are absent that others make. Rejects with TOPIC_UNSUITABLE, SCHEMA_INCOMPATIBLE, or CONFIG_INVALID
 * where a topic takes too little for one record.
 */
export async function prepare(
  config: Pick<ScreenerConfig, "topicPrefix" | "kafka" | "decisionsWritten" | "delivery" | "groupId">,
  { kafka, registry, telemetry, patience }: PrepareDeps,
): Promise<{ readonly delivery: Delivery; readonly format: OutputFormat }> {
  const names = topicNames(config);
  const needs = needsOf(config);
  await retryUntilAvailable("Kafka", () => kafka.check(needs), patience);
  const reports = await retryUntilAvailable("Kafka", () => ensureTopics(config, { kafka, telemetry }), patience);
  // What may be done with a topic is known only once it is there.
  if (reports.some(({ created }) => created)) await retryUntilAvailable("Kafka", () => kafka.check(needs), patience);
  refuseSmallTopics(reports, names);
  const most = outputBounds(reports, names);
  const { decisionsWritten } = config;
  const register = (): Promise<OutputFormat> => registerOutputFormat(registry, { names, decisionsWritten });
  const format = { ...(await retryUntilAvailable("the schema registry", register, patience)), most };
  if (config.delivery === "exactly_once") return { delivery: exactlyOnce(kafka, config.groupId), format };
  const producer = await retryUntilAvailable("Kafka", () => kafka.producer(), patience);
  return { delivery: atLeastOnce(producer), format };
}

async function ensureTopics(
  config: Pick<ScreenerConfig, "topicPrefix" | "kafka">,
  { kafka, telemetry }: Pick<PrepareDeps, "kafka" | "telemetry">,
): Promise<readonly TopicReport[]> {
  const admin = await kafka.admin();
  try {
    const reports = await admin.ensureTopics(topicSettings(config));
    telemetry.topicsChecked(reports);
    return reports;
  } finally {
    await admin.close();
  }
}
