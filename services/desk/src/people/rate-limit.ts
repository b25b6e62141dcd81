/** Says whether one more may pass; a bucket fills at a steady rate. Bounded: the longest unused are forgotten. */
export function createRateLimit({ perSecond, burst }: { readonly perSecond: number; readonly burst: number }, clock: () => number) {
  const buckets = new Map<string, { left: number; at: number }>();
  return (key: string): boolean => {
    const now = clock();
    const { left, at } = buckets.get(key) ?? { left: burst, at: now };
    buckets.delete(key);
    const filled = Math.min(burst, left + (Math.max(0, now - at) / 1000) * perSecond);
    const passes = filled >= 1;
    buckets.set(key, { left: passes ? filled - 1 : filled, at: now });
    if (buckets.size > 10_000) buckets.delete(buckets.keys().next().value ?? "");
    return passes;
  };
}
