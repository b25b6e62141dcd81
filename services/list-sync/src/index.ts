export { runListSync, type RunOptions, runRollBack } from "./service.ts";
