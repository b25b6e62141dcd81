export { type DeskConfig, deskConfig } from "./config.ts";
export { migrate } from "./database/migrate.ts";
export { openDatabase } from "./database/connect.ts";
export { deskRoutes } from "./http/routes.ts";
export { openApiOf } from "./http/open-api.ts";
export { type DeskPorts, runDesk } from "./service.ts";
