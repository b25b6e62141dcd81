import { CordonError, dispositionOf } from "@cordon/errors";
import {
  type IndexManifest,
  type IndexStore,
  lacksLists,
  type ListState,
  type Publisher,
  type PublishRequest,
} from "@cordon/index-store";
import type { Designation, ScreeningIndex } from "@cordon/matching";

import type { Compiled } from "../compile/compiled.ts";
import { createFollower } from "../source/follow-changes.ts";
import type { FileMark } from "../source/read-file.ts";
import { type AcceptedLists, laterOfEach } from "./accepted-list.ts";
import type { KeepIndex } from "./keep-index.ts";
import { createKnownLive } from "./known-live.ts";
import { createListFaults } from "./list-faults.ts";
import { type EnabledList, lookAtList, type LookDeps, spellLocation } from "./look-at-list.ts";
import { changesBetween, encodeOutbox } from "./outbox.ts";
import { liveManifest, readPublished } from "./published.ts";

export interface ListSyncDeps extends LookDeps {
  readonly store: IndexStore;
  /** Every list that is switched on. */
  readonly lists: readonly EnabledList[];
  readonly engine: Engine;
  readonly keep: KeepIndex;
}

/** What list-sync needs of the engine. */
export interface Engine {
  readonly version: string;
  /** See `compileHere`. */
  compile(designations: readonly Designation[], signal: AbortSignal): Promise<Compiled>;
  open(snapshot: Uint8Array): ScreeningIndex;
  /** Throws SNAPSHOT_INVALID for an index that does not find who is in it. */
  selfCheck(index: ScreeningIndex): void;
}

export interface SyncResult {
  /** Which of the lists that were looked at gave a good version this time. */
  readonly good: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
  /** State of the file each file list was read from. */
  readonly marks: ReadonlyMap<string, FileMark | null>;
}

export interface PublishOptions {
  /** Publish over a version that was rolled back to. */
  readonly release?: boolean;
  /** Lists that may leave the index. */
  readonly releaseLists?: readonly string[];
}

export interface ListSync {
  /**
   * Looks at the sources of the lists named. What it learned is kept in memory until `publish`.
   * Never rejects for what a source gave or did not give.
   */
  look(lists: ReadonlySet<string>, options: { readonly conditional: boolean }): Promise<SyncResult>;
  /**
   * Makes what is known live: publishes a new index when its bytes differ from the live one's, else records when the
   * lists were checked. False when it had to be withheld because a list was never read, because the live index was
   * rolled back to and is not to be released by this, because a list of it would leave that nobody released, or because
   * a publisher of other settings keeps the index.
   * Rejects with REDIS_UNAVAILABLE or REDIS_FULL, after which it can be called again, and with SNAPSHOT_INVALID when what
   * was compiled does not find who is in it.
   */
  publish(options?: PublishOptions): Promise<boolean>;
  /**
   * Takes over what another process made live. True when `publish` is called for: the store lost what was live, or what
   * publishing was refused for is gone. Rejects as `publish` does.
   */
  refresh(): Promise<boolean>;
  /** The last good version of each list, the index that is live as far as known, and why publishing is refused. */
  known(): { readonly lists: AcceptedLists; readonly live: IndexManifest | null; readonly refused: CordonError | null };
}

const mostRaces = 5;

