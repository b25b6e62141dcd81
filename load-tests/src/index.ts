export { type ListUnion, listUnions } from "./lists/list-unions.ts";
