import { createMemoryJobStore, type MemoryJobs } from "@cordon/index-store/testing";

import { jobStoreConformance } from "./job-store.conformance.ts";

jobStoreConformance("in memory", () => {
  const jobs: MemoryJobs = { texts: new Map(), claims: new Map() };
  let now = 0;
  return {
    open: () => createMemoryJobStore(jobs, () => now),
    pass: async (milliseconds) => {
      now += milliseconds;
      await Promise.resolve();
    },
    dispose: async () => Promise.resolve(),
  };
});