/** Keeps the last good version of each list and makes the index of them. One call at a time. */
export function createListSync(deps: ListSyncDeps): ListSync {
  const { store, lists, engine, telemetry, clock } = deps;
  const followers = new Map(
    lists.flatMap(({ list, deltas }) =>
      deltas === null || deltas === undefined ? [] : [[list, createFollower({ list, deltas, telemetry, clock })]],
    ),
  );
  const faults = createListFaults(store, clock);
  const known = createKnownLive();
  let good: AcceptedLists = new Map();
  let liveDesignations: readonly Designation[] = [];
  let caughtUp = false;
  /** Whether `good` may differ from what is live. */
  let dirty = true;
  /** Whether parts of what is live are gone or damaged, so that it must be published again though nothing changed. */
  let broken = false;
  /** Whether the store has forgotten what was live. */
  let lost = false;
  let refused: CordonError | null = null;
  /** What the next index takes the place of. */
  let generation = 0;
  /** Why what is live in the store is not believed, once told. */
  let distrust = "";

  /** Takes over what is live in the store, unless it is what we know already. */
  async function catchUp(): Promise<void> {
    const before = known.manifest;
    const current = await readManifest();
    if (
      caughtUp &&
      current.untrusted === null &&
      current.manifest?.generation === before?.generation &&
      current.manifest?.version === before?.version
    )
      return;
    const published = await readPublished({ store, openSnapshot: (snapshot) => engine.open(snapshot), clock });
    const live = published.manifest;
    ({ generation } = published);
    const took = known.take(live);
    lost = took === "lost" || (lost && took === "same");
    if (took === "lost") telemetry.indexLost({ what: live === null ? "emptied" : "older", manifest: live });
    good = laterOfEach(good, published.lists);
    liveDesignations = published.designations;
    caughtUp = true;
    dirty = true;
    broken = published.unreadable !== null;
    if (live === null) {
      tellDistrust(published.unreadable);
      return;
    }
    distrust = "";
    if (published.unreadable !== null) telemetry.snapshotUnreadable({ manifest: live, error: published.unreadable });
    const checkedAt = new Map([...published.lists].map(([list, { state }]) => [list, state.checkedAt]));
    telemetry.listsRestored({ manifest: live, checkedAt });
    for (const { list, entries } of live.lists)
      if (!lists.some((enabled) => enabled.list === list)) telemetry.listSwitchedOff({ list, entries });
  }

  /** Told once for each thing that lies there. */
  function tellDistrust(error: CordonError | null): void {
    if (error !== null && error.message !== distrust) telemetry.indexDistrusted({ error });
    distrust = error?.message ?? "";
  }

  async function readManifest(): ReturnType<typeof liveManifest> {
    try {
      return await liveManifest(store);
    } catch (error) {
      if (dispositionOf(error) === "keep") telemetry.publishFailed({ error });
      throw error;
    }
  }

  async function refresh(): Promise<boolean> {
    await catchUp();
    const live = known.manifest;
    if (live !== null && !broken && !(await store.isWhole(live))) {
      broken = true;
      telemetry.indexLost({ what: "incomplete", manifest: live });
    }
    return lost || broken || refused !== null;
  }

  async function look(
    names: ReadonlySet<string>,
    { conditional }: { readonly conditional: boolean },
  ): Promise<SyncResult> {
    await catchUp();
    const looks = await Promise.all(
      lists
        .filter(({ list }) => names.has(list))
        .map(async (enabled) => {
          const { list } = enabled;
          const options = { known: good.get(list), liveEntries: known.entriesOf(list), conditional };
          const seen = await lookAtList(enabled, { ...options, follower: followers.get(list) ?? null }, deps);
          return { list, source: spellLocation(enabled.location), look: seen };
        }),
    );
    const next = new Map(good);
    for (const { list, source, look: seen } of looks) {
      if (seen.kind === "failed") {
        faults.failed(list, seen.error, source);
        continue;
      }
      faults.good(list);
      next.set(list, seen.good);
      dirty ||= seen.changed;
    }
    good = next;
    await faults.save();
    return {
      good: new Set(looks.filter((each) => each.look.kind === "good").map(({ list }) => list)),
      failed: new Set(looks.filter((each) => each.look.kind === "failed").map(({ list }) => list)),
      marks: new Map(looks.map((each) => [each.list, each.look.mark])),
    };
  }

  async function publish({ release = false, releaseLists = [] }: PublishOptions = {}): Promise<boolean> {
    for (let race = 0; race < mostRaces; race++) {
      await catchUp();
      const missing = lists.map(({ list }) => list).filter((list) => !good.has(list));
      if (missing.length > 0) {
        telemetry.publishWithheld({ missing });
        return false;
      }
      const outcome = await unlessRefused(releaseLists, (publisher) =>
        publishOnce({ release, releaseLists, publisher }),
      );
      if (outcome !== "superseded") return outcome === "live";
    }
    throw new CordonError("REDIS_UNAVAILABLE", "other publishers were faster each time", { details: { mostRaces } });
  }

  /** What is refused is told, remembered for probes, and tried again when something changed. */
  async function unlessRefused<T>(
    releaseLists: readonly string[],
    work: (publisher: Publisher) => Promise<T>,
  ): Promise<T | "refused"> {
    const missing = known.lacking(statesNow(), releaseLists);
    try {
      if (missing.length > 0) throw lacksLists(missing);
      const done = await work(await keep());
      refused = null;
      return done;
    } catch (error) {
      if (!(error instanceof CordonError)) throw error;
      if (error.code !== "INDEX_LACKS_LIST" && error.code !== "PUBLISHER_CONFLICT") throw error;
      if (refused?.message !== error.message) telemetry.publishRefused({ code: error.code, error, missing });
      refused = error;
      return "refused";
    } finally {
      faults.lacking(missing);
      await faults.save();
    }
  }

  /** A Redis that is full refuses this first: publishing failed by it all the same. */
  async function keep(): Promise<Publisher> {
    try {
      return await deps.keep();
    } catch (error) {
      if (error instanceof CordonError && error.code === "REDIS_FULL") telemetry.publishFailed({ error });
      throw error;
    }
  }

  function statesNow(): readonly ListState[] {
    return lists.flatMap(({ list }) => good.get(list)?.state ?? []);
  }

  /** What was rolled back to is confirmed while it is what the sources say, and else left alone until it is released. */
  async function publishOnce({
    release,
    releaseLists,
    publisher,
  }: Required<PublishOptions> & { readonly publisher: Publisher }): Promise<"live" | "pinned" | "superseded"> {
    const live = known.manifest;
    const news = releaseLists.some((list) => live?.released?.includes(list) !== true);
    const forced = broken || news || (release && live?.rolledBack !== undefined);
    const states = statesNow();
    if (live !== null && !dirty && !forced) return await confirm(live, states);
    const designations = lists.flatMap(({ list }) => good.get(list)?.designations ?? []);
    const { snapshot, version: indexVersion } = await compile(designations);
    if (live?.version === indexVersion && !forced) return await confirm(live, states);
    if (live?.rolledBack !== undefined && !release && !(broken && live.version === indexVersion)) {
      telemetry.publishPinned({ manifest: live });
      return "pinned";
    }
    const changes = await changesBetween(liveDesignations, designations);
    const published = await offer({
      snapshot,
      engineVersion: engine.version,
      expectedGeneration: generation,
      lists: states,
      outbox: encodeOutbox({ indexVersion, at: clock(), changes }),
      released: [...known.released, ...releaseLists],
      publisher,
    });
    if (published === null) return "superseded";
    known.take(published);
    ({ generation } = published);
    liveDesignations = designations;
    dirty = false;
    broken = false;
    lost = false;
    telemetry.indexPublished({ manifest: published, changes: changes.length });
    return "live";
  }

  async function confirm(manifest: IndexManifest, states: readonly ListState[]): Promise<"live" | "superseded"> {
    try {
      await store.saveListStates(states, manifest.generation);
    } catch (error) {
      if (error instanceof CordonError && error.code === "INDEX_SUPERSEDED") return "superseded";
      throw error;
    }
    telemetry.indexConfirmed({ manifest });
    dirty = false;
    lost = false;
    return "live";
  }

  /** `null` when another publisher was faster. */
  async function offer(request: PublishRequest): Promise<IndexManifest | null> {
    try {
      return await store.publish(request);
    } catch (error) {
      if (error instanceof CordonError && error.code === "INDEX_SUPERSEDED") {
        telemetry.publishSuperseded({ expectedGeneration: request.expectedGeneration });
        return null;
      }
      if (!(error instanceof CordonError) || error.code !== "PUBLISHER_CONFLICT") telemetry.publishFailed({ error });
      throw error;
    }
  }

  async function compile(designations: readonly Designation[]): Promise<Compiled> {
    const startedAt = clock();
    try {
      const compiled = await engine.compile(designations, deps.signal);
      const { names, snapshot } = compiled;
      telemetry.indexCompiled({ names, bytes: snapshot.byteLength, milliseconds: clock() - startedAt });
      return compiled;
    } catch (error) {
      deps.signal.throwIfAborted();
      telemetry.publishFailed({ error });
      throw error;
    }
  }

  return { look, publish, refresh, known: () => ({ lists: good, live: known.manifest, refused }) };
}
