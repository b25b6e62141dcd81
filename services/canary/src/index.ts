export { type CanaryConfig, canaryConfig } from "./config.ts";
export { type CanaryPorts, runCanary } from "./service.ts";
