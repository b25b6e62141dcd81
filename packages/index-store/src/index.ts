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
export { archiveConfig, archiveOf } from "./archive/archive-config.ts";
export { createFolderPlace } from "./archive/folder-place.ts";
export { type ArchivePlace, archiveVersions, createIndexArchive, type IndexArchive } from "./archive/index-archive.ts";
export { createS3Place, type S3PlaceOptions } from "./archive/s3-place.ts";
export type { JobStore } from "./jobs/job-store.ts";
export { createRedisJobStore, type RedisJobStoreOptions } from "./jobs/redis-job-store.ts";
export { publisherConflict, publisherOf, settingsDiffering } from "./publisher.ts";
export { connectRedis, type RedisAddress, type RedisConnection } from "./redis-connection.ts";
export { isAhead } from "./time-ahead.ts";
export { createRedisIndexStore, type RedisIndexStoreOptions } from "./redis-index-store.ts";
export type { GoodGuyStore } from "./good-guys/good-guy-store.ts";
export { createRedisGoodGuyStore, type RedisGoodGuyStoreOptions } from "./good-guys/redis-good-guy-store.ts";
export {
  decodeGoodGuys,
  encodeGoodGuys,
  type GoodGuysDocument,
  type GoodGuysFault,
  openGoodGuysDocument,
  type PublishedGoodGuy,
  signGoodGuys,
} from "./good-guys/signed-set.ts";
