/** How often each kind of thing was met. Kinds are names of ours or of the publisher's structure, never cell values. */
export type Counts = Readonly<Record<string, number>>;

export interface Tally {
  readonly count: (kind: string, by?: number) => void;
  /** The counts so far, sorted by kind. */
  readonly counts: () => Counts;
}

/** Kinds can come from the file (element and column names), so their number is bounded. */
const maxKinds = 200;

/** An empty tally. Past 200 kinds, further new ones are counted together as `other`. */
export function createTally(): Tally {
  const byKind = new Map<string, number>();
  return {
    count: (kind, by = 1) => {
      const key = byKind.has(kind) || byKind.size < maxKinds ? kind : "other";
      byKind.set(key, (byKind.get(key) ?? 0) + by);
    },
    counts: () => Object.fromEntries([...byKind].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}
