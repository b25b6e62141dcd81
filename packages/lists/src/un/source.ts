import type { ListSource } from "../list-source.ts";
import { unGuards } from "./guards.ts";
import { parseUnConsolidated } from "./parse.ts";

export const unSource: ListSource = {
  list: "un",
  title: "United Nations Security Council Consolidated List",
  url: "https://scsanctions.un.org/resources/xml/en/consolidated.xml",
  onByDefault: true,
  formats: "its XML",
  parse: parseUnConsolidated,
  folder: null,
  guards: unGuards,
};
