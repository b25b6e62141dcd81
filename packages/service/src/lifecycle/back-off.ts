export interface BackOff {
  /** Milliseconds behind the first failure; doubled each time, up to `mostMs`. */
  readonly firstMs: number;
  readonly mostMs: number;
}

/** Doubled more often than this, any first pause is beyond any `mostMs`. */
const MOST_DOUBLINGS = 16;

/**
 * Milliseconds to wait behind so many failures in a row, 1 for the first: between a half of the pause and all of it, so that those who
 * failed together do not come back together. `chance`: 0..1.
 */
export function backOffMs(failures: number, { firstMs, mostMs }: BackOff, chance: number = Math.random()): number {
  const doublings = Math.min(Math.max(0, failures - 1), MOST_DOUBLINGS);
  return Math.min(firstMs * 2 ** doublings, mostMs) * (0.5 + chance / 2);
}
