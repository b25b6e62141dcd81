/**
 * A read-only map from 32-bit hashes to ids, in two arrays: bucket b (the hash's top bits) holds
 * `entries[starts[b] .. starts[b + 1])`, each an id (24 bits) above 8 low bits of the hash. Hashes that agree in those
 * bits share a lookup: a lookup may give too much, never too little.
 */
export interface Buckets {
  readonly starts: Uint32Array;
  readonly entries: Uint32Array;
}

/** Pairs of hash and id, growing as they are added. */
export interface BucketBuilder {
  add(hash: number, id: number): void;
  build(): Buckets;
}

/** Ids must be below this. */
export const MOST_IDS = 1 << 24;

export function bucketBuilder(): BucketBuilder {
  let hashes = new Uint32Array(1024);
  let ids = new Uint32Array(1024);
  let count = 0;
  return {
    add(hash, id): void {
      if (count === hashes.length) {
        hashes = grown(hashes);
        ids = grown(ids);
      }
      hashes[count] = hash;
      ids[count] = id;
      count++;
    },
    build(): Buckets {
      // Two to four entries each; at least two buckets, so that the shift stays below 32.
      const bits = Math.max(1, Math.ceil(Math.log2(count + 1)) - 2);
      const starts = new Uint32Array(2 ** bits + 1);
      for (let i = 0; i < count; i++) starts[(hashes[i]! >>> (32 - bits)) + 1]!++;
      for (let b = 1; b < starts.length; b++) starts[b]! += starts[b - 1]!;
      const entries = new Uint32Array(count);
      const next = starts.slice();
      for (let i = 0; i < count; i++) {
        const bucket = hashes[i]! >>> (32 - bits);
        entries[next[bucket]!++] = ((ids[i]! << 8) | (hashes[i]! & 0xff)) >>> 0;
      }
      return { starts, entries };
    },
  };
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Calls `found` with the id of every entry whose kept bits equal those of `hash`, repeats included. */
export function lookUp({ starts, entries }: Buckets, hash: number, found: (id: number) => void): void {
  const bits = 31 - Math.clz32(starts.length - 1);
  const bucket = hash >>> (32 - bits);
  const end = starts[bucket + 1]!;
  const fingerprint = hash & 0xff;
  for (let at = starts[bucket]!; at < end; at++) {
    const entry = entries[at]!;
    if ((entry & 0xff) === fingerprint) found(entry >>> 8);
  }
}

/** Whether `lookUp` would find anything. */
export function hasAny({ starts, entries }: Buckets, hash: number): boolean {
  const bits = 31 - Math.clz32(starts.length - 1);
  const bucket = hash >>> (32 - bits);
  const end = starts[bucket + 1]!;
  for (let at = starts[bucket]!; at < end; at++) if (((entries[at]! ^ hash) & 0xff) === 0) return true;
  return false;
}

/**
 * Two bytes a bucket: bit b is set if it has an entry whose hash ends in the four bits b. Says of most hashes that were
 * never added that they were not, and stays near the processor when the buckets do not.
 */
export function bitFilter({ starts, entries }: Buckets): Uint16Array {
  const bits = new Uint16Array(starts.length - 1);
  for (let bucket = 0; bucket < bits.length; bucket++) {
    for (let at = starts[bucket]!; at < starts[bucket + 1]!; at++) bits[bucket]! |= 1 << (entries[at]! & FILTERED);
  }
  return bits;
}

/** The bits of a hash that a filter tells apart. */
export const FILTERED = 15;
