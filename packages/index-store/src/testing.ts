export { createMemoryJobStore, type MemoryJobs } from "./testing/memory-job-store.ts";
export {
  createMemoryIndexBackend,
  createMemoryIndexStore,
  type MemoryIndexBackend,
} from "./testing/memory-index-store.ts";
