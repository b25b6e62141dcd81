import { CordonError } from "@cordon/errors";
import { findVersion, type IndexManifest, type IndexStore } from "@cordon/index-store";

import type { LookBackState, NamedVersion } from "./plan.ts";

/** As `findVersion` takes them. */
export interface AskedVersions {
  /** Default: that of the last look-back, all if it is kept nowhere any more; where there was none, the one before the live one. */
  readonly from?: string;
  /** Default: the live one. */
  readonly to?: string;
  /** Everything listed counts as new. */
  readonly whole?: boolean;
}

/** The index before the change, and the one after it. */
export interface Versions {
  readonly from: OldVersion | null;
  readonly to: IndexManifest;
}

/** An index that was, and its bytes, wherever they are kept. */
export interface OldVersion extends NamedVersion {
  readonly load: () => Promise<Uint8Array>;
}

export interface VersionPlaces {
  readonly store: Pick<IndexStore, "versions" | "load">;
  /** A version that the store keeps no more, by its hash; null where it is nowhere. Rejects with INDEX_CORRUPT for other bytes. */
  readonly archived?: ((version: string) => Promise<Uint8Array | null>) | undefined;
}

/**
 * Between which versions is looked: those that are asked for, else from that of the last look-back to the live one; where there was none,
 * from the one before it; everything where the last one is kept nowhere any more, or was itself to look for everything. Rejects with INDEX_ABSENT and OPTIONS_INVALID.
 */
export async function chosenVersions(
  places: VersionPlaces,
  { from, to, whole = false, last }: AskedVersions & { readonly last: LookBackState | null },
): Promise<Versions> {
  const { store } = places;
  const versions = await store.versions();
  const old = (manifest: IndexManifest): OldVersion => ({ ...named(manifest), load: () => store.load(manifest) });
  const pick = (wanted: string): IndexManifest => {
    const found = findVersion(versions, wanted);
    if (found === null)
      throw new CordonError(
        "OPTIONS_INVALID",
        `"${wanted}" is no version that is kept: cordon lists status tells which are`,
      );
    return found.manifest;
  };
  const live = versions[0]?.manifest;
  if (live === undefined) throw new CordonError("INDEX_ABSENT", "nothing was ever published: start list-sync");
  const chosen = to === undefined ? live : pick(to);
  if (whole) return { from: null, to: chosen };
  if (from !== undefined) return { from: old(pick(from)), to: chosen };
  if (last !== null) {
    // What was not ended goes on from where it began; what was ended is where the next one begins.
    const known = last.finishedAt === null ? last.plan.from : last.plan.to;
    const kept = versions.find(({ manifest }) => manifest.version === known?.version)?.manifest;
    // What came since a version that is kept no more is known to nobody: everything counts as new.
    return { from: kept === undefined ? await fromArchive(known, places) : old(kept), to: chosen };
  }
  const before = versions.find(
    ({ manifest }) => manifest.generation < chosen.generation && manifest.version !== chosen.version,
  );
  if (before === undefined)
    throw new CordonError(
      "OPTIONS_INVALID",
      "there is no version before this one to compare with: give --whole to look for everything that is listed",
    );
  return { from: old(before.manifest), to: chosen };
}

/** Null where it is not, or is something else: then everything is looked for, which finds no less. */
async function fromArchive(known: NamedVersion | null, { archived }: VersionPlaces): Promise<OldVersion | null> {
  if (known === null || archived === undefined) return null;
  try {
    const bytes = await archived(known.version);
    return bytes === null ? null : { ...known, load: async () => Promise.resolve(bytes) };
  } catch (error) {
    if (error instanceof CordonError && error.code === "INDEX_CORRUPT") return null;
    throw error;
  }
}

export function named({ version, generation, createdAt }: NamedVersion): NamedVersion {
  return { version, generation, createdAt };
}
