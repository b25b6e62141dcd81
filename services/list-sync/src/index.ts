export { type ListSyncConfig, listSyncConfig } from "./config.ts";
export { type ListSyncPorts, runListSync, type RunOptions } from "./service.ts";
export type { Engine } from "./sync/list-sync.ts";
