import { randomUUID } from "node:crypto";

import { CordonError } from "@cordon/errors";

import { lacksLists } from "./lists-lacking.ts";
import type { IndexManifest, ListState, PublishRequest, RollBackRequest } from "./port.ts";
import { publishScript, rollBackScript } from "./publish-script.ts";
import { publisherConflict } from "./publisher.ts";
import { chunksOf, current, inFlight, type RedisStoreDeps, whateverIsLive } from "./redis-deps.ts";
import type { RedisKeys } from "./redis-keys.ts";
import { retain } from "./retention.ts";
import { manifestFor, manifestOfRollBack, notKept, superseded } from "./snapshot-bytes.ts";
import { parseManifest, parsePublisher } from "./stored-json.ts";
import { isUntrusted, sealedManifest, sealedState } from "./trust.ts";

const longestStream = 1000;

/** See `IndexStore`. */
export async function publish(request: PublishRequest, deps: RedisStoreDeps): Promise<IndexManifest> {
  const { connection, keys, options, trust } = deps;
  const live = await whateverIsLive(deps);
  const { chunkBytes } = options;
  // Which lists were let go is believed of a manifest that somebody signed; the request says what the publisher knows.
  const believed = await current(deps).catch(nullIfUntrusted);
  const manifest = sealedManifest(
    manifestFor(request, { chunkBytes, createdAt: options.now(), live: believed }),
    trust,
  );
  if (manifest.bytes > options.maxBytes)
    throw new CordonError("OPTIONS_INVALID", "the index is larger than the store takes", {
      details: { bytes: manifest.bytes, maxBytes: options.maxBytes },
    });
  // The script decides; looking first only spares an upload that is refused anyway.
  const generation = live?.generation ?? 0;
  if (generation !== request.expectedGeneration) throw superseded(request.expectedGeneration, generation);
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

function nullIfUntrusted(error: unknown): null {
  if (isUntrusted(error)) return null;
  throw error;
}

async function upload(
  snapshot: Uint8Array,
  uploads: readonly string[],
  { connection, options: { chunkBytes, uploadTtlSeconds } }: RedisStoreDeps,
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
  { expectedGeneration, outbox, lists, publisher }: PublishRequest,
  manifest: IndexManifest,
  deps: RedisStoreDeps & { readonly uploads: readonly string[] },
): Promise<void> {
  const { connection, keys, uploads } = deps;
  const { forgotten, expiring } = await retention(manifest, deps);
  const names = [...storeKeys(keys), ...uploads, ...chunksOf(keys, manifest), ...expiring];
  const answer = await connection.run("publishing the index", (redis) =>
    redis.eval(
      publishScript,
      names.length,
      ...names,
      ...facts(manifest, { expectedGeneration, outbox, forgotten, deps }),
      publisher?.fingerprint ?? "",
      ...forgotten,
      ...sealedStates(lists, manifest, deps),
    ),
  );
  const verdict = answer as Verdict;
  if (verdict[0] === "CLAIMED") throw publisherConflict(publisher ?? null, parsePublisher(verdict[1]));
  refuse(verdict, expectedGeneration);
  if (verdict[0] === "MISSING")
    throw new CordonError("REDIS_UNAVAILABLE", "chunks of the upload vanished before it was published", {
      details: { missing: verdict[1], chunks: manifest.chunks },
    });
}

/** What both scripts take first, in their order. */
function facts(
  manifest: IndexManifest,
  {
    expectedGeneration,
    outbox,
    forgotten,
    deps: { options },
  }: Pick<PublishRequest, "expectedGeneration" | "outbox"> & {
    readonly forgotten: readonly number[];
    readonly deps: Pick<RedisStoreDeps, "options">;
  },
): readonly (string | number | Buffer)[] {
  return [
    expectedGeneration,
    JSON.stringify(manifest),
    Buffer.from(outbox),
    manifest.chunks,
    options.graceSeconds,
    longestStream,
    manifest.version,
    forgotten.length,
  ];
}

/** And last: name and state of each list, for that version. */
function sealedStates(
  states: readonly ListState[],
  { version }: IndexManifest,
  { trust }: Pick<RedisStoreDeps, "trust">,
): readonly string[] {
  return states.flatMap((state) => [state.list, JSON.stringify(sealedState(state, version, trust))]);
}

/** What the scripts answer. */
type Verdict = ["OK" | "STALE" | "MISSING", number] | ["LACKS" | "CLAIMED" | "FOREIGN", string];

/** Throws what both scripts refuse for. */
function refuse(verdict: Verdict, expectedGeneration: number): void {
  switch (verdict[0]) {
    case "STALE":
      throw superseded(expectedGeneration, verdict[1]);
    case "LACKS":
      throw lacksLists(verdict[1].split(","));
    case "FOREIGN":
      throw new CordonError(
        "INDEX_CORRUPT",
        `the key ${verdict[1]} is not what Cordon writes there; does another program use REDIS_KEY_PREFIX?`,
      );
    case "OK":
    case "MISSING":
    case "CLAIMED":
    default:
  }
}

/** See `IndexStore`. */
export async function rollBack(
  { version: { manifest: kept, states }, expectedGeneration, outbox, released }: RollBackRequest,
  deps: RedisStoreDeps,
): Promise<IndexManifest> {
  const { connection, keys, options } = deps;
  const createdAt = options.now();
  const manifest = sealedManifest(
    manifestOfRollBack(kept, { from: expectedGeneration, createdAt, live: await current(deps), released }),
    deps.trust,
  );
  const { forgotten, expiring } = await retention(manifest, deps);
  const names = [...storeKeys(keys), ...chunksOf(keys, manifest), ...expiring];
  const answer = await connection.run("rolling back the index", (redis) =>
    redis.eval(
      rollBackScript,
      names.length,
      ...names,
      ...facts(manifest, { expectedGeneration, outbox, forgotten, deps }),
      ...forgotten,
      kept.generation,
      ...sealedStates(states, manifest, deps),
    ),
  );
  const verdict = answer as Verdict;
  refuse(verdict, expectedGeneration);
  if (verdict[0] === "MISSING") throw notKept(kept);
  return manifest;
}

/** In the order in which the scripts take them. */
function storeKeys(keys: RedisKeys): readonly string[] {
  return [keys.current, keys.lists, keys.outbox, keys.changes, keys.versions, keys.versionStates, keys.publisher];
}

/** What the script lets go of. It is fenced: should the versions change meanwhile, so did the live generation. */
async function retention(
  next: IndexManifest,
  { connection, keys, options: { versionsKept } }: RedisStoreDeps,
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
