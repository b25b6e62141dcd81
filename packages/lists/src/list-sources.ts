import type { ListName } from "@cordon/matching/listed";

import { euSource } from "./eu/source.ts";
import type { ListSource } from "./list-source.ts";
import { ofacConsolidatedSource, ofacSource } from "./ofac/source.ts";
import { ofsiSource } from "./ofsi/source.ts";
import { openSanctionsSource } from "./opensanctions/source.ts";
import { ownSource } from "./own/source.ts";
import { placesSource, wordsSource } from "./places/source.ts";
import { ukSource } from "./uk/source.ts";
import { unSource } from "./un/source.ts";

/** Every list that Cordon reads, by its short name. */
export const listSources: Readonly<Record<ListName, ListSource>> = {
  uk: ukSource,
  un: unSource,
  ofac: ofacSource,
  "ofac-consolidated": ofacConsolidatedSource,
  eu: euSource,
  opensanctions: openSanctionsSource,
  own: ownSource,
  ofsi: ofsiSource,
  places: placesSource,
  words: wordsSource,
};

/** The variable of the environment that says where a list is read from: `LIST_UK`. */
export function listVariable(list: ListName): string {
  return `LIST_${list.toUpperCase().replaceAll("-", "_")}`;
}
