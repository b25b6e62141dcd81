import { type IndexStore, type Publisher, publisherOf } from "@cordon/index-store";
import { createMemoryIndexBackend, createMemoryIndexStore, type MemoryIndexBackend } from "@cordon/index-store/testing";
import type { GuardLimits } from "@cordon/lists";

import { keepIndex } from "../../src/sync/keep-index.ts";
import { createListSync, type Engine, type ListSync } from "../../src/sync/list-sync.ts";
import type { EnabledList } from "../../src/sync/look-at-list.ts";
import { fakeEngine } from "../../src/testing/fake-engine.ts";
import { recordTelemetry, type Recorded } from "./record-telemetry.ts";

export interface SyncBench {
  readonly sync: ListSync;
  readonly store: IndexStore;
  readonly backend: MemoryIndexBackend;
  readonly told: Recorded;
  readonly clock: { now: number };
  /** Looks at every list, then publishes. */
  run(options?: { readonly conditional?: boolean }): Promise<boolean>;
  /** Names in the live index. */
  liveNames(): Promise<readonly string[]>;
}

export interface SyncBenchOptions {
  readonly lists: readonly EnabledList[];
  /** What another process left, or shares. */
  readonly backend?: MemoryIndexBackend;
  readonly engine?: Engine;
  readonly clock?: { now: number };
  readonly guardLimits?: Partial<GuardLimits>;
  readonly publisher?: Publisher;
}

export function createSyncBench({
  lists,
  backend = createMemoryIndexBackend(),
  engine = fakeEngine,
  clock = { now: 1_000_000 },
  guardLimits = {},
  publisher = publisherOf("bench", {}),
}: SyncBenchOptions): SyncBench {
  const store = createMemoryIndexStore(backend);
  const told = recordTelemetry();
  const sync = createListSync({
    store,
    lists,
    engine,
    keep: keepIndex(store, publisher),
    telemetry: told.telemetry,
    clock: () => clock.now,
    limits: { maxBytes: 100_000, timeoutMs: 5000 },
    guardLimits: { maxShrinkPercent: 50, ...guardLimits },
    signal: new AbortController().signal,
    backOffMs: [1],
    settleMs: 5,
  });
  return {
    sync,
    store,
    backend,
    told,
    clock,
    async run({ conditional = true } = {}) {
      await sync.look(new Set(lists.map(({ list }) => list)), { conditional });
      return sync.publish();
    },
    async liveNames() {
      const manifest = await store.current();
      if (manifest === null) return [];
      const index = engine.open(await store.load(manifest));
      return [...index.designations()].map(({ names }) => names[0]?.text ?? "");
    },
  };
}
