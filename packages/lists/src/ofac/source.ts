import { CordonError } from "@cordon/errors";

import { headOf, rootElementOf } from "../format/head-of.ts";
import type { ListFolder, ListSource, ParseList } from "../list-source.ts";
import { parseOfacAdvanced } from "./advanced/parse.ts";
import type { OfacListName } from "./entry.ts";
import { ofacConsolidatedGuards, ofacGuards } from "./guards.ts";
import { parseOfacXml } from "./parse-xml.ts";
import { ofacFileNames, type OfacFiles, parseOfacSdn } from "./parse.ts";

const fileKeys = ["sdn", "alt", "add", "comments"] as const satisfies readonly (keyof OfacFiles)[];

const ofacFolder: ListFolder = {
  files: fileKeys.map((key) => ofacFileNames[key]),
  parse: (files, options) => {
    const chunks = (key: keyof OfacFiles): AsyncIterable<Uint8Array> => {
      const file = files[ofacFileNames[key]];
      if (file === undefined) throw new CordonError("LIST_UNREACHABLE", `there is no ${ofacFileNames[key]}`);
      return file;
    };
    return parseOfacSdn(
      { sdn: chunks("sdn"), alt: chunks("alt"), add: chunks("add"), comments: chunks("comments") },
      options,
    );
  },
};

const exportsUrl = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/";

/** The files of each list that are read, for whoever gave another one. */
const readFiles: Readonly<Record<OfacListName, string>> = {
  ofac: "SDN_ADVANCED.XML or SDN.XML",
  "ofac-consolidated": "CONS_ADVANCED.XML or CONSOLIDATED.XML",
};

/** Either XML edition, told apart by the root; the CSV edition is a folder. OFAC offers others beside them. */
function parseOfacFile(list: OfacListName): ParseList {
  return async (chunks, options) => {
    const file = await headOf(chunks);
    const root = rootElementOf(file.head);
    if (root === "Sanctions") return await parseOfacAdvanced(list, file.chunks, options);
    const name = root?.replace(/^.*:/, "") ?? "";
    if (name === "sanctionsData")
      throw new CordonError(
        "LIST_MALFORMED",
        `OFAC's ENHANCED edition (root element sanctionsData) is not read: take ${readFiles[list]} from the same place`,
      );
    if (name !== "" && name !== "sdnList")
      throw new CordonError(
        "LIST_MALFORMED",
        `OFAC list (XML): a root element other than sdnList or Sanctions: take ${readFiles[list]}`,
      );
    if (root !== null || file.head === "") return await parseOfacXml(list, file.chunks, options);
    throw new CordonError(
      "LIST_MALFORMED",
      "OFAC's list as CSV is four files: name the folder that holds them, or give one of the XML files",
    );
  };
}

export const ofacSource: ListSource = {
  list: "ofac",
  title: "OFAC list of Specially Designated Nationals",
  url: `${exportsUrl}SDN_ADVANCED.XML`,
  onByDefault: false,
  formats: "SDN_ADVANCED.XML, SDN.XML, or a folder with sdn.csv, alt.csv, add.csv and sdn_comments.csv",
  parse: parseOfacFile("ofac"),
  folder: ofacFolder,
  guards: ofacGuards,
};

export const ofacConsolidatedSource: ListSource = {
  list: "ofac-consolidated",
  title: "OFAC consolidated list of those who are not on the SDN list",
  url: `${exportsUrl}CONS_ADVANCED.XML`,
  onByDefault: false,
  formats: readFiles["ofac-consolidated"],
  parse: parseOfacFile("ofac-consolidated"),
  folder: null,
  guards: ofacConsolidatedGuards,
};
