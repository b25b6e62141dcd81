import type { ListSource } from "../list-source.ts";
import { parseOwnList } from "./parse.ts";

export const ownSource: ListSource = {
  list: "own",
  title: "firm's own list",
  url: null,
  onByDefault: false,
  formats: "CSV or JSON, see docs/specs/own-list.md",
  parse: parseOwnList,
  folder: null,
};
