import { archiveOf, createRedisIndexStore } from "@cordon/index-store";
import { createKafkaClient } from "@cordon/kafka";
import { type ListSyncConfig, listSyncConfig, type ListSyncPorts, matchingEngine } from "@cordon/list-sync";
import { createSchemaRegistry, readConfig } from "@cordon/service";

import { thisProcess } from "../services.ts";
import type { Terminal } from "../terminal.ts";

/** What a sync by hand works on: as the service list-sync does, by its environment. */
export interface Syncing {
  readonly config: ListSyncConfig;
  readonly ports: ListSyncPorts;
  close(): Promise<void>;
}

export function syncingFromEnvironment(env: Terminal["env"]): Syncing {
  const config = readConfig(listSyncConfig, env);
  const { versionsKept } = config.sync;
  const store = createRedisIndexStore({ ...config.redis, signingKey: config.signingKey, versionsKept });
  return {
    config,
    ports: {
      kafka: createKafkaClient(config.kafka),
      registry: createSchemaRegistry(config.registry),
      store,
      archive: archiveOf(config.archive),
      engine: matchingEngine,
      clock: Date.now,
      by: thisProcess(),
    },
    close: () => store.close(),
  };
}
