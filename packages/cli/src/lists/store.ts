import { CordonError } from "@cordon/errors";
import { createRedisIndexStore, findVersion, type IndexStore, type KeptVersion } from "@cordon/index-store";
import { openSnapshot, type ScreeningIndex } from "@cordon/matching";
import { readConfig, redisConfig } from "@cordon/service";

import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import type { Syncing } from "./syncing.ts";

/** What the commands on lists work on. */
export interface ListsPorts {
  /** Throws CONFIG_INVALID when the environment does not say where Redis is. */
  readonly openStore: () => IndexStore;
  /** Throws CONFIG_INVALID when the environment does not say where the lists, Kafka, the registry and Redis are. */
  readonly openSyncing: () => Syncing;
  readonly now: () => number;
}

export function storeFromEnvironment(env: Terminal["env"]): IndexStore {
  const { redis } = readConfig({ redis: redisConfig }, env);
  return createRedisIndexStore(redis);
}

/** A store for one piece of work, closed behind it. */
export async function withStore<T>({ openStore }: ListsPorts, work: (store: IndexStore) => Promise<T>): Promise<T> {
  const store = openStore();
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** The index of a version that is kept: its generation, the beginning of its hash, or `live`. */
export async function indexOf(
  store: IndexStore,
  wanted: string,
): Promise<{ readonly version: KeptVersion; readonly index: ScreeningIndex }> {
  const versions = await store.versions();
  if (versions.length === 0) throw new CordonError("INDEX_ABSENT", "nothing was ever published: start list-sync");
  const version = findVersion(versions, wanted);
  if (version === null)
    throw new UsageError(
      `"${wanted}" is no version that is kept; there are ${versions.map(({ manifest }) => String(manifest.generation)).join(", ")}`,
    );
  return { version, index: openSnapshot(await store.load(version.manifest)) };
}
