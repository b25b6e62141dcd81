import { CordonError, dispositionOf, type ErrorCode } from "@cordon/errors";
import { type IndexManifest, type IndexStore, lacksLists, listsLacking, type ListState } from "@cordon/index-store";
import type { ScreeningIndex } from "@cordon/matching";
import { generationAfter, indexAge, isNewer, timesAhead } from "@cordon/screening";

import { aborted } from "../aborted.ts";
import { inSlices } from "../batch/pace.ts";
import type { ScreenerTelemetry } from "../telemetry.ts";
import type { IndexHolder } from "./holder.ts";

export interface IndexLoaderDeps {
  readonly store: IndexStore;
  readonly holder: IndexHolder;
  /** Opens and checks the bytes, in slices. Rejects with SNAPSHOT_INVALID. */
  readonly open: (snapshot: Uint8Array) => ScreeningIndex | Promise<ScreeningIndex>;
  readonly telemetry: Pick<
    ScreenerTelemetry,
    | "indexSwapped"
    | "indexRefused"
    | "storeLost"
    | "storeBack"
    | "indexAwaited"
    | "listsMissing"
    | "timesAhead"
    | "storeSurveyed"
  >;
  readonly clock: () => number;
  /** How often the list states are read. */
  readonly pollMs: number;
  /** How often the store is asked how it is set up, milliseconds. Default a minute. */
  readonly surveyMs?: number;
}

export interface IndexLoader {
  /** Resolves when the first index is live; rejects with the signal's reason, or with an error nobody foresaw. */
  ready(signal: AbortSignal): Promise<void>;
  /** Age of the live index in milliseconds; `Infinity` while there is none, or while nobody vouches for it. */
  age(): number;
  /** Rejects when loading met an error nobody foresaw. Never resolves. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

const refusal: unique symbol = Symbol("refusal");

/**
 * Keeps the holder at the store's live index: looks after each publish and every `pollMs`, loads, checks, swaps.
 * Whatever is refused or cannot be had leaves the last good index in use, and its age growing.
 */
export function startIndexLoader(deps: IndexLoaderDeps): IndexLoader {
  const { store, holder, telemetry, clock } = deps;
  const first = Promise.withResolvers<void>();
  const fatal = Promise.withResolvers<never>();
  fatal.promise.catch(() => {}); // whoever awaits it hears of it; nobody has to
  const refused = { version: "", code: "" };
  let states: readonly ListState[] = [];
  let running: Promise<void> | null = null;
  const state = { again: false, closed: false, storeLost: false, surveyedAt: Number.NEGATIVE_INFINITY };

  async function refresh(): Promise<void> {
    const manifest = await keepOnError(null, () => store.current());
    if (manifest === refusal) return;
    if (manifest === null && holder.current === null) telemetry.indexAwaited();
    if (manifest !== null && mayLoad(manifest)) await load(manifest);
    // States vouch for the index that is live in the store. While we hold another one, ours goes on ageing.
    if (manifest !== null && manifest.version === holder.current?.manifest.version) states = await statesOf(manifest);
    if (state.storeLost) telemetry.storeBack();
    state.storeLost = false;
    if (holder.current !== null) {
      telemetry.timesAhead({ what: timesAhead(holder.current.manifest, states, clock()) });
      first.resolve();
    }
    await survey();
  }

  /** A newer index is taken unless it lacks a list of ours that nobody released by name: its people would pass. */
  function mayLoad(manifest: IndexManifest): boolean {
    if (holder.current === null) return true;
    const missing = listsLacking(holder.current.manifest, manifest);
    telemetry.listsMissing({ lists: missing });
    if (!isNewer(manifest, holder.current.manifest, clock())) return false;
    if (missing.length > 0) refuse(manifest, "INDEX_LACKS_LIST", lacksLists(missing));
    return missing.length === 0;
  }

  async function survey(): Promise<void> {
    const now = performance.now();
    if (now - state.surveyedAt < (deps.surveyMs ?? 60_000)) return;
    state.surveyedAt = now;
    telemetry.storeSurveyed(await store.survey());
  }

  async function load(manifest: IndexManifest): Promise<void> {
    const startedAt = clock();
    const index = await keepOnError(manifest, async () => openOf(manifest, await store.load(manifest)));
    if (index === refusal) return;
    const generation = await inSlices(generationAfter(holder.current, manifest, index));
    // Read before the swap: an index that has a list more is stale for as long as nobody knows when that was read.
    const found = await statesOf(manifest);
    if (!holder.swap(generation, clock())) return;
    states = found;
    telemetry.indexSwapped({ manifest, names: index.names, milliseconds: clock() - startedAt });
  }

  /** Those of the index that is live in the store; as they were where it has none. */
  async function statesOf(manifest: IndexManifest): Promise<readonly ListState[]> {
    const found = await keepOnError(manifest, () => store.listStates());
    // A store that was emptied between the two reads vouches for nothing; when the lists were read is as true as before.
    return found !== refusal && (found.length > 0 || states.length === 0) ? found : states;
  }

  /** A manifest says which lists an index has; readers and publishers rely on it, so it must say what is in the bytes. */
  async function openOf(manifest: IndexManifest, snapshot: Uint8Array): Promise<ScreeningIndex> {
    const index = await deps.open(snapshot);
    const told = manifest.lists.filter(({ entries }) => entries > 0);
    const found = new Map(index.lists.map(({ list, entries }) => [list, entries]));
    if (told.length === found.size && told.every(({ list, entries }) => found.get(list) === entries)) return index;
    throw new CordonError(
      "INDEX_CORRUPT",
      "the index has other lists, or more or fewer entries, than its manifest says",
      {
        details: {
          told: told.map(({ list, entries }) => `${list} ${String(entries)}`),
          found: index.lists.map(({ list, entries }) => `${list} ${String(entries)}`),
        },
      },
    );
  }

  /** What the store or the snapshot cannot give leaves the live index in use; any other error goes on. */
  async function keepOnError<T>(manifest: IndexManifest | null, work: () => Promise<T>): Promise<T | typeof refusal> {
    try {
      return await work();
    } catch (error) {
      if (dispositionOf(error) !== "keep" || !(error instanceof CordonError)) throw error;
      refuse(manifest, error.code, error);
      return refusal;
    }
  }

  function refuse(manifest: IndexManifest | null, code: ErrorCode, error: Error): void {
    // Tried again at each poll, said once: the next version, or a mended chunk, may be good.
    const version = manifest?.version ?? "";
    if (refused.version === version && refused.code === code) return;
    Object.assign(refused, { version, code });
    telemetry.indexRefused({ manifest, code, error });
  }

  async function runToEnd(): Promise<void> {
    do {
      state.again = false;
      try {
        await refresh();
      } catch (error) {
        if (dispositionOf(error) !== "retry") {
          fatal.reject(error);
          return;
        }
        if (!state.storeLost) telemetry.storeLost({ error });
        state.storeLost = true;
      }
    } while (state.again && !state.closed);
  }

  function look(): void {
    if (state.closed) return;
    state.again = true;
    running ??= runToEnd().finally(() => {
      running = null;
    });
  }

  const watcher = store.watch(look);
  const timer = setInterval(look, deps.pollMs);
  look();

  return {
    ready: (signal) => Promise.race([first.promise, fatal.promise, aborted(signal)]),
    age: () =>
      holder.current === null ? Number.POSITIVE_INFINITY : indexAge(holder.current.manifest, states, clock()),
    failed: fatal.promise,
    async close() {
      state.closed = true;
      clearInterval(timer);
      await watcher.close();
      await running;
    },
  };
}
