export { listsWith } from "./lists.ts";
export type { ListsPorts } from "./lists/store.ts";
export { run } from "./run.ts";
export type { Terminal } from "./terminal.ts";
