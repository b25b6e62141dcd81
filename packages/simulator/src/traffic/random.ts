/** A reproducible source of choices: the same seed gives the same sequence on every machine. Not for secrets. */
export interface Random {
  /** An integer in [0, bound). */
  below(bound: number): number;
  /** True with probability `1 / every`. */
  oneIn(every: number): boolean;
  /** One item of a list that is not empty. */
  pick<T>(items: readonly T[]): T;
}

/** Spreads the bits of a 32-bit integer, so that neighbouring inputs give unrelated outputs. */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** The hash of a seed and the number of an event or block: each gets a sequence of its own. */
export function mixWith(seed: number, number: number): number {
  return mix(mix(seed) ^ Math.imul(number + 1, 0x9e3779b1));
}

/** A counter run through `mix` (the construction of SplitMix): enough for traffic, and cheap to start. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  function next(): number {
    state = (state + 0x9e3779b9) | 0;
    return mix(state);
  }
  return {
    below: (bound) => Math.floor((next() / 0x1_0000_0000) * bound),
    oneIn(every) {
      return this.below(every) === 0;
    },
    pick(items) {
      const item = items[this.below(items.length)];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
  };
}
