export { type CanaryConfig, canaryConfig } from "./config.ts";
export { type CanaryPorts } from "./service.ts";
