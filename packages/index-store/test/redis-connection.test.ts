import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

import { createRedisIndexStore } from "@cordon/index-store";
import { type Logger, silentLogger } from "@cordon/service";
import { expect, test, vi } from "vitest";

import { redisOptions } from "../src/redis-address.ts";
import { redisKeys } from "../src/redis-keys.ts";

test("an address is taken apart", () => {
  expect(redisOptions({ url: "redis://cache" })).toEqual({ host: "cache", port: 6379, db: 0 });
  expect(redisOptions({ url: "redis://me:p%40ss@[::1]:7000/3" })).toEqual({
    host: "::1",
    port: 7000,
    db: 3,
    username: "me",
    password: "p@ss",
  });
});

test("user and password beside the address outrank those inside it", () => {
  const options = redisOptions({ url: "redis://me:old@cache", username: "you", password: "new" });
  expect(options).toMatchObject({ username: "you", password: "new" });
  expect(redisOptions({ url: "redis://:old@cache", username: null, password: null })).toMatchObject({
    password: "old",
  });
});

test("rediss:// encrypts, with the authority that is given or the system's", () => {
  expect(redisOptions({ url: "rediss://cache", ca: "PEM" }).tls).toEqual({ ca: "PEM" });
  expect(redisOptions({ url: "rediss://cache", ca: null }).tls).toEqual({});
  expect(redisOptions({ url: "redis://cache", ca: null }).tls).toBeUndefined();
});

test.each(["redis://cache/x", "redis://cache/-1", "redis://cache/1/2"])("%s has no database number", (url) => {
  expect(() => redisOptions({ url })).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
});

test("every key has the hash tag, and two attempts to upload share none", () => {
  const keys = redisKeys("p:");
  const all = [keys.current, keys.lists, keys.outbox, keys.changes, ...keys.chunks(3, 2), ...keys.uploads("a", 2)];
  expect(all.every((key) => key.startsWith("p:{idx}:"))).toBe(true);
  expect(keys.chunks(3, 2)).toEqual(["p:{idx}:g3:c0", "p:{idx}:g3:c1"]);
  expect(new Set([...all, ...keys.uploads("b", 2), ...keys.chunks(4, 2)]).size).toBe(all.length + 4);
});

test("a Redis that is not there is named within the time limit, logged once, and asked for in vain no longer", async () => {
  const warnings: string[] = [];
  const logger: Logger = { ...silentLogger, warn: (message) => void warnings.push(message) };
  const store = createRedisIndexStore({ url: "redis://127.0.0.1:1", commandTimeoutMs: 400, logger });
  const startedAt = performance.now();
  await expect(store.current()).rejects.toMatchObject({ code: "REDIS_UNAVAILABLE" });
  await expect(store.pendingOutboxes()).rejects.toMatchObject({ code: "REDIS_UNAVAILABLE" });
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect(warnings).toEqual(["redis is away"]);
  await store.close();
});

test("a Redis that accepts but never answers is given up after the time limit", async () => {
  const silent = createServer(() => {});
  const { promise, resolve } = Promise.withResolvers<void>();
  silent.listen(0, "127.0.0.1", resolve);
  await promise;
  const { port } = silent.address() as AddressInfo;
  const store = createRedisIndexStore({ url: `redis://127.0.0.1:${String(port)}`, commandTimeoutMs: 300 });
  const watching = store.watch(() => {});
  await expect(store.current()).rejects.toMatchObject({ code: "REDIS_UNAVAILABLE" });
  await watching.close();
  await store.close();
  silent.close();
});

test("a watcher asks its reader to look for itself while Redis is away", async () => {
  const store = createRedisIndexStore({ url: "redis://127.0.0.1:1", commandTimeoutMs: 50, backstopMs: 50 });
  let calls = 0;
  store.watch(() => {
    calls += 1;
  });
  await vi.waitFor(() => {
    expect(calls).toBeGreaterThanOrEqual(2);
  }, 5000);
  await store.close();
});
