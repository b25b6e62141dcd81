export {
  createMemoryIndexBackend,
  createMemoryIndexStore,
  type MemoryIndexBackend,
} from "./testing/memory-index-store.ts";
