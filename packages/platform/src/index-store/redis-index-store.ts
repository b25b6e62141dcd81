import { randomUUID } from "node:crypto";

import { CordonError } from "@cordon/errors";

import { silentLogger } from "../log/create-logger.ts";
import type { Logger } from "../log/logger.ts";
import type { IndexManifest, IndexStore, KeptVersion, PublishRequest, RollBackRequest } from "./port.ts";
import { publishScript, rollBackScript } from "./publish-script.ts";
import { connectRedis, type RedisAddress, type RedisConnection } from "./redis-connection.ts";
import { type RedisKeys, redisKeys } from "./redis-keys.ts";
import { bytesGeneration, retain } from "./retention.ts";
import { assembleSnapshot, manifestFor, manifestOfRollBack, notKept, superseded } from "./snapshot-bytes.ts";
import { parseListState, parseListStates, parseManifest } from "./stored-json.ts";
import { watchChanges } from "./watch-changes.ts";

export interface RedisIndexStoreOptions extends RedisAddress {
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

const longestStream = 1000;
/** Chunks read or written at a time: enough to keep the line busy, and few to hold in memory twice. */
const inFlight = 4;

interface Deps {
  readonly connection: RedisConnection;
  readonly keys: RedisKeys;
  readonly options: Required<
    Pick<
      RedisIndexStoreOptions,
      "chunkBytes" | "versionsKept" | "graceSeconds" | "uploadTtlSeconds" | "maxBytes" | "now"
    >
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
      versionsKept: options.versionsKept ?? 10,
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
    versions: () => versions(deps),
    rollBack: (request) => rollBack(request, deps),
    listStates: async () => {
      const states = await connection.run("reading the list states", (redis) => redis.hvals(keys.lists));
      return byName(states.map(parseListState));
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
  const names = chunksOf(keys, manifest);
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
  const live = await liveGeneration(deps);
  // The script decides; looking first only spares an upload that is refused anyway.
  if (live !== request.expectedGeneration) throw superseded(request.expectedGeneration, live);
  const uploads = keys.uploads(randomUUID(), manifest.chunks);
  try {
    await upload(request.snapshot, uploads, deps);
    await makeLive(request, manifest, { ...deps, uploads });
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
  deps: Deps & { readonly uploads: readonly string[] },
): Promise<void> {
  const { connection, keys, options, uploads } = deps;
  const { forgotten, expiring } = await retention(manifest, deps);
  const names = [...storeKeys(keys), ...uploads, ...chunksOf(keys, manifest), ...expiring];
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
      forgotten.length,
      ...forgotten,
      ...lists.flatMap((state) => [state.list, JSON.stringify(state)]),
    ),
  );
  const [verdict, number] = answer as Verdict;
  if (verdict === "STALE") throw superseded(expectedGeneration, number);
  if (verdict === "MISSING")
    throw new CordonError("REDIS_UNAVAILABLE", "chunks of the upload vanished before it was published", {
      details: { missing: number, chunks: manifest.chunks },
    });
}

type Verdict = ["OK" | "STALE" | "MISSING", number];

async function rollBack(
  { version: { manifest: kept, states }, expectedGeneration, outbox }: RollBackRequest,
  deps: Deps,
): Promise<IndexManifest> {
  const { connection, keys, options } = deps;
  const manifest = manifestOfRollBack(kept, { from: expectedGeneration, createdAt: options.now() });
  const { forgotten, expiring } = await retention(manifest, deps);
  const names = [...storeKeys(keys), ...chunksOf(keys, manifest), ...expiring];
  const answer = await connection.run("rolling back the index", (redis) =>
    redis.eval(
      rollBackScript,
      names.length,
      ...names,
      expectedGeneration,
      JSON.stringify(manifest),
      Buffer.from(outbox),
      manifest.chunks,
      options.graceSeconds,
      longestStream,
      manifest.version,
      forgotten.length,
      ...forgotten,
      kept.generation,
      ...states.flatMap((state) => [state.list, JSON.stringify(state)]),
    ),
  );
  const [verdict, number] = answer as Verdict;
  if (verdict === "STALE") throw superseded(expectedGeneration, number);
  if (verdict === "MISSING") throw notKept(kept);
  return manifest;
}

/** In the order in which the scripts take them. */
function storeKeys({ current, lists, outbox, changes, versions: kept, versionStates }: RedisKeys): readonly string[] {
  return [current, lists, outbox, changes, kept, versionStates];
}

function chunksOf(keys: RedisKeys, manifest: IndexManifest): readonly string[] {
  return keys.chunks(bytesGeneration(manifest), manifest.chunks);
}

async function liveGeneration({ connection, keys }: Deps): Promise<number> {
  const generation = await connection.run("reading the generation", (redis) => redis.hget(keys.current, "generation"));
  return Number(generation ?? "0");
}

/** What the script lets go of. It is fenced: should the versions change meanwhile, so did the live generation. */
async function retention(
  next: IndexManifest,
  { connection, keys, options: { versionsKept } }: Deps,
): Promise<{ readonly forgotten: readonly number[]; readonly expiring: readonly string[] }> {
  const [live, kept] = await connection.run("reading the kept versions", (redis) =>
    Promise.all([redis.hget(keys.current, "manifest"), redis.hgetall(keys.versions)]),
  );
  const readable = [...(live === null ? [] : [live]), ...Object.values(kept)].flatMap(manifestIn);
  const { forgotten, expiring } = retain(next, readable, { versionsKept });
  // An entry that nobody can read is of no use to anybody.
  const unreadable = Object.keys(kept)
    .map(Number)
    .filter((generation) => !readable.some((manifest) => manifest.generation === generation));
  return {
    forgotten: [...forgotten, ...unreadable],
    expiring: expiring.flatMap((manifest) => chunksOf(keys, manifest)),
  };
}

function manifestIn(text: string): readonly IndexManifest[] {
  try {
    return [parseManifest(text)];
  } catch {
    return [];
  }
}

async function versions({ connection, keys }: Deps): Promise<readonly KeptVersion[]> {
  const [live, states, manifests, kept] = await connection.run("reading the kept versions", (redis) =>
    Promise.all([
      redis.hget(keys.current, "manifest"),
      redis.hvals(keys.lists),
      redis.hgetall(keys.versions),
      redis.hgetall(keys.versionStates),
    ]),
  );
  if (live === null) return [];
  const first = { manifest: parseManifest(live), states: byName(states.map(parseListState)) };
  const replaced = Object.entries(manifests)
    .map(([generation, text]) => ({
      manifest: parseManifest(text),
      states: byName(parseListStates(kept[generation] ?? "[]")),
    }))
    .filter(({ manifest }) => manifest.generation < first.manifest.generation)
    .toSorted((a, b) => b.manifest.generation - a.manifest.generation);
  return [first, ...replaced];
}

function byName<T extends { readonly list: string }>(states: readonly T[]): readonly T[] {
  return states.toSorted((a, b) => (a.list < b.list ? -1 : 1));
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
