export { findVersion } from "./find-version.ts";
export { lacksLists, listsLacking, releasedWith } from "./lists-lacking.ts";
export type {
  IndexManifest,
  IndexStore,
  KeptVersion,
  ListFault,
  ListState,
  Publisher,
  PublishRequest,
  RollBackRequest,
  StoreDanger,
  StoreSurvey,
} from "./port.ts";
export type { JobStore } from "./jobs/job-store.ts";
export { createRedisJobStore, type RedisJobStoreOptions } from "./jobs/redis-job-store.ts";
export { publisherConflict, publisherOf, settingsDiffering } from "./publisher.ts";
export { isAhead } from "./time-ahead.ts";
export { createRedisIndexStore, type RedisIndexStoreOptions } from "./redis-index-store.ts";
