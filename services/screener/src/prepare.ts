import {
  type KafkaClient,
  type PatienceOptions,
  patiently,
  type Producer,
  type SchemaRegistry,
} from "@cordon/platform";
import { createEncoder, schemaText, subjectOf, topics } from "@cordon/schemas";

import type { OutputFormat } from "./batch/outputs.ts";
import type { ScreenerConfig } from "./config.ts";
import type { ScreenerTelemetry } from "./telemetry.ts";
import { type TopicNames, topicNames, topicSettings } from "./topics.ts";

export interface PrepareDeps {
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly telemetry: ScreenerTelemetry;
  readonly patience: PatienceOptions;
}

/**
 * Brings about what must stand before the first record is read: topics, schemas, a connected producer. Waits while
 * Kafka or the registry are not up yet. Rejects with TOPIC_UNSUITABLE or SCHEMA_INCOMPATIBLE.
 */
export async function prepare(
  config: Pick<ScreenerConfig, "topicPrefix" | "kafka" | "decisionsWritten">,
  { kafka, registry, telemetry, patience }: PrepareDeps,
): Promise<{ readonly producer: Producer; readonly format: OutputFormat }> {
  const names = topicNames(config);
  await patiently("Kafka", () => ensureTopics(config, { kafka, telemetry }), patience);
  const ids = await patiently("the schema registry", () => registerSchemas(registry, names), patience);
  const producer = await patiently("Kafka", () => kafka.producer(), patience);
  return {
    producer,
    format: {
      topics: names,
      decisions: { encoder: createEncoder(subjectOf(topics.decisions)), schemaId: ids.decisions },
      alerts: { encoder: createEncoder(subjectOf(topics.alerts)), schemaId: ids.alerts },
      decisionsWritten: config.decisionsWritten,
    },
  };
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

/** Registers also the events' schemas, so that producers in any language find them. */
async function registerSchemas(
  registry: SchemaRegistry,
  names: TopicNames,
): Promise<{ readonly decisions: number; readonly alerts: number }> {
  const register = (name: "payments" | "remittances" | "decisions" | "alerts"): Promise<number> =>
    registry.register(`${names[name]}-value`, schemaText(subjectOf(topics[name])));
  await register("payments");
  await register("remittances");
  // The same text has the same id under any subject.
  for (const name of ["decisions", "alerts"] as const) {
    const topic = names[name === "decisions" ? "canaryDecisions" : "canaryAlerts"];
    await registry.register(`${topic}-value`, schemaText(subjectOf(topics[name])));
  }
  return { decisions: await register("decisions"), alerts: await register("alerts") };
}
