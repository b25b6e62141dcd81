import { generateKeyPairSync } from "node:crypto";

import type { IndexManifest, ListState } from "@cordon/index-store";
import { expect, test } from "vitest";

import { redisKeys } from "../src/redis-keys.ts";
import { listStates, versions } from "../src/redis-vouching.ts";
import { sealedManifest, sealedState, trustOf } from "../src/trust.ts";

const { privateKey } = generateKeyPairSync("ed25519");
const trust = trustOf({ signingKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString() });

const versionOf = (generation: number): string => String(generation).repeat(64);

const manifestOf = (generation: number): IndexManifest =>
  sealedManifest(
    {
      version: versionOf(generation),
      generation,
      bytes: 10,
      chunks: 1,
      engineVersion: "e",
      createdAt: 1,
      lists: [{ list: "uk", entries: 3, publishedAt: null }],
    },
    trust,
  );

const stateOf = (generation: number): ListState =>
  sealedState(
    {
      list: "uk",
      entries: 3,
      publishedAt: null,
      checkedAt: generation,
      source: "s",
      contentHash: "h",
      etag: null,
      lastModified: null,
    },
    versionOf(generation),
    trust,
  );

interface Stored {
  readonly live: IndexManifest;
  readonly states: readonly ListState[];
  readonly kept?: Readonly<Record<number, readonly [IndexManifest, readonly ListState[]]>>;
}

/** A Redis in which each question finds the next of those, and the last one for ever. */
function finding(first: Stored, ...later: readonly Stored[]) {
  let asked = 0;
  const run = async (_doing: string, commands: (redis: unknown) => Promise<unknown>): Promise<unknown> => {
    const { live, states, kept = {} } = (asked === 0 ? first : later[Math.min(asked, later.length) - 1]) ?? first;
    asked += 1;
    const field = (at: 0 | 1) =>
      Object.fromEntries(Object.entries(kept).map(([generation, pair]) => [generation, JSON.stringify(pair[at])]));
    return commands({
      hget: () => JSON.stringify(live),
      hvals: () => states.map((state) => JSON.stringify(state)),
      hgetall: (key: string) => field(key === keys.versions ? 0 : 1),
    });
  };
  const keys = redisKeys("t:");
  return { deps: { connection: { run, closed: false, close: () => {} } as never, keys, trust }, asked: () => asked };
}

test("states that are read while a publication comes between are read again, and nobody is called a forger", async () => {
  const { deps, asked } = finding(
    { live: manifestOf(1), states: [stateOf(2)] },
    { live: manifestOf(2), states: [stateOf(2)] },
  );
  expect(await listStates(deps)).toMatchObject([{ checkedAt: 2 }]);
  expect(asked()).toBe(2);
  const other = finding({ live: manifestOf(1), states: [stateOf(2)] }, { live: manifestOf(2), states: [stateOf(2)] });
  expect(await versions(other.deps)).toMatchObject([{ manifest: { generation: 2 } }]);
});

test("states that stay another index's are refused", async () => {
  const { deps } = finding({ live: manifestOf(1), states: [stateOf(2)] });
  await expect(listStates(deps)).rejects.toMatchObject({ code: "INDEX_UNTRUSTED" });
});

test("a kept version whose states somebody wrote may not be brought back: that would sign them", async () => {
  const forged = { ...stateOf(1), checkedAt: 9_000 };
  const others = stateOf(2);
  const live = { live: manifestOf(4), states: [stateOf(4)] };
  const kept = {
    1: [manifestOf(1), [forged]],
    2: [manifestOf(2), [others]],
    3: [manifestOf(3), [others]],
  } as const;
  const all = await versions(finding({ ...live, kept }).deps);
  expect(all.map(({ manifest }) => manifest.generation)).toEqual([4, 2]);
});
