export { createPage } from "./files/create-page.ts";
export type { PageAnswer, PageRequest, PageServer } from "./files/create-page.ts";
export type { PageSettings } from "./files/page-settings.ts";
