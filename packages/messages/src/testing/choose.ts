/** What a grammar draws: the same seed gives the same message. */
export interface Choice {
  /** Whether something is there that may be absent. */
  maybe(): boolean;
  one<T>(of: readonly [T, ...T[]]): T;
  /** A number that differs from those before it. */
  next(): number;
}

/** Everything is there. */
export function wholeChoice(): Choice {
  let count = 0;
  return { maybe: () => true, one: ([first]) => first, next: () => ++count };
}

/** Draws by `random`, which gives numbers from 0 to less than 1. */
export function randomChoice(random: () => number, chance = 0.5): Choice {
  let count = 0;
  return {
    maybe: () => random() < chance,
    one: (of) => of[Math.floor(random() * of.length)] ?? of[0],
    next: () => ++count,
  };
}

/** Mulberry32: for tests, not for secrets. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
