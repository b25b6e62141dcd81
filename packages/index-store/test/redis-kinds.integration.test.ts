import { createRedisIndexStore, type IndexStore, type RedisIndexStoreOptions } from "@cordon/index-store";
import { startClusterRedis, startMutualRedis, startSentinelRedis } from "@cordon/local-stack";
import { afterEach, describe, expect, test, vi } from "vitest";

import { publishRequest } from "./index-store.conformance.ts";

const options = { env: process.env, report: () => undefined };
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

function open(address: RedisIndexStoreOptions): IndexStore {
  const store = createRedisIndexStore({ commandTimeoutMs: 3_000, backstopMs: 1_000, ...address });
  closing.push(() => store.close());
  return store;
}

/** Publishes, reads back and hears of it: all that the services do with a store. */
async function isOfUse(store: IndexStore): Promise<void> {
  let news = 0;
  const watching = store.watch(() => {
    news += 1;
  });
  const manifest = await store.publish(publishRequest());
  expect(await store.current()).toEqual(manifest);
  expect((await store.load(manifest)).byteLength).toBe(manifest.bytes);
  expect(await store.isWhole(manifest)).toBe(true);
  expect(await store.listStates()).not.toEqual([]);
  await expect.poll(() => news, { timeout: 5_000 }).toBeGreaterThan(0);
  await watching.close();
}

describe("an index store on Redis behind Sentinels", () => {
  test("finds the primary, and the next one when it is gone", async () => {
    const redis = await startSentinelRedis(options);
    closing.push(() => redis.stop());
    const store = open({ url: "redis://the-host-does-not-count", sentinels: [redis.sentinel] });
    await isOfUse(store);
    const before = await store.current();
    await redis.failOver();
    await expect.poll(() => store.current().catch(() => null), { timeout: 20_000 }).toEqual(before);
    const next = await store.publish({ ...publishRequest(), expectedGeneration: before?.generation ?? 0 });
    expect(next.generation).toBe((before?.generation ?? 0) + 1);
  }, 90_000);

  test("whose address is given as Redis's own says so", async () => {
    const redis = await startSentinelRedis(options);
    closing.push(() => redis.stop());
    await expect(open({ url: `redis://${redis.sentinel}` }).current()).rejects.toThrow("REDIS_SENTINELS");
  }, 60_000);
});

describe("an index store on a Redis Cluster", () => {
  test("is of use from whichever node it begins, and says so where it was not told", async () => {
    const redis = await startClusterRedis(options);
    closing.push(() => redis.stop());
    for (const [at, url] of redis.nodes.entries())
      await isOfUse(open({ url, cluster: true, keyPrefix: `node-${String(at)}:` }));
    const told = await Promise.all(
      redis.nodes.map((url) =>
        open({ url })
          .current()
          .then(
            () => "",
            (error: unknown) => (error as Error).message,
          ),
      ),
    );
    // The node that has the slot answers; the two others send on.
    expect(told.filter((message) => message.includes("REDIS_CLUSTER=true"))).toHaveLength(2);
  }, 90_000);
});

describe("an index store on a Redis that wants certificates", () => {
  test("shows its own, also one that took the place of another", async () => {
    const redis = await startMutualRedis(options);
    closing.push(() => redis.stop());
    const { url, username, password, ca, client } = redis;
    const without = open({ url, username, password, ca });
    // A connection that is reset may take the server's reason with it: a further try has it.
    await vi.waitFor(async () => {
      await expect(without.current()).rejects.toMatchObject({
        code: "TLS_FAILED",
        message: expect.stringContaining("client certificate") as string,
      });
    }, 20_000);
    await isOfUse(open({ url, username, password, ca, ...client }));
    let key = client.key;
    const follows = open({
      url,
      username,
      password,
      ca,
      ...client,
      secrets: () => ({ username, password, ca, cert: client.cert, key }),
    });
    key = client.key;
    expect(await follows.current()).not.toBeNull();
  }, 60_000);
});
