import { randomUUID } from "node:crypto";

import { createRedisIndexStore, type IndexStore, type RedisIndexStoreOptions } from "@cordon/index-store";
import { type Logger, silentLogger } from "@cordon/service";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from "vitest";

import { indexStoreConformance, publishRequest, someBytes } from "./index-store.conformance.ts";

const { redisUrl: url } = inject("stack");
const chunkBytes = 1000;

/** A look from outside, and one place to close everything. */
interface Bench {
  readonly redis: Redis;
  readonly keyPrefix: string;
  open(options?: Partial<RedisIndexStoreOptions>): IndexStore;
  dispose(): Promise<void>;
}

function openBench(): Bench {
  const keyPrefix = `test-${randomUUID()}:`;
  const redis = new Redis(url);
  redis.on("error", () => {});
  const stores: IndexStore[] = [];
  return {
    redis,
    keyPrefix,
    open: (options = {}) => {
      const store = createRedisIndexStore({ url, keyPrefix, chunkBytes, commandTimeoutMs: 2000, ...options });
      stores.push(store);
      return store;
    },
    dispose: async () => {
      await Promise.all(stores.map((store) => store.close()));
      const keys = await redis.keys(`${keyPrefix}*`);
      if (keys.length > 0) await redis.unlink(...keys);
      redis.disconnect();
    },
  };
}

indexStoreConformance("on Redis", () => {
  const bench = openBench();
  return {
    open: (options) => bench.open({ backstopMs: 300, ...options }),
    damage: async ({ generation }, how) => {
      const chunk = `${bench.keyPrefix}{idx}:g${String(generation)}:c3`;
      await (how === "delete" ? bench.redis.del(chunk) : bench.redis.setrange(chunk, 500, "damage"));
    },
    dispose: () => bench.dispose(),
  };
});

