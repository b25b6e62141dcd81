import { CordonError } from "@cordon/errors";

import type { IndexManifest } from "./port.ts";
import type { RedisConnection } from "./redis-connection.ts";
import type { RedisKeys } from "./redis-keys.ts";
import { bytesGeneration } from "./retention.ts";
import { parseManifest } from "./stored-json.ts";
import { type Trust, trustedManifest } from "./trust.ts";

/** What every part of the store on Redis works with. */
export interface RedisStoreDeps {
  readonly connection: RedisConnection;
  readonly keys: RedisKeys;
  readonly trust: Trust;
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

type Reach = Pick<RedisStoreDeps, "connection" | "keys">;

/**
 * The live version. Throws INDEX_CORRUPT where the generation and the manifest beside it are not of one publication, and
 * INDEX_UNTRUSTED where keys are known and none of them signed it.
 */
export function current(deps: Reach & Pick<RedisStoreDeps, "trust">): Promise<IndexManifest | null> {
  return read(deps, (text) => trustedManifest(text, deps.trust));
}

/** Whatever is live: what a publisher puts its own in the place of. It says nothing about what is in an index. */
export function whateverIsLive(deps: Reach): Promise<IndexManifest | null> {
  return read(deps, parseManifest);
}

/** How often what takes several commands is read again when a publication came between them. */
export const rereads = 3;

/**
 * Two commands rather than one that takes both fields: the least that a reader's user must be allowed is HGET. A publication
 * may come between them, so they are read again where they differ.
 */
async function read(
  { connection, keys }: Reach,
  parse: (text: string) => IndexManifest,
): Promise<IndexManifest | null> {
  for (let left = rereads; ; left -= 1) {
    const [manifest, generation] = await connection.run("reading the manifest", (redis) =>
      Promise.all([redis.hget(keys.current, "manifest"), redis.hget(keys.current, "generation")]),
    );
    if (manifest === null) return null;
    const parsed = parse(manifest);
    if (generation === String(parsed.generation)) return parsed;
    if (left > 0) continue;
    throw new CordonError("INDEX_CORRUPT", "the manifest in the index store is not of the generation beside it", {
      details: { generation: parsed.generation, beside: generation },
    });
  }
}
