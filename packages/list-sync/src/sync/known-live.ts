import { type IndexManifest, listsLacking } from "@cordon/index-store";

/** What is known to have been live last, also after the store forgot it. */
export interface KnownLive {
  /** What is live in the store, as far as is known. */
  readonly manifest: IndexManifest | null;
  /**
   * Takes what is live in the store now. `lost` where that is older than what was live, or nothing: the store was emptied,
   * or another one took its place that had not got everything.
   */
  take(manifest: IndexManifest | null): "same" | "newer" | "lost";
  /** Lists that must be in the next version, and are not in `lists`. */
  lacking(lists: IndexManifest["lists"], released: readonly string[]): readonly string[];
  /** Lists that somebody let go by name. */
  readonly released: readonly string[];
  /** How many designations of a list were live last; null: none. */
  entriesOf(list: string): number | null;
}

export function createKnownLive(): KnownLive {
  let manifest: IndexManifest | null = null;
  let last: IndexManifest | null = null;
  let released: readonly string[] = [];

  return {
    get manifest() {
      return manifest;
    },
    get released() {
      return released;
    },
    take(next) {
      const known = last;
      manifest = next;
      if (next === null) return known === null ? "same" : "lost";
      if (known?.generation === next.generation && known.version === next.version) return "same";
      if (known !== null && next.generation < known.generation && next.createdAt <= known.createdAt) {
        released = [...new Set([...released, ...(next.released ?? [])])];
        return "lost";
      }
      last = next;
      released = next.released ?? [];
      return "newer";
    },
    lacking(lists, more) {
      if (last === null) return [];
      return listsLacking(last, { lists, released: [...released, ...more] });
    },
    entriesOf: (list) => last?.lists.find((one) => one.list === list)?.entries ?? null,
  };
}
