import { type IndexStore } from "@cordon/index-store";
import type { KafkaClient, Producer, TopicReport } from "@cordon/kafka";
import { createEncoder, schemaText, subjectOf, topics } from "@cordon/schemas";
import { type PatienceOptions, retryUntilAvailable, type SchemaRegistry } from "@cordon/service";

import type { ListSyncConfig } from "./config.ts";
import { needsOf } from "./needs.ts";
import { announce } from "./sync/announce.ts";
import type { ListSyncTelemetry } from "./telemetry.ts";
import { listChangesTopic, topicSettings } from "./topics.ts";

export interface AnnouncerDeps {
  readonly config: Pick<ListSyncConfig, "topicPrefix" | "kafka">;
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly store: IndexStore;
  readonly telemetry: ListSyncTelemetry;
  readonly patience: PatienceOptions;
}

export interface Announcer {
  /** See `announce`; false, too, while Kafka or the registry are still waited for. */
  announce(): Promise<boolean>;
  /** Resolves when topic and schema stand and the producer is connected; rejects for what waiting cannot mend. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/**
 * Prepares the announcements in the background: an index must reach the screeners also while Kafka or the registry are
 * away, and its announcements wait in the store.
 */
export function startAnnouncer({ config, kafka, registry, store, telemetry, patience }: AnnouncerDeps): Announcer {
  const topic = listChangesTopic(config);
  const encoder = createEncoder(subjectOf(topics.listChanges));
  let connected: { readonly producer: Producer; readonly schemaId: number } | null = null;

  async function ensureTopics(): Promise<readonly TopicReport[]> {
    const admin = await kafka.admin();
    try {
      return await admin.ensureTopics(topicSettings(config));
    } finally {
      await admin.close();
    }
  }

  async function prepare(): Promise<void> {
    const subject = subjectOf(topics.listChanges);
    const needs = needsOf(config);
    await retryUntilAvailable("Kafka", () => kafka.check(needs), patience);
    const reports = await retryUntilAvailable("Kafka", ensureTopics, patience);
    telemetry.topicsChecked(reports);
    // What may be done with a topic is known only once it is there.
    if (reports.some(({ created }) => created)) await retryUntilAvailable("Kafka", () => kafka.check(needs), patience);
    const schemaId = await retryUntilAvailable(
      "the schema registry",
      () => registry.register(`${topic}-value`, schemaText(subject)),
      patience,
    );
    connected = { producer: await retryUntilAvailable("Kafka", () => kafka.producer(), patience), schemaId };
  }

  const ready = prepare();
  ready.catch(() => {}); // whoever awaits it hears of it
  return {
    announce: () =>
      connected === null ? Promise.resolve(false) : announce({ store, topic, encoder, telemetry, ...connected }),
    ready,
    async close() {
      await ready.catch(() => {});
      await connected?.producer.close();
    },
  };
}
