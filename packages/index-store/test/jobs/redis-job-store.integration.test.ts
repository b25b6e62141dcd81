import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { createRedisJobStore, type JobStore } from "@cordon/index-store";
import { expect, inject, test } from "vitest";

import { jobStoreConformance } from "./job-store.conformance.ts";

const { redisUrl: url } = inject("stack");

jobStoreConformance("on Redis", () => {
  const keyPrefix = `test-${randomUUID()}:`;
  const stores: JobStore[] = [];
  return {
    open: () => {
      const store = createRedisJobStore({ url, keyPrefix, commandTimeoutMs: 2000 });
      stores.push(store);
      return store;
    },
    pass: (milliseconds) => sleep(milliseconds),
    dispose: async () => {
      await Promise.all(stores.map((store) => store.close()));
    },
  };
});

test("a job store on a Redis that is away says so", async () => {
  const store = createRedisJobStore({ url: "redis://127.0.0.1:1", commandTimeoutMs: 200 });
  await expect(store.claim("a", "one", 1000)).rejects.toMatchObject({ code: "REDIS_UNAVAILABLE" });
  await store.close();
});
