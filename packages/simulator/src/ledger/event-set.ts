/** A set of event numbers that costs one bit each: it may run for days. */
export interface EventSet {
  /** False when it was there already. */
  add(number: number): boolean;
  has(number: number): boolean;
}

export function eventSet(): EventSet {
  let bits = new Uint8Array(1024);
  return {
    add(number) {
      const at = number >>> 3;
      if (at >= bits.length) {
        const longer = new Uint8Array(Math.max(at + 1, bits.length * 2));
        longer.set(bits);
        bits = longer;
      }
      const before = bits[at] ?? 0;
      const bit = 1 << (number & 7);
      bits[at] = before | bit;
      return (before & bit) === 0;
    },
    has: (number) => ((bits[number >>> 3] ?? 0) & (1 << (number & 7))) !== 0,
  };
}
