import { CordonError } from "@cordon/errors";
import { silentLogger } from "@cordon/service";
import type { Logger } from "@cordon/service";

import type { IndexManifest, IndexStore, ListState, Publisher } from "./port.ts";
import { claimScript, saveStatesScript, unclaimScript } from "./publish-script.ts";
import type { RedisAddress, RedisSecrets } from "./redis-address.ts";
import { connectRedis } from "./redis-connection.ts";
import { chunksOf, current, inFlight, type RedisStoreDeps, whateverIsLive } from "./redis-deps.ts";
import { redisKeys } from "./redis-keys.ts";
import { publish, rollBack } from "./redis-publishing.ts";
import { byName, listStates, versions } from "./redis-vouching.ts";
import { assembleSnapshot, superseded } from "./snapshot-bytes.ts";
import { parseListFaults, parsePublisher } from "./stored-json.ts";
import { surveyRedis } from "./survey.ts";
import { liveTrust, sealedState, type TrustOptions } from "./trust.ts";
import { watchChanges } from "./watch-changes.ts";

export interface RedisIndexStoreOptions extends Omit<RedisAddress, "secrets">, TrustOptions {
  /** Login, certificates and keys as they are now, where they follow their files. Default: as they were at the start. */
  readonly secrets?: () => RedisSecrets & TrustOptions;
  /** Put before every key. */
  readonly keyPrefix?: string;
  readonly logger?: Logger;
  /** Longest wait for a connection, and then again for each answer, milliseconds. */
  readonly commandTimeoutMs?: number;
  /** Bytes in a chunk; a larger one holds up Redis's other clients for longer. */
  readonly chunkBytes?: number;
  /** How many versions can be loaded and brought back, the live one among them. */
  readonly versionsKept?: number;
  /** How long a version that is kept no longer can still be loaded: longer than the slowest reader takes. */
  readonly graceSeconds?: number;
  /** How long a publisher that died may leave its chunks behind. */
  readonly uploadTtlSeconds?: number;
  /** The largest index that is loaded or published. */
  readonly maxBytes?: number;
  /** How often `watch` calls back without news, milliseconds. */
  readonly backstopMs?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/**
 * The index store on Redis 6.2 or later. A version is uploaded in chunks that expire by themselves, and one script
 * makes them the live version (see `publish-script.ts`). Redis must run with `maxmemory-policy noeviction`.
 * A publish that rejects with REDIS_UNAVAILABLE may have been carried out: `current` tells.
 */
export function createRedisIndexStore(options: RedisIndexStoreOptions): IndexStore {
  const { keyPrefix = "cordon:", logger = silentLogger, commandTimeoutMs = 5000, backstopMs = 10_000 } = options;
  const trust = liveTrust(options, options.secrets ?? (() => options));
  logger.info(
    trust.verifier === null
      ? "the index is not signed: whoever may write to Redis can change it"
      : "only a signed index is taken",
    { keys: trust.verifier?.keyIds ?? [] },
  );
  const connection = connectRedis(options, { commandTimeoutMs, logger });
  const keys = redisKeys(keyPrefix);
  const deps: RedisStoreDeps = {
    connection,
    keys,
    trust,
    options: {
      chunkBytes: options.chunkBytes ?? 1024 * 1024,
      versionsKept: options.versionsKept ?? 10,
      graceSeconds: options.graceSeconds ?? 600,
      uploadTtlSeconds: options.uploadTtlSeconds ?? 3600,
      maxBytes: options.maxBytes ?? 1024 * 1024 * 1024,
      now: options.now ?? Date.now,
    },
  };
  const watches = new Set<{ close(): Promise<void> }>();
  return {
    current: () => current(deps),
    liveGeneration: async () => (await whateverIsLive(deps))?.generation ?? 0,
    load: (manifest) => loadSnapshot(manifest, deps),
    publish: (request) => publish(request, deps),
    versions: () => versions(deps),
    rollBack: (request) => rollBack(request, deps),
    listStates: () => listStates(deps),
    saveListStates: (states, generation = 0) => saveListStates(states, { ...deps, generation }),
    isWhole: (manifest) => isWhole(manifest, deps),
    claim: (publisher, ttlMs) => claim(publisher, { ...deps, ttlMs }),
    unclaim: async (publisher) => {
      await connection.run("giving the index up", (redis) =>
        redis.eval(unclaimScript, 1, keys.publisher, JSON.stringify(publisher)),
      );
    },
    claimedBy: async () => {
      const text = await connection.run("reading who keeps the index", (redis) => redis.get(keys.publisher));
      return text === null ? null : parsePublisher(text);
    },
    listFaults: async () => {
      const text = await connection.run("reading why lists failed", (redis) => redis.get(keys.faults));
      return text === null ? [] : byName(parseListFaults(text));
    },
    saveListFaults: async (faults) => {
      await connection.run("writing why lists failed", (redis) => redis.set(keys.faults, JSON.stringify(faults)));
    },
    survey: () => connection.run("asking how it is set up", surveyRedis),
    pendingOutboxes: () => pendingOutboxes(deps),
    outboxDone: async (generation) => {
      await connection.run("deleting an outbox", (redis) => redis.hdel(keys.outbox, String(generation)));
    },
    watch: (onChange) => {
      const watching = watchChanges(
        { address: options, stream: keys.changes, backstopMs, commandTimeoutMs, logger },
        onChange,
      );
      watches.add(watching);
      return {
        close: async () => {
          watches.delete(watching);
          await watching.close();
        },
      };
    },
    close: async () => {
      connection.close();
      await Promise.all([...watches].map((watching) => watching.close()));
    },
  };
}

async function saveListStates(
  states: readonly ListState[],
  { connection, keys, trust, generation }: RedisStoreDeps & { readonly generation: number },
): Promise<void> {
  if (states.length === 0) return;
  const vouched = trust.signer === null ? null : await current({ connection, keys, trust });
  if (vouched !== null && generation !== 0 && vouched.generation !== generation)
    throw superseded(generation, vouched.generation);
  const fields = states.flatMap((state) => [
    state.list,
    JSON.stringify(vouched === null ? state : sealedState(state, vouched.version, trust)),
  ]);
  const live = await connection.run("writing the list states", (redis) =>
    redis.eval(saveStatesScript, 2, keys.current, keys.lists, generation, ...fields),
  );
  if (generation !== 0 && live !== generation) throw superseded(generation, Number(live));
}

async function isWhole(manifest: IndexManifest, deps: RedisStoreDeps): Promise<boolean> {
  try {
    return await hasEveryByte(manifest, deps);
  } catch (error) {
    // A part of another kind is no part.
    if (error instanceof CordonError && error.code === "INDEX_CORRUPT") return false;
    throw error;
  }
}

async function hasEveryByte(manifest: IndexManifest, { connection, keys }: RedisStoreDeps): Promise<boolean> {
  const names = chunksOf(keys, manifest);
  const doing = "looking whether the index is whole";
  const lengths = await connection
    .run(doing, (redis) => Promise.all(names.map((name) => redis.strlen(name))))
    .catch((error: unknown) => {
      if (error instanceof CordonError && error.code === "REDIS_REFUSED") return null;
      throw error;
    });
  // A user that may not ask how long they are may ask whether they are there: that is what mostly goes wrong.
  if (lengths === null) return (await connection.run(doing, (redis) => redis.exists(...names))) === names.length;
  return lengths.every((length) => length > 0) && lengths.reduce((sum, length) => sum + length, 0) === manifest.bytes;
}

async function claim(
  publisher: Publisher,
  { connection, keys, ttlMs }: RedisStoreDeps & { readonly ttlMs: number },
): Promise<Publisher | null> {
  const holder = await connection.run("saying who keeps the index", (redis) =>
    redis.eval(claimScript, 1, keys.publisher, JSON.stringify(publisher), publisher.fingerprint, ttlMs),
  );
  return typeof holder === "string" ? parsePublisher(holder) : null;
}

async function loadSnapshot(
  manifest: IndexManifest,
  { connection, keys, options }: RedisStoreDeps,
): Promise<Uint8Array> {
  if (manifest.bytes > options.maxBytes || manifest.chunks > manifest.bytes)
    throw new CordonError("INDEX_CORRUPT", "the manifest names an index larger than any that is published", {
      details: { bytes: manifest.bytes, chunks: manifest.chunks, maxBytes: options.maxBytes },
    });
  const names = chunksOf(keys, manifest);
  const assembly = assembleSnapshot(manifest);
  let bytes = 0;
  for (let start = 0; start < names.length && bytes <= manifest.bytes; start += inFlight) {
    const batch = await connection.run("reading the index", (redis) =>
      Promise.all(names.slice(start, start + inFlight).map((name) => redis.getBuffer(name))),
    );
    for (const chunk of batch) assembly.add(chunk);
    bytes += batch.reduce((sum, chunk) => sum + (chunk?.byteLength ?? 0), 0);
  }
  return assembly.bytes();
}

async function pendingOutboxes({
  connection,
  keys,
}: RedisStoreDeps): Promise<readonly { readonly generation: number; readonly outbox: Uint8Array }[]> {
  const fields = await connection.run("reading the outboxes", (redis) => redis.hgetallBuffer(keys.outbox));
  return Object.entries(fields)
    .map(([generation, outbox]) => ({ generation: Number(generation), outbox: new Uint8Array(outbox) }))
    .toSorted((a, b) => a.generation - b.generation);
}
