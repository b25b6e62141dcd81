import type { OffsetRange, TopicPartition } from "./port.ts";

/** How far the ranges of one partition have been read. */
export interface RangeCursor {
  /** The next offset to read; `null` when every range was read to its end. */
  next(): bigint | null;
  /** Whether the record at that offset is to be read. Offsets are asked for in ascending order. */
  wants(offset: bigint): boolean;
  /** Nothing before that offset is to be read any more. */
  advance(to: bigint): void;
}

export function createRangeCursor(ranges: readonly Omit<OffsetRange, keyof TopicPartition>[]): RangeCursor {
  const sorted = ranges.filter(({ from, to }) => from < to).toSorted((a, b) => compare(a.from, b.from));
  // Invariant: `sorted[at]` is the first range that ends after `seen`.
  let at = 0;
  let seen = 0n;
  const skipTo = (offset: bigint): void => {
    for (let range = sorted[at]; range !== undefined && range.to <= offset; range = sorted[at]) at += 1;
  };
  return {
    next() {
      const range = sorted[at];
      return range === undefined ? null : larger(range.from, seen);
    },
    wants(offset) {
      if (offset < seen) return false;
      skipTo(offset);
      const range = sorted[at];
      return range !== undefined && range.from <= offset;
    },
    advance(to) {
      seen = larger(seen, to);
      skipTo(seen);
    },
  };
}

/** One cursor for each partition, under its name. */
export function cursorsOf(ranges: readonly OffsetRange[]): ReadonlyMap<string, RangeCursor> {
  const byPartition = Map.groupBy(ranges, partitionName);
  return new Map([...byPartition].map(([name, of]) => [name, createRangeCursor(of)]));
}

/** Whether every range was read to its end. */
export function isDone(cursors: ReadonlyMap<string, RangeCursor>): boolean {
  return [...cursors.values()].every((cursor) => cursor.next() === null);
}

/** What the topics of the ranges hold, by a look at one. */
export async function keptOf(
  ranges: readonly OffsetRange[],
  extentOf: (topic: string) => Promise<readonly OffsetRange[]>,
): Promise<readonly OffsetRange[]> {
  const extents: OffsetRange[] = [];
  for (const topic of new Set(ranges.map((range) => range.topic))) extents.push(...(await extentOf(topic)));
  return extents;
}

/** The parts of the ranges that are kept. */
export function keptParts(ranges: readonly OffsetRange[], kept: readonly OffsetRange[]): readonly OffsetRange[] {
  const extents = new Map(kept.map((extent) => [partitionName(extent), extent]));
  return ranges.flatMap((range) => {
    const extent = extents.get(partitionName(range));
    if (extent === undefined) return [];
    return [{ ...range, from: larger(range.from, extent.from), to: range.to < extent.to ? range.to : extent.to }];
  });
}

export function partitionName({ topic, partition }: TopicPartition): string {
  return `${topic} ${String(partition)}`;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}

export function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
