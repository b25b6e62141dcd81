import { CordonError } from "@cordon/errors";

import { lacksLists, listsLacking } from "../lists-lacking.ts";
import type {
  IndexManifest,
  IndexStore,
  KeptVersion,
  ListFault,
  ListState,
  Publisher,
  PublishRequest,
  RollBackRequest,
  StoreSurvey,
} from "../port.ts";
import { publisherConflict } from "../publisher.ts";
import { bytesGeneration, retain } from "../retention.ts";
import { assembleSnapshot, manifestFor, manifestOfRollBack, notKept, superseded } from "../snapshot-bytes.ts";

/** What several in-memory stores share, as several processes share one Redis. */
export interface MemoryIndexBackend {
  manifest: IndexManifest | null;
  /** Bytes of each generation, for ever: a double knows no grace. A test may damage or delete them. */
  readonly snapshots: Map<number, Uint8Array>;
  readonly states: Map<string, ListState>;
  /** Versions that were replaced, by generation. */
  readonly kept: Map<number, KeptVersion>;
  readonly outboxes: Map<number, Uint8Array>;
  readonly listeners: Set<() => void>;
  faults: readonly ListFault[];
  /** Who keeps the index; a double forgets it only when told. */
  claim: Publisher | null;
  survey: StoreSurvey;
  /** Generations that nobody signed: `current` rejects with INDEX_UNTRUSTED while one of them is live. */
  readonly distrusted: Set<number>;
  /** While true every method rejects with REDIS_UNAVAILABLE. */
  away: boolean;
}

export function createMemoryIndexBackend(): MemoryIndexBackend {
  return {
    manifest: null,
    snapshots: new Map(),
    states: new Map(),
    kept: new Map(),
    outboxes: new Map(),
    listeners: new Set(),
    faults: [],
    claim: null,
    survey: { maxMemory: 0, evictionPolicy: "noeviction", role: "primary", dangers: [] },
    distrusted: new Set(),
    away: false,
  };
}

/** An index store for tests, under the same conformance suite as the one on Redis. It has no backstop timer. */
export function createMemoryIndexStore(
  backend: MemoryIndexBackend = createMemoryIndexBackend(),
  { now = Date.now, versionsKept = 10 }: { readonly now?: () => number; readonly versionsKept?: number } = {},
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
    current: () => run(() => trusted(backend)),
    liveGeneration: () => run(() => backend.manifest?.generation ?? 0),
    load: (manifest) =>
      run(() => {
        const assembly = assembleSnapshot(manifest);
        for (const chunk of chunksOf(backend, manifest)) assembly.add(chunk);
        return assembly.bytes();
      }),
    publish: (request) => run(() => publish(request, backend, { createdAt: now(), versionsKept })),
    versions: () => run(() => versions(backend)),
    rollBack: (request) => run(() => rollBack(request, backend, { createdAt: now(), versionsKept })),
    listStates: () => run(() => statesOf(backend)),
    saveListStates: (states, generation = 0) =>
      run(() => {
        if (states.length === 0) return;
        if (generation !== 0) refuseStale(generation, backend);
        for (const state of states) backend.states.set(state.list, state);
      }),
    isWhole: (manifest) => run(() => backend.snapshots.get(bytesGeneration(manifest))?.byteLength === manifest.bytes),
    claim: (publisher) =>
      run(() => {
        if (backend.claim !== null && backend.claim.fingerprint !== publisher.fingerprint) return backend.claim;
        backend.claim = publisher;
        return null;
      }),
    unclaim: (publisher) =>
      run(() => {
        if (backend.claim?.by === publisher.by) backend.claim = null;
      }),
    claimedBy: () => run(() => backend.claim),
    listFaults: () => run(() => backend.faults.toSorted((a, b) => (a.list < b.list ? -1 : 1))),
    saveListFaults: (faults) => run(() => void (backend.faults = faults)),
    survey: () => run(() => backend.survey),
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

function chunksOf(backend: MemoryIndexBackend, manifest: IndexManifest): readonly (Uint8Array | null)[] {
  return [backend.snapshots.get(bytesGeneration(manifest)) ?? null];
}

function trusted({ manifest, distrusted }: MemoryIndexBackend): IndexManifest | null {
  if (manifest !== null && distrusted.has(manifest.generation))
    throw new CordonError("INDEX_UNTRUSTED", "the live index is not signed");
  return manifest;
}

function statesOf({ states }: MemoryIndexBackend): readonly ListState[] {
  return [...states.values()].toSorted((a, b) => (a.list < b.list ? -1 : 1));
}

function versions(backend: MemoryIndexBackend): readonly KeptVersion[] {
  if (backend.manifest === null) return [];
  const replaced = [...backend.kept.values()].toSorted((a, b) => b.manifest.generation - a.manifest.generation);
  return [{ manifest: backend.manifest, states: statesOf(backend) }, ...replaced];
}

interface Terms {
  readonly createdAt: number;
  readonly versionsKept: number;
}

function publish(request: PublishRequest, backend: MemoryIndexBackend, terms: Terms): IndexManifest {
  const { createdAt } = terms;
  const chunkBytes = Math.max(1, request.snapshot.byteLength);
  const { claim, manifest: live } = backend;
  const manifest = manifestFor(request, { chunkBytes, createdAt, live });
  refuseStale(request.expectedGeneration, backend);
  refuseLacking(manifest, backend);
  const { publisher = null } = request;
  if (claim !== null && claim.fingerprint !== publisher?.fingerprint) throw publisherConflict(publisher, claim);
  backend.snapshots.set(manifest.generation, request.snapshot.slice());
  makeLive(manifest, request.lists, { backend, outbox: request.outbox, ...terms });
  return manifest;
}

function rollBack(request: RollBackRequest, backend: MemoryIndexBackend, terms: Terms): IndexManifest {
  const { version, expectedGeneration, outbox, released } = request;
  const { createdAt } = terms;
  const manifest = manifestOfRollBack(version.manifest, {
    from: expectedGeneration,
    createdAt,
    live: backend.manifest,
    released,
  });
  refuseStale(expectedGeneration, backend);
  refuseLacking(manifest, backend);
  const present = backend.kept.has(version.manifest.generation) && backend.snapshots.has(bytesGeneration(manifest));
  if (!present) throw notKept(version.manifest);
  makeLive(manifest, version.states, { backend, outbox, ...terms });
  return manifest;
}

function refuseStale(expectedGeneration: number, { manifest }: MemoryIndexBackend): void {
  const live = manifest?.generation ?? 0;
  if (live !== expectedGeneration) throw superseded(expectedGeneration, live);
}

function refuseLacking(next: IndexManifest, { manifest: live }: MemoryIndexBackend): void {
  const missing = live === null ? [] : listsLacking(live, next);
  if (missing.length > 0) throw lacksLists(missing);
}

function makeLive(
  manifest: IndexManifest,
  states: readonly ListState[],
  { backend, outbox, versionsKept }: Terms & { readonly backend: MemoryIndexBackend; readonly outbox: Uint8Array },
): void {
  const replaced = backend.manifest;
  if (replaced !== null) backend.kept.set(replaced.generation, { manifest: replaced, states: statesOf(backend) });
  const all = [...backend.kept.values()].map((version) => version.manifest);
  for (const generation of retain(manifest, all, { versionsKept }).forgotten) backend.kept.delete(generation);
  backend.outboxes.set(manifest.generation, outbox.slice());
  backend.states.clear();
  for (const state of states) backend.states.set(state.list, state);
  backend.manifest = manifest;
  for (const listener of backend.listeners) listener();
}
