export { secondLookConfig } from "./config.ts";
export { runSecondLook, type SecondLookPorts } from "./service.ts";
