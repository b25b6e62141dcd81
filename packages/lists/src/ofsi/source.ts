import type { ListSource } from "../list-source.ts";
import { parseOfsiConList } from "./parse.ts";

export const ofsiSource: ListSource = {
  list: "ofsi",
  title: "closed OFSI Consolidated List (back data)",
  url: null,
  onByDefault: false,
  formats: "ConList, its CSV or XML of the 2022 format",
  parse: parseOfsiConList,
  folder: null,
};
