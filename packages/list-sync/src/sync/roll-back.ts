import { CordonError } from "@cordon/errors";
import {
  findVersion,
  type IndexManifest,
  type IndexStore,
  type KeptVersion,
  lacksLists,
  listsLacking,
} from "@cordon/index-store";
import type { Designation } from "@cordon/matching";

import type { ListSyncTelemetry } from "../telemetry.ts";
import type { Engine } from "./list-sync.ts";
import { changesBetween, encodeOutbox } from "./outbox.ts";

export interface RollBackDeps {
  readonly store: IndexStore;
  readonly engine: Pick<Engine, "open" | "selfCheck">;
  readonly telemetry: ListSyncTelemetry;
  readonly clock: () => number;
  /** Lists of the live index that the version may lack. */
  readonly releaseLists?: readonly string[];
}

/**
 * Makes the kept version that `wanted` names (see `findVersion`) the live one, and owes the announcements of what that
 * changes. The version is loaded and tried first: what we cannot read must not reach a screener.
 * Rejects with CONFIG_INVALID when no version is meant by it, or the live one; INDEX_ABSENT when there is none at all;
 * INDEX_LACKS_LIST when a list of the live one would leave that is not released; INDEX_SUPERSEDED when somebody published meanwhile; INDEX_CORRUPT or SNAPSHOT_INVALID when the version is no good;
 * REDIS_UNAVAILABLE.
 */
export async function rollBack(wanted: string, deps: RollBackDeps): Promise<IndexManifest> {
  const { store, clock, telemetry, releaseLists: released = [] } = deps;
  const versions = await store.versions();
  const [live] = versions;
  if (live === undefined) throw new CordonError("INDEX_ABSENT", "nothing was ever published");
  const version = findVersion(versions, wanted);
  if (version === null) throw unknownVersion(wanted, versions);
  if (version.manifest.version === live.manifest.version)
    throw new CordonError("CONFIG_INVALID", "that version is the live one already");
  const missing = listsLacking(live.manifest, { lists: version.manifest.lists, released });
  if (missing.length > 0) throw lacksLists(missing);

  const before = await designationsNow(live, deps);
  const index = deps.engine.open(await store.load(version.manifest));
  deps.engine.selfCheck(index);
  const changes = await changesBetween(before, [...index.designations()]);
  const manifest = await store.rollBack({
    version,
    expectedGeneration: live.manifest.generation,
    released,
    outbox: encodeOutbox({ indexVersion: version.manifest.version, at: clock(), changes }),
  });
  telemetry.indexRolledBack({ manifest, changes: changes.length });
  return manifest;
}

/** A live index that cannot be read is a reason to roll back, not one against it: then everybody counts as added. */
async function designationsNow(
  { manifest }: KeptVersion,
  { store, engine, telemetry }: RollBackDeps,
): Promise<readonly Designation[]> {
  try {
    return [...engine.open(await store.load(manifest)).designations()];
  } catch (error) {
    if (!(error instanceof CordonError) || (error.code !== "INDEX_CORRUPT" && error.code !== "SNAPSHOT_INVALID"))
      throw error;
    telemetry.snapshotUnreadable({ manifest, error });
    return [];
  }
}

function unknownVersion(wanted: string, versions: readonly KeptVersion[]): CordonError {
  const kept = versions.map(({ manifest }) => `${String(manifest.generation)} (${manifest.version.slice(0, 12)})`);
  return new CordonError("CONFIG_INVALID", `"${wanted}" is no version that is kept; there are ${kept.join(", ")}`);
}
