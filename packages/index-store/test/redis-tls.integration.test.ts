import { randomUUID } from "node:crypto";

import { createRedisIndexStore, type IndexStore } from "@cordon/index-store";
import { loopbackCertificate, startTlsProxy } from "@cordon/service/testing";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeEach, describe, expect, inject, test } from "vitest";

import { publishRequest } from "./index-store.conformance.ts";

const { redisUrl } = inject("stack");
const plain = new URL(redisUrl);
const keyPrefix = `test-${randomUUID()}:`;

describe("the index store on a Redis behind TLS", () => {
  const stores: IndexStore[] = [];
  let proxy: { readonly port: number; close(): void };

  beforeEach(async () => {
    proxy = await startTlsProxy({ host: plain.hostname, port: Number(plain.port || "6379") });
  });

  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    proxy.close();
  });

  afterAll(async () => {
    const redis = new Redis(redisUrl);
    await redis.del(`${keyPrefix}{idx}:lists`);
    redis.disconnect();
  });

  const open = (protocol: string, ca: string | null): IndexStore => {
    const url = new URL(`${protocol}//127.0.0.1:${String(proxy.port)}${plain.pathname}`);
    url.username = plain.username;
    url.password = plain.password;
    const store = createRedisIndexStore({
      url: url.href,
      ca,
      keyPrefix,
      commandTimeoutMs: 1500,
    });
    stores.push(store);
    return store;
  };

  test("is reached when its authority is trusted", async () => {
    const store = open("rediss:", loopbackCertificate.cert);
    expect(await store.current()).toBeNull();
    await store.saveListStates(publishRequest().lists);
    expect(await store.listStates()).toHaveLength(2);
  });

  test("is refused when its authority is not trusted", async () => {
    await expect(open("rediss:", null).current()).rejects.toMatchObject({ code: "TLS_FAILED" });
  });

  test("is not spoken to in plain text by mistake", async () => {
    await expect(open("redis:", null).current()).rejects.toMatchObject({ code: "REDIS_UNAVAILABLE" });
  });
});
