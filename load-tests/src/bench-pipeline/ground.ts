import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";

import { createRedisIndexStore } from "@cordon/index-store";
import { createKafkaClient, type KafkaClient, type OutRecord } from "@cordon/kafka";
import type { Stack } from "@cordon/local-stack";
import { compileSnapshot, type Designation, engineVersion, openSnapshot, type ScreeningIndex } from "@cordon/matching";
import { createEncoder, schemaText, subjectOf, topics } from "@cordon/schemas";
import { createSchemaRegistry, type SchemaRegistry } from "@cordon/service";

import { generatedDesignations, type NamePools, namePools } from "../bench-engine/generated-names.ts";
import { realLists } from "../bench-engine/real-lists.ts";
import { type BenchEvents, benchEvents } from "./bench-events.ts";
import type { EventKey, EventSize, PopulationName } from "./populations.ts";

/** Where a benchmark runs: an index in Redis and events waiting in Kafka, under a prefix of its own. */
export interface Ground {
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly prefix: string;
  readonly schemaId: number;
  readonly events: BenchEvents;
  /** Mean bytes of an event's value. */
  readonly valueBytes: number;
  /** What a screener of this ground is told. */
  readonly environment: NodeJS.ProcessEnv;
}

export interface GroundOptions {
  readonly events: number;
  readonly designations: number;
  readonly population?: PopulationName;
  readonly size?: EventSize;
  readonly key?: EventKey;
  /** Where programs are found. */
  readonly path: string;
  readonly say: (line: string) => void;
}

const data = fileURLToPath(new URL("../../../../shared/data", import.meta.url));
const partitions = 6;
const recordsACall = 3000;

export async function layGround(stack: Stack, options: GroundOptions): Promise<Ground> {
  const prefix = `bench-${randomUUID().slice(0, 8)}.`;
  const kafka = createKafkaClient({ brokers: stack.kafkaBrokers.split(","), clientId: "cordon-bench" });
  const registry = createSchemaRegistry({ url: stack.registryUrl });
  const pools = namePools(`${data}/names/popular_names`);
  const index = await publish(stack.redisUrl, prefix, await designationsOf(options.designations, pools));
  options.say(`published an index of ${String(options.designations)} designations, ${String(index.names)} rows`);
  const events = benchEvents(index, pools, options);
  const subject = subjectOf(topics.payments);
  const schemaId = await registry.register(prefix + subject, schemaText(subject));
  const { events: count, key = "event", say } = options;
  const { bytes } = await fill({ kafka, prefix, schemaId, events, count, key, say });
  return {
    kafka,
    registry,
    prefix,
    schemaId,
    events,
    valueBytes: bytes / options.events,
    environment: {
      PATH: options.path,
      KAFKA_BROKERS: stack.kafkaBrokers,
      SCHEMA_REGISTRY_URL: stack.registryUrl,
      REDIS_URL: stack.redisUrl,
      REDIS_KEY_PREFIX: prefix,
      TOPIC_PREFIX: prefix,
      KAFKA_REPLICATION_FACTOR: "1",
      KAFKA_MIN_INSYNC_REPLICAS: "1",
    },
  };
}

/** Real entries of the lists first, then generated ones. */
export async function designationsOf(count: number, pools: NamePools): Promise<readonly Designation[]> {
  const listed: Designation[] = (await realLists(`${data}/lists`)).slice(0, count);
  for (const designation of generatedDesignations(pools, Number.MAX_SAFE_INTEGER)) {
    if (listed.length >= count) break;
    listed.push(designation);
  }
  return listed;
}

async function publish(
  redisUrl: string,
  keyPrefix: string,
  designations: readonly Designation[],
): Promise<ScreeningIndex> {
  const store = createRedisIndexStore({ url: redisUrl, keyPrefix });
  const snapshot = compileSnapshot(designations);
  const index = openSnapshot(snapshot);
  const source = { publishedAt: null, checkedAt: Date.now(), source: "bench", contentHash: "", etag: null };
  try {
    await store.publish({
      snapshot,
      engineVersion,
      expectedGeneration: 0,
      lists: index.lists.map((list) => ({ ...list, ...source, lastModified: null })),
      outbox: new Uint8Array(0),
    });
  } finally {
    await store.close();
  }
  return index;
}

interface Filling extends Pick<Ground, "kafka" | "prefix" | "schemaId" | "events"> {
  readonly count: number;
  readonly key: EventKey;
  readonly say: (line: string) => void;
}

async function fill(filling: Filling): Promise<{ readonly bytes: number }> {
  const { kafka, prefix, schemaId, events, count, say } = filling;
  const keyOf = (number: number): string => (filling.key === "event" ? events.idOf(number) : events.payerOf(number));
  const topic = `${prefix}${topics.payments}`;
  const admin = await kafka.admin();
  await admin.ensureTopics([{ topic, partitions, replicationFactor: 1, minInSyncReplicas: 1 }]);
  await admin.close();
  const encoder = createEncoder(subjectOf(topics.payments));
  const producer = await kafka.producer();
  let bytes = 0;
  const record = (number: number): OutRecord => {
    const value = encoder.encode(events.payment(number), schemaId);
    bytes += value.length;
    return { topic, key: Buffer.from(keyOf(number)), value };
  };
  try {
    for (let from = 0; from < count; from += recordsACall) {
      const size = Math.min(recordsACall, count - from);
      await producer.send(Array.from({ length: size }, (_, at) => record(from + at)));
      if (from % 150_000 === 0) say(`${String(from + size)} of ${String(count)} events written`);
    }
  } finally {
    await producer.close();
  }
  return { bytes };
}
