import { type IndexStore } from "@cordon/index-store";
import { createMemoryIndexBackend, createMemoryIndexStore } from "@cordon/index-store/testing";
import { expect, test } from "vitest";

import { indexStoreConformance, publishRequest } from "./index-store.conformance.ts";

indexStoreConformance("in memory", () => {
  const backend = createMemoryIndexBackend();
  const stores: IndexStore[] = [];
  return {
    open: (options) => {
      const store = createMemoryIndexStore(backend, options);
      stores.push(store);
      return store;
    },
    damage: async ({ generation }, how) => {
      await Promise.resolve();
      if (how === "delete") backend.snapshots.delete(generation);
      const bytes = backend.snapshots.get(generation);
      if (bytes !== undefined) bytes[0] = (bytes[0] ?? 0) ^ 1;
    },
    dispose: async () => {
      await Promise.all(stores.map((store) => store.close()));
    },
  };
});

test("the store in memory can be made unreachable for a while", async () => {
  const backend = createMemoryIndexBackend();
  const store = createMemoryIndexStore(backend, { now: () => 1234 });
  const manifest = await store.publish(publishRequest());
  expect(manifest.createdAt).toBe(1234);
  backend.away = true;
  await expect(store.current()).rejects.toMatchObject({ code: "REDIS_UNAVAILABLE" });
  backend.away = false;
  expect(await store.current()).toEqual(manifest);
});
