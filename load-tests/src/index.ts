export { type ListUnion, listUnions } from "./lists/list-unions.ts";
export { markdownTable } from "./markdown-table.ts";
