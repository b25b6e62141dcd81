import type { ListSource } from "../list-source.ts";
import { parsePlaceList } from "./parse.ts";

const common = {
  url: null,
  onByDefault: false,
  formats: "CSV, see docs/specs/places.md",
  folder: null,
} as const;

/** Embargoed countries, regions, towns and ports. `data/places/embargoed.csv` is one to begin with. */
export const placesSource: ListSource = {
  ...common,
  list: "places",
  title: "list of places",
  parse: (chunks, options) => parsePlaceList("places", chunks, options),
};

/** What a firm looks for in texts for reasons of its own. */
export const wordsSource: ListSource = {
  ...common,
  list: "words",
  title: "firm's stop words",
  parse: (chunks, options) => parsePlaceList("words", chunks, options),
};
