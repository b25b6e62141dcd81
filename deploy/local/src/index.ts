export { spawnLeashed } from "./spawn-leashed.ts";
export type { Leashed, LeashedExit, LeashOptions } from "./spawn-leashed.ts";
export { StackError } from "./stack-error.ts";
export { startStack } from "./stack.ts";
export type { Stack, StackOptions } from "./stack.ts";
export type { ServiceName, Source } from "./service.ts";
