import type { ListSource } from "../list-source.ts";
import { openSanctionsVersion, readOpenSanctionsDeltas } from "./delta-index.ts";
import { parseOpenSanctions, readOpenSanctions } from "./parse.ts";

export const openSanctionsSource: ListSource = {
  list: "opensanctions",
  title: "OpenSanctions data set",
  url: "https://data.opensanctions.org/datasets/latest/sanctions/entities.ftm.json",
  // Its licence is not for every firm (CC BY-NC 4.0), so nobody gets it unasked.
  onByDefault: false,
  formats: "entities.ftm.json, followed by its delta files where the archive tells its versions",
  parse: parseOpenSanctions,
  folder: null,
  deltas: {
    indexFile: "delta.json",
    versionOf: openSanctionsVersion,
    readIndex: readOpenSanctionsDeltas,
    parse: readOpenSanctions,
  },
};
