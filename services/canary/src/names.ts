import { CordonError } from "@cordon/errors";
import type { IndexStore } from "@cordon/platform";
import type { Designation } from "@cordon/screening";

import { type KnownBad, knownBadNames } from "./known-bad.ts";

/** The listed names of the live index. */
export interface Names {
  /** Throws INDEX_ABSENT, REDIS_UNAVAILABLE or what opening an index throws; the last names stay. */
  refresh(): Promise<void>;
  readonly current: ReadonlyMap<string, readonly KnownBad[]>;
}

export interface NamesOptions {
  readonly store: Pick<IndexStore, "current" | "load">;
  /** The designations of an index. */
  readonly open: (snapshot: Uint8Array) => Iterable<Designation>;
  readonly onTaken: (event: { readonly generation: number; readonly names: number }) => void;
}

/** Takes the names anew when the live index is another one. Only the names are kept, not the index. */
export function createNames({ store, open, onTaken }: NamesOptions): Names {
  let version: string | null = null;
  let current: ReadonlyMap<string, readonly KnownBad[]> = new Map();
  return {
    get current() {
      return current;
    },
    async refresh() {
      const manifest = await store.current();
      if (manifest === null) throw new CordonError("INDEX_ABSENT", "there is no index to take known-bad names from");
      if (manifest.version === version) return;
      current = knownBadNames(open(await store.load(manifest)));
      version = manifest.version;
      const names = [...current.values()].reduce((sum, list) => sum + list.length, 0);
      onTaken({ generation: manifest.generation, names });
    },
  };
}
