export { secondLookConfig } from "./config.ts";
export { needsOf } from "./needs.ts";
export { runSecondLook, type SecondLookPorts } from "./service.ts";
