import { randomUUID } from "node:crypto";

import { CordonError } from "@cordon/errors";

import { silentLogger } from "../log/create-logger.ts";
import type { Logger } from "../log/logger.ts";
import type { IndexManifest, IndexStore, PublishRequest } from "./port.ts";
import { publishScript } from "./publish-script.ts";
import { connectRedis, type RedisAddress, type RedisConnection } from "./redis-connection.ts";
import { type RedisKeys, redisKeys } from "./redis-keys.ts";
import { assembleSnapshot, manifestFor, superseded } from "./snapshot-bytes.ts";
import { parseListState, parseManifest } from "./stored-json.ts";
import { watchChanges } from "./watch-changes.ts";

export interface RedisIndexStoreOptions extends RedisAddress {
  /** Put before every key. */
  readonly keyPrefix?: string;
  readonly logger?: Logger;
  /** Longest wait for a connection, and then again for each answer, milliseconds. */
  readonly commandTimeoutMs?: number;
  /** Bytes in a chunk; a larger one holds up Redis's other clients for longer. */
  readonly chunkBytes?: number;
  /** How long a replaced version can still be loaded: longer than the slowest reader takes. */
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

const longestStream = 1000;
/** Chunks read or written at a time: enough to keep the line busy, and few to hold in memory twice. */
const inFlight = 4;

interface Deps {
  readonly connection: RedisConnection;
  readonly keys: RedisKeys;
  readonly options: Required<
    Pick<RedisIndexStoreOptions, "chunkBytes" | "graceSeconds" | "uploadTtlSeconds" | "maxBytes" | "now">
  >;
}

/**
 * The index store on Redis 6.2 or later. A version is uploaded in chunks that expire by themselves, and one script
 * makes them the live version (see `publish-script.ts`). Redis must run with `maxmemory-policy noeviction`.
 * A publish that rejects with REDIS_UNAVAILABLE may have been carried out: `current` tells.
 */
export function createRedisIndexStore(options: RedisIndexStoreOptions): IndexStore {
  const { keyPrefix = "cordon:", logger = silentLogger, commandTimeoutMs = 5000, backstopMs = 10_000 } = options;
  const connection = connectRedis(options, { commandTimeoutMs, logger });
  const keys = redisKeys(keyPrefix);
  const deps: Deps = {
    connection,
    keys,
    options: {
      chunkBytes: options.chunkBytes ?? 1024 * 1024,
      graceSeconds: options.graceSeconds ?? 600,
      uploadTtlSeconds: options.uploadTtlSeconds ?? 3600,
      maxBytes: options.maxBytes ?? 1024 * 1024 * 1024,
      now: options.now ?? Date.now,
    },
  };
  const watches = new Set<{ close(): Promise<void> }>();
  return {
    current: async () => {
      const manifest = await connection.run("reading the manifest", (redis) => redis.hget(keys.current, "manifest"));
      return manifest === null ? null : parseManifest(manifest);
    },
    load: (manifest) => loadSnapshot(manifest, deps),
    publish: (request) => publish(request, deps),
    listStates: async () => {
      const states = await connection.run("reading the list states", (redis) => redis.hvals(keys.lists));
      return states.map(parseListState).toSorted((a, b) => (a.list < b.list ? -1 : 1));
    },
    saveListStates: async (states) => {
      if (states.length === 0) return;
      const fields = states.flatMap((state) => [state.list, JSON.stringify(state)]);
      await connection.run("writing the list states", (redis) => redis.hset(keys.lists, ...fields));
    },
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

async function loadSnapshot(manifest: IndexManifest, { connection, keys, options }: Deps): Promise<Uint8Array> {
  if (manifest.bytes > options.maxBytes || manifest.chunks > manifest.bytes)
    throw new CordonError("INDEX_CORRUPT", "the manifest names an index larger than any that is published", {
      details: { bytes: manifest.bytes, chunks: manifest.chunks, maxBytes: options.maxBytes },
    });
  const names = keys.chunks(manifest.generation, manifest.chunks);
  const chunks: (Buffer | null)[] = [];
  let bytes = 0;
  for (let start = 0; start < names.length && bytes <= manifest.bytes; start += inFlight) {
    const batch = await connection.run("reading the index", (redis) =>
      Promise.all(names.slice(start, start + inFlight).map((name) => redis.getBuffer(name))),
    );
    chunks.push(...batch);
    bytes += batch.reduce((sum, chunk) => sum + (chunk?.byteLength ?? 0), 0);
  }
  return assembleSnapshot(manifest, chunks);
}

async function publish(request: PublishRequest, deps: Deps): Promise<IndexManifest> {
  const { connection, keys, options } = deps;
  const manifest = manifestFor(request, { chunkBytes: options.chunkBytes, createdAt: options.now() });
  if (manifest.bytes > options.maxBytes)
    throw new CordonError("OPTIONS_INVALID", "the index is larger than the store takes", {
      details: { bytes: manifest.bytes, maxBytes: options.maxBytes },
    });
  const [generation, chunks] = await connection.run("reading the generation", (redis) =>
    redis.hmget(keys.current, "generation", "chunks"),
  );
  const live = Number(generation ?? "0");
  // The script decides; looking first only spares an upload that is refused anyway.
  if (live !== request.expectedGeneration) throw superseded(request.expectedGeneration, live);
  const uploads = keys.uploads(randomUUID(), manifest.chunks);
  try {
    await upload(request.snapshot, uploads, deps);
    await makeLive(request, manifest, { ...deps, uploads, replaced: keys.chunks(live, Number(chunks ?? "0")) });
  } catch (error) {
    // What stays behind expires by itself; this only gives the memory back sooner.
    if (!connection.closed) await connection.run("tidying up", (redis) => redis.unlink(...uploads)).catch(() => {});
    throw error;
  }
  return manifest;
}

async function upload(
  snapshot: Uint8Array,
  uploads: readonly string[],
  { connection, options: { chunkBytes, uploadTtlSeconds } }: Deps,
): Promise<void> {
  const whole = Buffer.from(snapshot.buffer, snapshot.byteOffset, snapshot.byteLength);
  for (let start = 0; start < uploads.length; start += inFlight)
    await connection.run("writing the index", (redis) =>
      Promise.all(
        uploads.slice(start, start + inFlight).map((name, index) => {
          const offset = (start + index) * chunkBytes;
          return redis.set(name, whole.subarray(offset, offset + chunkBytes), "EX", uploadTtlSeconds);
        }),
      ),
    );
}

async function makeLive(
  { expectedGeneration, outbox, lists }: PublishRequest,
  manifest: IndexManifest,
  deps: Deps & { readonly uploads: readonly string[]; readonly replaced: readonly string[] },
): Promise<void> {
  const { connection, keys, options, uploads, replaced } = deps;
  const names = [
    keys.current,
    keys.lists,
    keys.outbox,
    keys.changes,
    ...uploads,
    ...keys.chunks(manifest.generation, manifest.chunks),
    ...replaced,
  ];
  const answer = await connection.run("publishing the index", (redis) =>
    redis.eval(
      publishScript,
      names.length,
      ...names,
      expectedGeneration,
      JSON.stringify(manifest),
      Buffer.from(outbox),
      manifest.chunks,
      options.graceSeconds,
      longestStream,
      manifest.version,
      ...lists.flatMap((state) => [state.list, JSON.stringify(state)]),
    ),
  );
  const [verdict, number] = answer as ["OK" | "STALE" | "MISSING", number];
  if (verdict === "STALE") throw superseded(expectedGeneration, number);
  if (verdict === "MISSING")
    throw new CordonError("REDIS_UNAVAILABLE", "chunks of the upload vanished before it was published", {
      details: { missing: number, chunks: manifest.chunks },
    });
}

async function pendingOutboxes({
  connection,
  keys,
}: Deps): Promise<readonly { readonly generation: number; readonly outbox: Uint8Array }[]> {
  const fields = await connection.run("reading the outboxes", (redis) => redis.hgetallBuffer(keys.outbox));
  return Object.entries(fields)
    .map(([generation, outbox]) => ({ generation: Number(generation), outbox: new Uint8Array(outbox) }))
    .toSorted((a, b) => a.generation - b.generation);
}
