/**
 * Counts durations in buckets that grow by 4 %, so that any percentile is right to 4 % in a fixed 4 kB, however many
 * are counted. Durations are milliseconds; below 1/8 ms counts as 1/8, beyond the last bucket (days) as the last.
 */
export interface LatencyHistogram {
  add(milliseconds: number): void;
  merge(other: LatencyHistogram): void;
  clear(): void;
  count(): number;
  /** The duration that `percent` of all counted do not exceed, or null while nothing is counted. */
  percentile(percent: number): number | null;
  /** Cells by bucket, to merge. */
  readonly cells: Readonly<Uint32Array>;
}

const growth = Math.log(1.04);
const least = 1 / 8;
const buckets = 1024;

/** The upper edge of a bucket in milliseconds: a percentile is never told smaller than it is. */
function edge(bucket: number): number {
  return least * Math.exp(bucket * growth);
}

export function latencyHistogram(): LatencyHistogram {
  const cells = new Uint32Array(buckets);
  let total = 0;
  return {
    cells,
    add(milliseconds) {
      const bucket = milliseconds > least ? Math.ceil(Math.log(milliseconds / least) / growth) : 0;
      const at = Math.min(bucket, buckets - 1);
      cells[at] = (cells[at] ?? 0) + 1;
      total += 1;
    },
    merge(other) {
      for (const [bucket, count] of other.cells.entries()) cells[bucket] = (cells[bucket] ?? 0) + count;
      total += other.count();
    },
    clear() {
      cells.fill(0);
      total = 0;
    },
    count: () => total,
    percentile(percent) {
      if (total === 0) return null;
      let left = Math.ceil((percent / 100) * total);
      for (const [bucket, count] of cells.entries()) {
        left -= count;
        if (left <= 0) return edge(bucket);
      }
      return edge(buckets - 1);
    },
  };
}
