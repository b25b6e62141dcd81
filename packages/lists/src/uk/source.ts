import type { ListSource } from "../list-source.ts";
import { ukGuards } from "./guards.ts";
import { parseUkSanctionsList } from "./parse.ts";

export const ukSource: ListSource = {
  list: "uk",
  title: "UK Sanctions List",
  url: "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv",
  onByDefault: true,
  formats: "FCDO's CSV or XML",
  parse: parseUkSanctionsList,
  folder: null,
  guards: ukGuards,
};
