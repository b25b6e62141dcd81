import { CordonError } from "@cordon/errors";

import type { IndexManifest } from "./port.ts";
import type { RedisConnection } from "./redis-connection.ts";
import type { RedisKeys } from "./redis-keys.ts";
import { bytesGeneration } from "./retention.ts";
import { parseManifest } from "./stored-json.ts";

/** What every part of the store on Redis works with. */
export interface RedisStoreDeps {
  readonly connection: RedisConnection;
  readonly keys: RedisKeys;
  readonly options: {
    readonly chunkBytes: number;
    readonly versionsKept: number;
    readonly graceSeconds: number;
    readonly uploadTtlSeconds: number;
    readonly maxBytes: number;
    readonly now: () => number;
  };
}

/** Chunks read or written at a time: enough to keep the line busy, and few to hold in memory twice. */
export const inFlight = 4;

/** The keys under which the bytes of a version lie. */
export function chunksOf(keys: RedisKeys, manifest: IndexManifest): readonly string[] {
  return keys.chunks(bytesGeneration(manifest), manifest.chunks);
}

/** The live version. Throws INDEX_CORRUPT where the generation and the manifest beside it are not of one publication. */
export async function current({
  connection,
  keys,
}: Pick<RedisStoreDeps, "connection" | "keys">): Promise<IndexManifest | null> {
  const [manifest = null, generation = null] = await connection.run("reading the manifest", (redis) =>
    redis.hmget(keys.current, "manifest", "generation"),
  );
  if (manifest === null) return null;
  const parsed = parseManifest(manifest);
  if (generation !== String(parsed.generation))
    throw new CordonError("INDEX_CORRUPT", "the manifest in the index store is not of the generation beside it", {
      details: { generation: parsed.generation, beside: generation },
    });
  return parsed;
}
