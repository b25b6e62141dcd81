/** Small integers kept for runs of bytes, compared in full. Bounded: what was not asked for in a while is forgotten. */
export interface RecentBytes {
  /** The integer kept for the bytes from `start` to `end`, or `NOTHING_KEPT`. */
  get(bytes: DataView, start: number, end: number): number;
  /** Of what `get` found last: in which age it was kept. */
  keptAt(): number;
  /** Keeps it in the place of what was kept before, unless that is of a later age, or the run is too long. Asked for with `get` before. */
  keep(bytes: DataView, start: number, end: number, integer: number, age?: number): void;
}

/** No integer that is kept. */
export const NOTHING_KEPT = -2;

interface Half {
  count: number;
  /** Of each cell the hash and the place of the entry + 1, which is 0 where the cell is free. Probed one after the other; at most half full. */
  readonly cells: Int32Array;
  /** Entries one behind the other, each a head and its bytes: side by side, for memory is what this waits for. */
  arena: DataView<ArrayBuffer>;
  /** Where the last entry ends. */
  end: number;
}

const CELL = 2;
/** Of an entry how many bytes it has, its integer and its age, four bytes each; then the bytes. */
const INTEGER = 4;
const AGE = 8;
const HEAD = 12;
/** Bytes that an entry takes, reckoned generously: a half of longer ones is full before it has its number. */
const ROOM = 512;
/** Places in an arena are integers of 32 bits. */
const MOST_ROOM = 2 ** 30;

/**
 * Keeps between `most / 2` and `most` runs of up to `longest` bytes, fewer where they are long, in two halves: when the young half is full
 * it becomes the old one, and what is asked for again moves to the young one. A table of bytes, because making a string of each run and
 * finding it in a `Map` costs several times as much, and the parts of a stream are looked up millions of times.
 */
export function createRecentBytes(most: number, longest: number): RecentBytes {
  const size = Math.max(1, most >>> 1);
  const room = Math.max(HEAD + longest, Math.min(size * ROOM, MOST_ROOM));
  let young = newHalf(size);
  let old = newHalf(size);
  let foundAge = 0;

  function add(bytes: DataView, start: number, end: number, { hash, integer, age }: Kept): void {
    const length = end - start;
    if (young.count === size || young.end + HEAD + length > room) {
      const spare = old;
      old = young;
      young = spare;
      young.cells.fill(0);
      young.count = 0;
      young.end = 0;
    }
    const at = young.end;
    young.end += HEAD + length;
    young.count++;
    if (young.end > young.arena.byteLength) young.arena = larger(young.arena, young.end);
    const { arena } = young;
    arena.setInt32(at, length);
    arena.setInt32(at + INTEGER, integer);
    arena.setInt32(at + AGE, age);
    copy(bytes, start, arena, at + HEAD, length);
    place(young.cells, hash, at);
  }

  return {
    get(bytes, start, end) {
      const hash = hashOf(bytes, start, end);
      const entry = find(young, bytes, start, end, hash);
      if (entry >= 0) {
        foundAge = young.arena.getInt32(entry + AGE);
        return young.arena.getInt32(entry + INTEGER);
      }
      const older = find(old, bytes, start, end, hash);
      if (older < 0) return NOTHING_KEPT;
      const integer = old.arena.getInt32(older + INTEGER);
      foundAge = old.arena.getInt32(older + AGE);
      add(bytes, start, end, { hash, integer, age: foundAge });
      return integer;
    },
    keptAt: () => foundAge,
    keep(bytes, start, end, integer, age = 0) {
      if (end - start > longest) return;
      const hash = hashOf(bytes, start, end);
      const entry = find(young, bytes, start, end, hash);
      if (entry < 0) {
        // One in the old half is not found any more, for the young one is looked through first.
        add(bytes, start, end, { hash, integer, age });
        return;
      }
      // Who began under an earlier index knows nothing better.
      if (age < young.arena.getInt32(entry + AGE)) return;
      young.arena.setInt32(entry + INTEGER, integer);
      young.arena.setInt32(entry + AGE, age);
    },
  };
}

interface Kept {
  readonly hash: number;
  readonly integer: number;
  readonly age: number;
}

function newHalf(size: number): Half {
  return {
    count: 0,
    cells: new Int32Array(CELL * 2 ** Math.ceil(Math.log2(size * 2))),
    arena: new DataView(new ArrayBuffer(1024)),
    end: 0,
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

/** Where the entry of these bytes begins, or -1. Hot: a parameter each, for an object would cost as much. */
function find({ cells, arena }: Half, bytes: DataView, start: number, end: number, hash: number): number {
  const mask = cells.length - 1;
  for (let cell = (hash * CELL) & mask; ; cell = (cell + CELL) & mask) {
    const at = cells[cell + 1]! - 1;
    if (at < 0) return -1;
    if (cells[cell] !== hash || arena.getInt32(at) !== end - start) continue;
    if (same(bytes, start, arena, at + HEAD, end - start)) return at;
  }
}

function place(cells: Int32Array, hash: number, at: number): void {
  const mask = cells.length - 1;
  let cell = (hash * CELL) & mask;
  while (cells[cell + 1] !== 0) cell = (cell + CELL) & mask;
  cells[cell] = hash;
  cells[cell + 1] = at + 1;
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
