import { CordonError } from "@cordon/errors";

import type { ListFolder, ListSource } from "../list-source.ts";
import { ofacGuards } from "./guards.ts";
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

export const ofacSource: ListSource = {
  list: "ofac",
  title: "OFAC list of Specially Designated Nationals",
  url: null,
  onByDefault: false,
  formats: "a folder with sdn.csv, alt.csv, add.csv and sdn_comments.csv",
  parse: () =>
    Promise.reject(
      new CordonError("LIST_MALFORMED", "OFAC's list is four CSV files: name the folder that holds them, not a file"),
    ),
  folder: ofacFolder,
  guards: ofacGuards,
};
