export { listsWith } from "./lists.ts";
export type { ListsPorts } from "./lists/store.ts";
export type { Syncing } from "./lists/syncing.ts";
export { readRequest, reportOn, type RescreenRequest } from "./rescreen.ts";
export type { RescreenPorts } from "./rescreen/rescreen-with.ts";
export { run } from "./run.ts";
export type { Terminal } from "./terminal.ts";
export { lookBackOn, type LookBackRequest, readLookBackRequest } from "./look-back.ts";
