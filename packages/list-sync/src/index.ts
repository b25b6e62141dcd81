export { type ActDeps, type ActTask, asAct, releases } from "./as-act.ts";
export { type ListSyncConfig, listSyncConfig } from "./config.ts";
export { matchingEngine } from "./engine.ts";
export { type ListSyncPorts, openListSync, type OpenListSync, type OnceTask } from "./open-list-sync.ts";
export { type Ended, onceLimitMs, rollBackOnce, type RollBackTask, syncOnce } from "./once.ts";
export type { Engine, ListSync } from "./sync/list-sync.ts";
export type { EnabledList } from "./sync/look-at-list.ts";
export type { SyncedList, SyncReport } from "./sync-report.ts";
export type { ListFailed, ListImported, ListSyncTelemetry, ListUnchanged } from "./telemetry.ts";