describe("the index store on Redis", () => {
  let bench: Bench;

  beforeEach(() => {
    bench = openBench();
  });

  afterEach(async () => {
    await bench.dispose();
  });

  const chunkKey = (generation: number, chunk: number): string =>
    `${bench.keyPrefix}{idx}:g${String(generation)}:c${String(chunk)}`;
  const uploads = (): Promise<string[]> => bench.redis.keys(`${bench.keyPrefix}{idx}:up:*`);

  test("lets chunks that are kept no longer expire after the grace, live ones never", async () => {
    const store = bench.open({ graceSeconds: 77, versionsKept: 1 });
    await store.publish(publishRequest());
    await store.publish(publishRequest({ expectedGeneration: 1 }));
    for (let chunk = 0; chunk < 10; chunk += 1) {
      expect(await bench.redis.ttl(chunkKey(1, chunk))).toBeGreaterThan(70);
      expect(await bench.redis.ttl(chunkKey(1, chunk))).toBeLessThanOrEqual(77);
      expect(await bench.redis.ttl(chunkKey(2, chunk))).toBe(-1);
    }
    expect(await bench.redis.ttl(`${bench.keyPrefix}{idx}:current`)).toBe(-1);
  });

  test("says that a version is gone after its grace", async () => {
    const store = bench.open({ graceSeconds: 1, versionsKept: 1 });
    const first = await store.publish(publishRequest());
    await store.publish(publishRequest({ expectedGeneration: 1 }));
    await vi.waitFor(() => expect(store.load(first)).rejects.toMatchObject({ code: "INDEX_CORRUPT" }), 4000);
  });

  test("leaves only chunks that expire by themselves when a publisher dies", async () => {
    const dying = bench.open({ uploadTtlSeconds: 55 });
    await dying.current();
    const attempt = dying.publish(publishRequest({ snapshot: someBytes(2_000_000) }));
    const refusal = attempt.catch((error: unknown) => error);
    await vi.waitFor(async () => {
      expect((await uploads()).length).toBeGreaterThan(0);
    });
    await dying.close();
    expect(await refusal).toMatchObject({ code: "REDIS_UNAVAILABLE" });
    for (const key of await uploads()) {
      const ttl = await bench.redis.ttl(key);
      expect(ttl).toBeGreaterThan(0);
      expect(ttl).toBeLessThanOrEqual(55);
    }
    expect(await bench.open().current()).toBeNull();
  });

  test("a refused publisher gives its memory back and does not touch the winner's chunks", async () => {
    const winner = bench.open();
    const loser = bench.open();
    const results = await Promise.allSettled([winner.publish(publishRequest()), loser.publish(publishRequest())]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await uploads()).toEqual([]);
    for (let chunk = 0; chunk < 10; chunk += 1) expect(await bench.redis.ttl(chunkKey(1, chunk))).toBe(-1);
  });

  test("does not publish when a chunk of the upload has vanished", async () => {
    const store = bench.open();
    await store.current();
    const attempt = store.publish(publishRequest({ snapshot: someBytes(3_000_000) }));
    const refusal = attempt.catch((error: unknown) => error);
    await vi.waitFor(async () => {
      const [first] = (await uploads()).filter((key) => key.endsWith(":c0"));
      expect(first).toBeDefined();
      expect(await bench.redis.del(first ?? "")).toBe(1);
    });
    expect(await refusal).toMatchObject({ code: "REDIS_UNAVAILABLE", details: { missing: 1 } });
    expect(await store.current()).toBeNull();
    expect(await store.pendingOutboxes()).toEqual([]);
  });

  test("keeps the chunks of a version as long as one that is kept points to them", async () => {
    const store = bench.open({ graceSeconds: 77, versionsKept: 2 });
    await store.publish(publishRequest());
    await store.publish(publishRequest({ expectedGeneration: 1 }));
    const [, first] = await store.versions();
    if (first === undefined) throw new Error("the first version was not kept");
    await store.rollBack({ version: first, expectedGeneration: 2, outbox: new Uint8Array() });
    expect(await bench.redis.ttl(chunkKey(1, 0))).toBe(-1);
    await store.publish(publishRequest({ expectedGeneration: 3 }));
    expect(await bench.redis.ttl(chunkKey(1, 0))).toBe(-1);
    expect(await bench.redis.ttl(chunkKey(2, 0))).toBeGreaterThan(0);
    await store.publish(publishRequest({ expectedGeneration: 4 }));
    expect(await bench.redis.ttl(chunkKey(1, 0))).toBeGreaterThan(0);
  });

  test("does not roll back to a version whose chunks were lost", async () => {
    const store = bench.open();
    await store.publish(publishRequest());
    const live = await store.publish(publishRequest({ expectedGeneration: 1 }));
    const [, first] = await store.versions();
    if (first === undefined) throw new Error("the first version was not kept");
    await bench.redis.del(chunkKey(1, 3));
    const request = { version: first, expectedGeneration: 2, outbox: new Uint8Array() };
    await expect(store.rollBack(request)).rejects.toMatchObject({ code: "INDEX_CORRUPT" });
    expect(await store.current()).toEqual(live);
  });

  test("goes on publishing beside a kept version that cannot be read, and lets go of it", async () => {
    const store = bench.open();
    await store.publish(publishRequest());
    await bench.redis.hset(`${bench.keyPrefix}{idx}:versions`, "9", "junk");
    await store.publish(publishRequest({ expectedGeneration: 1 }));
    expect((await store.versions()).map(({ manifest }) => manifest.generation)).toEqual([2, 1]);
  });

  test("keeps every key in one slot of a cluster", async () => {
    const store = bench.open();
    await store.publish(publishRequest());
    await store.publish(publishRequest({ expectedGeneration: 1 }));
    const keys = await bench.redis.keys(`${bench.keyPrefix}*`);
    expect(keys.length).toBe(26);
    expect(keys.every((key) => key.startsWith(`${bench.keyPrefix}{idx}:`))).toBe(true);
  });

  test("says INDEX_CORRUPT when the manifest is not what Cordon writes", async () => {
    const store = bench.open();
    for (const text of ["{", "{}", '{"version":"x"}']) {
      await bench.redis.hset(`${bench.keyPrefix}{idx}:current`, "manifest", text);
      await expect(store.current()).rejects.toMatchObject({ code: "INDEX_CORRUPT" });
    }
    await bench.redis.hset(`${bench.keyPrefix}{idx}:lists`, "uk", "[]");
    await expect(store.listStates()).rejects.toMatchObject({ code: "INDEX_CORRUPT" });
  });

  test("does not read an index larger than the bound, whatever the manifest says", async () => {
    const manifest = await bench.open().publish(publishRequest());
    const careful = bench.open({ maxBytes: 9999 });
    await expect(careful.load(manifest)).rejects.toMatchObject({ code: "INDEX_CORRUPT" });
    await expect(careful.publish(publishRequest({ expectedGeneration: 1 }))).rejects.toMatchObject({
      code: "OPTIONS_INVALID",
    });
  });

  test("goes on after its connections were cut, and so does a watcher", async () => {
    const store = bench.open();
    const reader = bench.open({ backstopMs: 60_000 });
    let calls = 0;
    reader.watch(() => {
      calls += 1;
    });
    await vi.waitFor(() => {
      expect(calls).toBe(1);
    });
    await store.publish(publishRequest());
    await vi.waitFor(() => {
      expect(calls).toBe(2);
    });

    const clients = String(await bench.redis.client("LIST"));
    const ids = [...clients.matchAll(/^id=(\d+) .* name=cordon(?:-watch)? /gm)].map(([, id]) => Number(id));
    expect(ids.length).toBeGreaterThanOrEqual(3);
    // One that has gone by itself meanwhile is as good.
    await Promise.all(ids.map((id) => bench.redis.client("KILL", "ID", id).catch(() => {})));

    await vi.waitFor(() => {
      expect(calls).toBeGreaterThanOrEqual(3);
    }, 10_000);
    const before = calls;
    await vi.waitFor(() => store.current(), 5000);
    await store.publish(publishRequest({ expectedGeneration: 1 }));
    await vi.waitFor(() => {
      expect(calls).toBeGreaterThan(before);
    }, 10_000);
  });

  test("calls watchers from time to time when the stream says nothing", async () => {
    let calls = 0;
    bench.open({ backstopMs: 100 }).watch(() => {
      calls += 1;
    });
    await vi.waitFor(() => {
      expect(calls).toBeGreaterThanOrEqual(4);
    }, 5000);
  });

  test("watchers look for themselves even where the stream cannot be read, and the log says so", async () => {
    await bench.redis.set(`${bench.keyPrefix}{idx}:changes`, "not a stream");
    const warnings: string[] = [];
    const logger: Logger = { ...silentLogger, warn: (message) => void warnings.push(message) };
    let calls = 0;
    bench.open({ backstopMs: 100, logger }).watch(() => {
      calls += 1;
    });
    await vi.waitFor(() => {
      expect(calls).toBeGreaterThanOrEqual(3);
    }, 5000);
    expect(warnings).toEqual(["cannot watch for index changes; asking from time to time"]);
  });
});

describe("the index store on a Redis with users", () => {
  const user = `cordon-${randomUUID()}`;
  const admin = new Redis(url, { lazyConnect: true });
  let bench: Bench;

  beforeAll(async () => {
    await admin.connect();
    bench = openBench();
    await admin.call("ACL", "SETUSER", user, "on", ">right/p@ss", "~*", "+@all");
  });

  afterAll(async () => {
    await bench.dispose();
    await admin.call("ACL", "DELUSER", user);
    admin.disconnect();
  });

  test("proves who it is", async () => {
    const store = bench.open({ username: user, password: "right/p@ss" });
    await store.publish(publishRequest());
    const clients = String(await admin.client("LIST"));
    expect(clients).toMatch(new RegExp(`name=cordon .*user=${user}`));
  });

  test("says REDIS_REFUSED, without the password, when that is wrong", async () => {
    const store = bench.open({ username: user, password: "wrong-password", commandTimeoutMs: 500 });
    const error: unknown = await store.current().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "REDIS_REFUSED", message: expect.stringContaining("WRONGPASS") });
    expect(String(error)).not.toContain("wrong-password");
  });
});
