export { type ScreenerConfig, screenerConfig } from "./config.ts";
export { type Engine, runScreener, type ScreenerPorts } from "./service.ts";
