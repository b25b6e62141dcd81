const seed = 0x97_47_b2_8c;
const multiplier = 0x5b_d1_e9_95;

/**
 * The 32-bit hash by which Kafka's Java client chooses a partition (`org.apache.kafka.common.utils.Utils.murmur2`, an
 * Austin Appleby MurmurHash2 with Kafka's seed). Tested against kafkajs' own, which is exact too but counts in BigInt:
 * 6 µs for a key of 32 bytes, nearly half of what sending a record costs.
 */
export function murmur2(data: Uint8Array): number {
  const { length } = data;
  const whole = length & ~3;
  let hash = seed ^ length;
  for (let at = 0; at < whole; at += 4) {
    let word = (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8) | ((data[at + 2] ?? 0) << 16) | ((data[at + 3] ?? 0) << 24);
    word = Math.imul(word, multiplier);
    word ^= word >>> 24;
    hash = Math.imul(hash, multiplier) ^ Math.imul(word, multiplier);
  }
  if (whole < length) {
    for (let at = length - 1; at >= whole; at -= 1) hash ^= (data[at] ?? 0) << (8 * (at - whole));
    hash = Math.imul(hash, multiplier);
  }
  hash ^= hash >>> 13;
  hash = Math.imul(hash, multiplier);
  return hash ^ (hash >>> 15);
}

/** The partition of a key, as every Kafka client with Java's default partitioner computes it. */
export function partitionOfKey(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7f_ff_ff_ff) % partitions;
}
