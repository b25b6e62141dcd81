import type { JobStore } from "../jobs/job-store.ts";

/** What several stores in memory share. */
export interface MemoryJobs {
  readonly texts: Map<string, string>;
  readonly claims: Map<string, { readonly holder: string; readonly until: number }>;
}

/** For tests, and for work that need not outlive its process. */
export function createMemoryJobStore(
  jobs: MemoryJobs = { texts: new Map(), claims: new Map() },
  now: () => number = Date.now,
): JobStore {
  const holds = (job: string, holder: string): boolean => {
    const claim = jobs.claims.get(job);
    return claim !== undefined && claim.holder === holder && claim.until > now();
  };
  return {
    read: async (job) => Promise.resolve(jobs.texts.get(job) ?? null),
    async claim(job, holder, ttlMs) {
      await Promise.resolve();
      const claim = jobs.claims.get(job);
      if (claim !== undefined && claim.holder !== holder && claim.until > now()) return false;
      jobs.claims.set(job, { holder, until: now() + ttlMs });
      return true;
    },
    async renew(job, holder, ttlMs) {
      await Promise.resolve();
      if (!holds(job, holder)) return false;
      jobs.claims.set(job, { holder, until: now() + ttlMs });
      return true;
    },
    async save(job, holder, text) {
      await Promise.resolve();
      if (!holds(job, holder)) return false;
      jobs.texts.set(job, text);
      return true;
    },
    async release(job, holder) {
      await Promise.resolve();
      if (holds(job, holder)) jobs.claims.delete(job);
    },
    close: async () => Promise.resolve(),
  };
}
