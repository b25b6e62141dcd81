import { Agent } from "node:https";

import { createRedisIndexStore, type IndexManifest, type IndexStore } from "@cordon/index-store";
import { createKafkaClient, kafkajsAccess, type KafkaClient } from "@cordon/kafka";
import { openSnapshot } from "@cordon/matching";
import { connectProcessor } from "@cordon/processor";
import {
  createSchemaRegistry,
  kafkaConfig,
  readConfig,
  redisConfig,
  registryConfig,
  type SchemaRegistry,
} from "@cordon/service";
import { type PlantedNames, plantedNames, type Processor } from "@cordon/simulator";

/** Our own connections to the pipeline, made as any client of it makes them. */
export interface Clients {
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly store: IndexStore;
}

export function connect(environment: NodeJS.ProcessEnv): Clients {
  const { kafka, registry, redis } = readConfig(
    { kafka: kafkaConfig, registry: registryConfig, redis: redisConfig },
    environment,
  );
  return {
    kafka: createKafkaClient({ ...kafka, clientId: `${kafka.clientId}-start` }),
    registry: createSchemaRegistry(registry),
    store: createRedisIndexStore(redis),
  };
}

/** A processor that sends events to the pipeline. What it needs is there once the pipeline is ready. */
export async function connectSender(environment: NodeJS.ProcessEnv): Promise<Processor> {
  const { kafka, registry } = readConfig({ kafka: kafkaConfig, registry: registryConfig }, environment);
  const { url, auth, ca, cert, key } = registry;
  const tls = { ...(ca === null ? {} : { ca }), ...(cert === null ? {} : { cert }), ...(key === null ? {} : { key }) };
  return connectProcessor({
    kafka: kafkajsAccess({ ...kafka, clientId: `${kafka.clientId}-processor` }),
    registry: {
      host: url,
      ...(auth === null ? {} : { auth }),
      ...(url.startsWith("https:") ? { agent: new Agent(tls) } : {}),
    },
    topicPrefix: environment["TOPIC_PREFIX"] ?? "",
  });
}

/** The index that is live now; the pipeline is ready, so there is one. */
export async function liveManifest(store: IndexStore): Promise<IndexManifest> {
  const manifest = await store.current();
  if (manifest === null) throw new Error("the index store has no index although the screener is ready");
  return manifest;
}

/** The listed names that traffic may plant, from the index that is live now. */
export async function liveNames(store: IndexStore): Promise<PlantedNames> {
  const snapshot = openSnapshot(await store.load(await liveManifest(store)));
  return plantedNames(snapshot.designations());
}
