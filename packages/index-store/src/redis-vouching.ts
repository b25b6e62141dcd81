import { CordonError } from "@cordon/errors";

import type { KeptVersion, ListState } from "./port.ts";
import { type RedisStoreDeps, rereads } from "./redis-deps.ts";
import { isUntrusted, type Trust, trustedManifest, trustedState, trustedStates } from "./trust.ts";

type Reach = Pick<RedisStoreDeps, "connection" | "keys" | "trust">;

/** See `IndexStore`. */
export function listStates({ connection, keys, trust }: Reach): Promise<readonly ListState[]> {
  return unlessBetween(async () => {
    const [live, states] = await connection.run("reading the list states", (redis) =>
      Promise.all([trust.verifier === null ? null : redis.hget(keys.current, "manifest"), redis.hvals(keys.lists)]),
    );
    const version = live === null ? null : trustedManifest(live, trust).version;
    return byName(states.map((text) => trustedState(text, version, trust)));
  });
}

/** See `IndexStore`. */
export function versions({ connection, keys, trust }: Reach): Promise<readonly KeptVersion[]> {
  return unlessBetween(async () => {
    const [live, states, manifests, kept] = await connection.run("reading the kept versions", (redis) =>
      Promise.all([
        redis.hget(keys.current, "manifest"),
        redis.hvals(keys.lists),
        redis.hgetall(keys.versions),
        redis.hgetall(keys.versionStates),
      ]),
    );
    if (live === null) return [];
    const manifest = trustedManifest(live, trust);
    const first = { manifest, states: byName(states.map((text) => trustedState(text, manifest.version, trust))) };
    const replaced = Object.entries(manifests)
      .flatMap(([generation, text]) => keptVersion(text, kept[generation] ?? "[]", trust))
      .filter((one) => one.manifest.generation < manifest.generation)
      .toSorted((a, b) => b.manifest.generation - a.manifest.generation);
    return [first, ...replaced];
  });
}

/** Where keys are known, what none of them signed is no version that may be brought back. */
function keptVersion(manifestText: string, statesText: string, trust: Trust): readonly KeptVersion[] {
  try {
    const manifest = trustedManifest(manifestText, trust);
    return [{ manifest, states: byName(trustedStates(statesText, manifest.version, trust)) }];
  } catch (error) {
    if (error instanceof CordonError && trust.verifier !== null) return [];
    throw error;
  }
}

/** A publication between two commands makes states look like another index's: somebody would be woken for a forger. */
async function unlessBetween<T>(read: () => Promise<T>): Promise<T> {
  for (let left = rereads; ; left -= 1) {
    try {
      return await read();
    } catch (error) {
      if (left === 0 || !isUntrusted(error)) throw error;
    }
  }
}

export function byName<T extends { readonly list: string }>(states: readonly T[]): readonly T[] {
  return states.toSorted((a, b) => (a.list < b.list ? -1 : 1));
}
