export { createPage } from "./files/create-page.ts";
export type { PageAnswer, PageRequest, PageServer, PageSettings } from "./files/create-page.ts";
