export { type DeskConfig, deskConfig } from "./config.ts";
export { openDatabase } from "./database/connect.ts";
export { deskRoutes } from "./http/routes.ts";
export { needsOf } from "./needs.ts";
export { type DeskPorts, runDesk } from "./service.ts";
