export { type CanaryConfig, canaryConfig } from "./config.ts";
export { needsOf } from "./needs.ts";
export { type CanaryPorts } from "./service.ts";
