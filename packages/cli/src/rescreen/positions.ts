import { type HoldReason, holdReasons } from "@cordon/errors";
import type { OffsetRange, TopicPartition } from "@cordon/kafka";

/** What is remembered of an event that waits to be screened again. */
export interface Waiting {
  /** Why it is held; null where no decision says so: a dead letter without a key has none. */
  readonly reason: HoldReason | null;
  /** Of its event id, or of its record's key. */
  readonly idHash: number;
}

/**
 * Places in the event topics, each with what waits there. There may be millions, so one costs a number in a map and its id is
 * not kept: whoever needs it reads the decisions once more.
 */
export interface Positions {
  readonly size: number;
  set(place: TopicPartition, offset: number, waiting: Waiting): void;
  get(place: TopicPartition, offset: number): Waiting | undefined;
  delete(place: TopicPartition, offset: number): void;
  /** Deletes those of which `keep` is false. */
  retain(keep: (waiting: Waiting) => boolean): void;
  /** As ranges to read, in pieces of at most `most` places, so that the ranges need little memory, too. */
  pieces(most: number): Iterable<readonly OffsetRange[]>;
}

const hashes = 2 ** 32;

function pack({ reason, idHash }: Waiting): number {
  return (reason === null ? holdReasons.length : holdReasons.indexOf(reason)) * hashes + idHash;
}

function unpack(packed: number): Waiting {
  return { reason: holdReasons[Math.floor(packed / hashes)] ?? null, idHash: packed % hashes };
}

export function createPositions(): Positions {
  const partitions = new Map<string, { readonly place: TopicPartition; readonly offsets: Map<number, number> }>();
  return {
    get size() {
      return [...partitions.values()].reduce((sum, { offsets }) => sum + offsets.size, 0);
    },
    set(place, offset, waiting) {
      const name = nameOf(place);
      let known = partitions.get(name);
      if (known === undefined) partitions.set(name, (known = { place, offsets: new Map() }));
      known.offsets.set(offset, pack(waiting));
    },
    get(place, offset) {
      const packed = partitions.get(nameOf(place))?.offsets.get(offset);
      return packed === undefined ? undefined : unpack(packed);
    },
    delete(place, offset) {
      partitions.get(nameOf(place))?.offsets.delete(offset);
    },
    retain(keep) {
      for (const { offsets } of partitions.values())
        for (const [offset, packed] of offsets) if (!keep(unpack(packed))) offsets.delete(offset);
    },
    *pieces(most) {
      for (const { place, offsets } of partitions.values()) {
        const sorted = Float64Array.from(offsets.keys()).toSorted();
        for (let from = 0; from < sorted.length; from += most)
          yield rangesOf(place, sorted.subarray(from, from + most));
      }
    },
  };
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic} ${String(partition)}`;
}

/** Neighbours make one range. */
function rangesOf({ topic, partition }: TopicPartition, sorted: Float64Array): readonly OffsetRange[] {
  const ranges: OffsetRange[] = [];
  let from = sorted[0];
  let last = from;
  if (from === undefined || last === undefined) return ranges;
  for (const offset of sorted.subarray(1)) {
    if (offset !== last + 1) {
      ranges.push({ topic, partition, from: BigInt(from), to: BigInt(last) + 1n });
      from = offset;
    }
    last = offset;
  }
  ranges.push({ topic, partition, from: BigInt(from), to: BigInt(last) + 1n });
  return ranges;
}

/** FNV-1a, 32 bits: tells whether the record at a place is the one that was held there, when a topic was made anew. */
export function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(id, "utf8")) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
