export { type GatewayConfig, gatewayConfig } from "./config.ts";
export type { Ledger } from "./ledger/port.ts";
export { needsOf } from "./needs.ts";
export { type GatewayPorts, runGateway } from "./service.ts";
