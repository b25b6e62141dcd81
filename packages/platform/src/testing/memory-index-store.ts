import { CordonError } from "@cordon/errors";

import type { IndexManifest, IndexStore, ListState, PublishRequest } from "../index-store/port.ts";
import { assembleSnapshot, manifestFor, superseded } from "../index-store/snapshot-bytes.ts";

/** What several in-memory stores share, as several processes share one Redis. */
export interface MemoryIndexBackend {
  manifest: IndexManifest | null;
  /** Bytes of each generation, for ever: a double knows no grace. A test may damage or delete them. */
  readonly snapshots: Map<number, Uint8Array>;
  readonly states: Map<string, ListState>;
  readonly outboxes: Map<number, Uint8Array>;
  readonly listeners: Set<() => void>;
  /** While true every method rejects with REDIS_UNAVAILABLE. */
  away: boolean;
}

export function createMemoryIndexBackend(): MemoryIndexBackend {
  return {
    manifest: null,
    snapshots: new Map(),
    states: new Map(),
    outboxes: new Map(),
    listeners: new Set(),
    away: false,
  };
}

/** An index store for tests, under the same conformance suite as the one on Redis. It has no backstop timer. */
export function createMemoryIndexStore(
  backend: MemoryIndexBackend = createMemoryIndexBackend(),
  { now = Date.now }: { readonly now?: () => number } = {},
): IndexStore {
  let closed = false;
  const mine = new Set<() => void>();
  const run = async <T>(work: () => T): Promise<T> => {
    // As long as a round trip in other tests' eyes: others get a turn in between.
    await Promise.resolve();
    if (closed || backend.away) throw new CordonError("REDIS_UNAVAILABLE", "the store in memory is away");
    return work();
  };
  return {
    current: () => run(() => backend.manifest),
    load: (manifest) => run(() => assembleSnapshot(manifest, chunksOf(backend, manifest))),
    publish: (request) => run(() => publish(request, backend, now())),
    listStates: () => run(() => [...backend.states.values()].toSorted((a, b) => (a.list < b.list ? -1 : 1))),
    saveListStates: (states) =>
      run(() => {
        for (const state of states) backend.states.set(state.list, state);
      }),
    pendingOutboxes: () =>
      run(() =>
        [...backend.outboxes]
          .map(([generation, outbox]) => ({ generation, outbox }))
          .toSorted((a, b) => a.generation - b.generation),
      ),
    outboxDone: (generation) => run(() => void backend.outboxes.delete(generation)),
    watch: (onChange) => {
      const listener = (): void => void setImmediate(onChange);
      backend.listeners.add(listener);
      mine.add(listener);
      listener();
      return {
        close: async () => {
          await Promise.resolve();
          backend.listeners.delete(listener);
        },
      };
    },
    close: async () => {
      closed = true;
      for (const listener of mine) backend.listeners.delete(listener);
      await Promise.resolve();
    },
  };
}

function chunksOf(backend: MemoryIndexBackend, { generation }: IndexManifest): readonly (Uint8Array | null)[] {
  return [backend.snapshots.get(generation) ?? null];
}

function publish(request: PublishRequest, backend: MemoryIndexBackend, createdAt: number): IndexManifest {
  const manifest = manifestFor(request, { chunkBytes: Math.max(1, request.snapshot.byteLength), createdAt });
  const live = backend.manifest?.generation ?? 0;
  if (live !== request.expectedGeneration) throw superseded(request.expectedGeneration, live);
  backend.snapshots.set(manifest.generation, request.snapshot.slice());
  backend.outboxes.set(manifest.generation, request.outbox.slice());
  backend.states.clear();
  for (const state of request.lists) backend.states.set(state.list, state);
  backend.manifest = manifest;
  for (const listener of backend.listeners) listener();
  return manifest;
}
