/** Says whether one more may pass; what passed fills up again at a steady rate. Bounded: the longest unused are forgotten. */
export interface RateLimit {
  /** Takes one, if there is one. */
  passes(key: string): boolean;
  /** Whether there is one, without taking it. */
  hasRoom(key: string): boolean;
}

export function createRateLimit(
  { perSecond, burst }: { readonly perSecond: number; readonly burst: number },
  clock: () => number,
): RateLimit {
  const buckets = new Map<string, { readonly left: number; readonly at: number }>();
  const filled = (key: string): number => {
    const { left, at } = buckets.get(key) ?? { left: burst, at: clock() };
    return Math.min(burst, left + (Math.max(0, clock() - at) / 1000) * perSecond);
  };
  return {
    hasRoom: (key) => filled(key) >= 1,
    passes(key) {
      const left = filled(key);
      const passed = left >= 1;
      buckets.delete(key);
      buckets.set(key, { left: passed ? left - 1 : left, at: clock() });
      if (buckets.size > 10_000) buckets.delete(buckets.keys().next().value ?? "");
      return passed;
    },
  };
}
