import type { ParseOptions } from "./parse-options.ts";
import type { ListName, ParsedList } from "./parsed-list.ts";
import { parseUkSanctionsList } from "./uk/parse.ts";
import { parseUnConsolidated } from "./un/parse.ts";

export type ParseList = (chunks: AsyncIterable<Uint8Array>, options?: ParseOptions) => Promise<ParsedList>;

/** The lists that are one file. OFAC's is four, see `parseOfacSdn`. */
export type OneFileListName = Exclude<ListName, "ofac">;

export interface ListSource {
  /** Short name; prefixes every designation id of the list. */
  readonly list: OneFileListName;
  readonly title: string;
  /** Where the publisher offers the complete file. */
  readonly url: string;
  readonly format: "csv" | "xml";
  readonly parse: ParseList;
}

/** Every list that is read from one file, by its short name. */
export const listSources: Readonly<Record<OneFileListName, ListSource>> = {
  uk: {
    list: "uk",
    title: "UK Sanctions List",
    url: "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv",
    format: "csv",
    parse: parseUkSanctionsList,
  },
  un: {
    list: "un",
    title: "United Nations Security Council Consolidated List",
    url: "https://scsanctions.un.org/resources/xml/en/consolidated.xml",
    format: "xml",
    parse: parseUnConsolidated,
  },
};
