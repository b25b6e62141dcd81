import type { ListSource } from "../list-source.ts";
import { euGuards } from "./guards.ts";
import { parseEuSanctions } from "./parse.ts";

export const euSource: ListSource = {
  list: "eu",
  title: "EU consolidated list of financial sanctions",
  // The token is the Commission's public one, the same for everybody.
  url: "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw",
  onByDefault: false,
  formats: "the Commission's XML 1.1",
  parse: parseEuSanctions,
  folder: null,
  guards: euGuards,
};
