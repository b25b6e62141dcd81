import { CordonError, dispositionOf } from "@cordon/errors";
import type { IndexManifest, IndexStore, ListState, PublishRequest } from "@cordon/platform";
import type { Designation, ScreeningIndex } from "@cordon/screening";

import { createFollower } from "../source/follow-changes.ts";
import type { FileMark } from "../source/read-file.ts";
import { type GoodLists, laterOfEach } from "./good-list.ts";
import { type EnabledList, lookAtList, type LookDeps } from "./look-at-list.ts";
import { changesBetween, encodeOutbox } from "./outbox.ts";
import { readPublished } from "./published.ts";

export interface ListSyncDeps extends LookDeps {
  readonly store: IndexStore;
  /** Every list that is switched on. */
  readonly lists: readonly EnabledList[];
  readonly engine: Engine;
}

/** What list-sync needs of the engine. */
export interface Engine {
  readonly version: string;
  compile(designations: readonly Designation[]): Uint8Array;
  /** SHA-256 of the bytes, hexadecimal. */
  versionOf(snapshot: Uint8Array): string;
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
}

export interface ListSync {
  /**
   * Looks at the sources of the lists named. What it learned is kept in memory until `publish`.
   * Never rejects for what a source gave or did not give.
   */
  look(lists: ReadonlySet<string>, options: { readonly conditional: boolean }): Promise<SyncResult>;
  /**
   * Makes what is known live: publishes a new index when its bytes differ from the live one's, else records when the
   * lists were checked. False when it had to be withheld because a list was never read, or because the live index was
   * rolled back to and is not to be released by this.
   * Rejects with REDIS_UNAVAILABLE, after which it can be called again, and with SNAPSHOT_INVALID when what was
   * compiled does not find who is in it.
   */
  publish(options?: PublishOptions): Promise<boolean>;
  /** Takes over what another process made live. Rejects as `publish` does. */
  refresh(): Promise<void>;
  /** The last good version of each list, and the index that is live as far as known. */
  known(): { readonly lists: GoodLists; readonly live: IndexManifest | null };
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
  let good: GoodLists = new Map();
  let live: IndexManifest | null = null;
  let liveDesignations: readonly Designation[] = [];
  let caughtUp = false;
  /** Whether `good` may differ from what is live. */
  let dirty = true;

  /** Takes over what is live in the store, unless it is what we know already. */
  async function catchUp(): Promise<void> {
    const current = await readManifest();
    if (caughtUp && current?.generation === live?.generation && current?.version === live?.version) return;
    const published = await readPublished({ store, openSnapshot: (snapshot) => engine.open(snapshot) });
    good = laterOfEach(good, published.lists);
    live = published.manifest;
    liveDesignations = published.designations;
    caughtUp = true;
    dirty = true;
    if (live === null) return;
    if (published.unreadable !== null) telemetry.snapshotUnreadable({ manifest: live, error: published.unreadable });
    const checkedAt = new Map([...published.lists].map(([list, { state }]) => [list, state.checkedAt]));
    telemetry.listsRestored({ manifest: live, checkedAt });
    for (const { list, entries } of live.lists)
      if (!lists.some((enabled) => enabled.list === list)) telemetry.listSwitchedOff({ list, entries });
  }

  async function readManifest(): Promise<IndexManifest | null> {
    try {
      return await store.current();
    } catch (error) {
      if (dispositionOf(error) === "keep") telemetry.publishFailed({ error });
      throw error;
    }
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
          const known = good.get(enabled.list);
          const follower = followers.get(enabled.list) ?? null;
          return { list: enabled.list, look: await lookAtList(enabled, { known, conditional, follower }, deps) };
        }),
    );
    const next = new Map(good);
    for (const { list, look: seen } of looks) {
      if (seen.kind !== "good") continue;
      next.set(list, seen.good);
      dirty ||= seen.changed;
    }
    good = next;
    return {
      good: new Set(looks.filter((each) => each.look.kind === "good").map(({ list }) => list)),
      failed: new Set(looks.filter((each) => each.look.kind === "failed").map(({ list }) => list)),
      marks: new Map(looks.map((each) => [each.list, each.look.mark])),
    };
  }

  async function publish({ release = false }: PublishOptions = {}): Promise<boolean> {
    for (let race = 0; race < mostRaces; race++) {
      await catchUp();
      const missing = lists.map(({ list }) => list).filter((list) => !good.has(list));
      if (missing.length > 0) {
        telemetry.publishWithheld({ missing });
        return false;
      }
      const outcome = await publishOnce(release);
      if (outcome !== "superseded") return outcome === "live";
    }
    throw new CordonError("REDIS_UNAVAILABLE", "other publishers were faster each time", { details: { mostRaces } });
  }

  /** What was rolled back to is confirmed while it is what the sources say, and else left alone until it is released. */
  async function publishOnce(release: boolean): Promise<"live" | "pinned" | "superseded"> {
    const releasing = release && live?.rolledBack !== undefined;
    const chosen = lists.flatMap(({ list }) => good.get(list) ?? []);
    const states = chosen.map(({ state }) => state);
    if (live !== null && !dirty && !releasing) return await confirm(live, states);
    const designations = chosen.flatMap((list) => list.designations);
    const snapshot = compile(designations);
    const indexVersion = engine.versionOf(snapshot);
    if (live?.version === indexVersion && !releasing) return await confirm(live, states);
    if (live?.rolledBack !== undefined && !releasing) {
      telemetry.publishPinned({ manifest: live });
      return "pinned";
    }
    const changes = changesBetween(liveDesignations, designations);
    const published = await offer({
      snapshot,
      engineVersion: engine.version,
      expectedGeneration: live?.generation ?? 0,
      lists: states,
      outbox: encodeOutbox({ indexVersion, at: clock(), changes }),
    });
    if (published === null) return "superseded";
    live = published;
    liveDesignations = designations;
    dirty = false;
    telemetry.indexPublished({ manifest: live, changes: changes.length });
    return "live";
  }

  async function confirm(manifest: IndexManifest, states: readonly ListState[]): Promise<"live"> {
    await store.saveListStates(states);
    telemetry.indexConfirmed({ manifest });
    dirty = false;
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
      telemetry.publishFailed({ error });
      throw error;
    }
  }

  /** Compiles, and opens the result once: what we cannot read ourselves must not reach a screener. */
  function compile(designations: readonly Designation[]): Uint8Array {
    const startedAt = clock();
    try {
      const snapshot = engine.compile(designations);
      const index = engine.open(snapshot);
      engine.selfCheck(index);
      const { names } = index;
      telemetry.indexCompiled({ names, bytes: snapshot.byteLength, milliseconds: clock() - startedAt });
      return snapshot;
    } catch (error) {
      telemetry.publishFailed({ error });
      throw error;
    }
  }

  return { look, publish, refresh: catchUp, known: () => ({ lists: good, live }) };
}
