/** Small integers kept for runs of bytes, compared in full. Bounded: what was not asked for in a while is forgotten. */
export interface RecentBytes {
  /** The integer kept for the bytes from `start` to `end`, or `NOTHING_KEPT`. */
  get(bytes: DataView, start: number, end: number): number;
  /** Keeps it, unless the run is too long. Not below zero, save -1. */
  keep(bytes: DataView, start: number, end: number, integer: number): void;
}

export const NOTHING_KEPT = -2;

interface Half {
  count: number;
  /** Entry + 1 by hash, probed one after the other; 0 is free. At most half full. */
  readonly cells: Int32Array;
  readonly hashes: Int32Array;
  readonly integers: Int32Array;
  /** Entry e is `arena[starts[e] .. starts[e + 1])`. */
  readonly starts: Int32Array;
  arena: DataView<ArrayBuffer>;
}

/**
 * Keeps between `most / 2` and `most` runs of up to `longest` bytes in two halves: when the young half is full it becomes the
 * old one, and what is asked for again moves to the young one. A table of bytes, because making a string of each run and
 * finding it in a `Map` costs three times as much, and the runs of a stream are compared millions of times.
 */
export function createRecentBytes(most: number, longest: number): RecentBytes {
  const size = Math.max(1, most >>> 1);
  let young = newHalf(size);
  let old = newHalf(size);

  function add(
    bytes: DataView,
    start: number,
    end: number,
    { hash, integer }: { hash: number; integer: number },
  ): void {
    if (young.count === size) {
      const spare = old;
      old = young;
      young = spare;
      young.cells.fill(0);
      young.count = 0;
    }
    const entry = young.count++;
    const at = young.starts[entry]!;
    const length = end - start;
    if (at + length > young.arena.byteLength) young.arena = larger(young.arena, at + length);
    copy(bytes, start, young.arena, at, length);
    young.starts[entry + 1] = at + length;
    young.hashes[entry] = hash;
    young.integers[entry] = integer;
    place(young, entry, hash);
  }

  return {
    get(bytes, start, end) {
      const hash = hashOf(bytes, start, end);
      const entry = find(young, bytes, { start, end, hash });
      if (entry >= 0) return young.integers[entry]!;
      const older = find(old, bytes, { start, end, hash });
      if (older < 0) return NOTHING_KEPT;
      const integer = old.integers[older]!;
      add(bytes, start, end, { hash, integer });
      return integer;
    },
    keep(bytes, start, end, integer) {
      if (end - start <= longest) add(bytes, start, end, { hash: hashOf(bytes, start, end), integer });
    },
  };
}

function newHalf(size: number): Half {
  return {
    count: 0,
    cells: new Int32Array(2 ** Math.ceil(Math.log2(size * 2))),
    hashes: new Int32Array(size),
    integers: new Int32Array(size),
    starts: new Int32Array(size + 1),
    arena: new DataView(new ArrayBuffer(1024)),
  };
}

/** Four bytes a step; the rest one by one. Any hash would do: equal hashes are compared byte for byte. */
function hashOf(bytes: DataView, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ bytes.getInt32(at, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ bytes.getUint8(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
  return hash ^ (hash >>> 16);
}

/** The entry of these bytes, or -1. */
function find(
  { cells, hashes, starts, arena }: Half,
  bytes: DataView,
  { start, end, hash }: { readonly start: number; readonly end: number; readonly hash: number },
): number {
  const mask = cells.length - 1;
  for (let cell = hash & mask; ; cell = (cell + 1) & mask) {
    const entry = cells[cell]! - 1;
    if (entry < 0) return -1;
    if (hashes[entry] !== hash) continue;
    const at = starts[entry]!;
    if (starts[entry + 1]! - at === end - start && same(bytes, start, arena, at, end - start)) return entry;
  }
}

function place({ cells }: Half, entry: number, hash: number): void {
  const mask = cells.length - 1;
  let cell = hash & mask;
  while (cells[cell] !== 0) cell = (cell + 1) & mask;
  cells[cell] = entry + 1;
}

function same(a: DataView, aStart: number, b: DataView, bStart: number, length: number): boolean {
  let i = 0;
  for (; i + 4 <= length; i += 4) if (a.getInt32(aStart + i) !== b.getInt32(bStart + i)) return false;
  for (; i < length; i++) if (a.getUint8(aStart + i) !== b.getUint8(bStart + i)) return false;
  return true;
}

function copy(from: DataView, start: number, to: DataView, at: number, length: number): void {
  let i = 0;
  for (; i + 4 <= length; i += 4) to.setInt32(at + i, from.getInt32(start + i));
  for (; i < length; i++) to.setUint8(at + i, from.getUint8(start + i));
}

function larger(arena: DataView<ArrayBuffer>, least: number): DataView<ArrayBuffer> {
  const bytes = new Uint8Array(Math.max(least, arena.byteLength * 2));
  bytes.set(new Uint8Array(arena.buffer));
  return new DataView(bytes.buffer);
}
