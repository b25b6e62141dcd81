import { CordonError } from "@cordon/errors";
import type { IndexStore } from "@cordon/index-store";
import type { Designation } from "@cordon/matching";

import { type KnownBad, knownBadNames } from "./known-bad.ts";

/** The listed names of the live index. */
export interface Names {
  /** Throws INDEX_ABSENT, REDIS_UNAVAILABLE or what opening an index throws; the last names stay. */
  refresh(): Promise<void>;
  /** Of a list that is absent now the names that it had: who asks for them learns whether screeners still find them. */
  readonly current: ReadonlyMap<string, readonly KnownBad[]>;
  /** Lists that must be in the index and have no name in it: those told, and those seen before that nobody released. */
  readonly absent: readonly string[];
}

export interface NamesOptions {
  readonly store: Pick<IndexStore, "current" | "load">;
  /** The designations of an index. */
  readonly open: (snapshot: Uint8Array) => Iterable<Designation>;
  /** Lists that must be there, whatever the first index has. */
  readonly expected: readonly string[];
  readonly onTaken: (event: { readonly generation: number; readonly names: number }) => void;
}

/** Takes the names anew when the live index is another one. Only the names are kept, not the index. */
export function createNames({ store, open, expected, onTaken }: NamesOptions): Names {
  let generation: string | null = null;
  let live: ReadonlyMap<string, readonly KnownBad[]> = new Map();
  let current = live;
  let seen: ReadonlySet<string> = new Set(expected);
  return {
    get current() {
      return current;
    },
    get absent() {
      return [...seen].filter((list) => !live.has(list)).toSorted();
    },
    async refresh() {
      const manifest = await store.current();
      if (manifest === null) throw new CordonError("INDEX_ABSENT", "there is no index to take known-bad names from");
      const { version, lists, released = [] } = manifest;
      const now = `${String(manifest.generation)} ${version}`;
      if (now === generation) return;
      live = knownBadNames(open(await store.load(manifest)));
      generation = now;
      const there = [...seen, ...lists.map(({ list }) => list), ...live.keys()];
      seen = new Set([...there.filter((list) => !released.includes(list)), ...expected]);
      const remembered = [...current].filter(([list]) => seen.has(list));
      current = new Map([...remembered, ...live]);
      const names = [...live.values()].reduce((sum, list) => sum + list.length, 0);
      onTaken({ generation: manifest.generation, names });
    },
  };
}
