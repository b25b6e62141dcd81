import type { ScreeningIndex } from "@cordon/matching";
import { compileSearchOptions } from "@cordon/matching";
import type { Party, PartyRole } from "@cordon/schemas";
import { innocentParty, mixWith, seededRandom, someCulture } from "@cordon/simulator";

import { type NamePools, organisationName, personName } from "../bench-engine/generated-names.ts";
import { zipf } from "./zipf.ts";

/** Customers by rank: the first makes most of the payments. */
export interface Customers {
  /** The rank of one, drawn by Zipf's law. */
  draw: (random: ReturnType<typeof seededRandom>) => number;
  /** The same each time. Nobody who would hit by chance is among them. */
  at(rank: number, role: PartyRole): Party;
}

/** The first ranks come again and again; the others are made anew each time. */
const mostKept = 200_000;
const attempts = 100;

export function customersOf(index: ScreeningIndex, pools: NamePools, count: number): Customers {
  const kept: (Party | undefined)[] = [];
  const known = (rank: number): Party => {
    if (rank >= mostKept) return innocent(index, pools, rank);
    return (kept[rank] ??= innocent(index, pools, rank));
  };
  return { draw: zipf(count), at: (rank, role) => ({ ...known(rank), role }) };
}

function innocent(index: ScreeningIndex, pools: NamePools, rank: number): Party {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const random = seededRandom(mixWith(33 + attempt, rank));
    const party = innocentParty("OTHER", someCulture(random), { random, firms: true });
    const name = party.type === "PERSON" ? personName(pools, random) : organisationName(pools, random);
    if (!hits(index, name)) return { ...party, name: Buffer.from(name, "utf8").toString("utf8") };
  }
  throw new Error(`each of ${String(attempts)} names for customer ${String(rank)} hits`);
}

const search = compileSearchOptions({ threshold: 85 });

/** As a whole or within: whoever is not certainly innocent is left out. */
function hits(index: ScreeningIndex, name: string): boolean {
  const results = [index.search(name, search), index.searchText(name, search, "name")];
  return results.some((result) => result.kind !== "matches" || result.matches.length > 0);
}
