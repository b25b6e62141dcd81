/** A set of numbers below eight times its length, a bit each. */
export type Bits = Uint8Array;

export function addBit(bits: Bits, at: number): void {
  bits[at >>> 3]! |= 1 << (at & 7);
}

export function hasBit(bits: Bits, at: number): boolean {
  return (bits[at >>> 3]! & (1 << (at & 7))) !== 0;
}
