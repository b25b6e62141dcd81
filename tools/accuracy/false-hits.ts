import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";

import { listSources, parseOfacSdn } from "@cordon/lists";
import { compileSearchOptions, compileSnapshot, type Designation, openSnapshot } from "@cordon/screening";

import type { Innocents } from "./innocents.ts";

/** The lists that the shared folder has, in growing unions. */
export async function listUnions(
  shared: string,
): Promise<readonly { readonly lists: string; readonly designations: readonly Designation[] }[]> {
  const uk = join(shared, "lists/uk/UK-Sanctions-List.csv");
  const un = join(shared, "lists/un/consolidated_20260227.xml");
  const ofac = join(shared, "lists/ofac");
  if (!existsSync(uk) || !existsSync(un)) return [];
  const both = [
    ...(await listSources.uk.parse(createReadStream(uk))).designations,
    ...(await listSources.un.parse(createReadStream(un))).designations,
  ];
  if (!existsSync(ofac)) return [{ lists: "UK + UN", designations: both }];
  const file = (name: string): AsyncIterable<Uint8Array> => createReadStream(join(ofac, name));
  const sdn = await parseOfacSdn({
    sdn: file("sdn.csv"),
    alt: file("alt.csv"),
    add: file("add.csv"),
    comments: file("sdn_comments.csv"),
  });
  return [
    { lists: "UK + UN", designations: both },
    { lists: "UK + UN + OFAC", designations: [...both, ...sdn.designations] },
  ];
}

const LEAST = 70;
const BY_EVERY_WORD = new Set(["exact", "name-class", "number", "spaceless", "transliteration"]);

/** Of innocent names, the best score of each that reaches 70, and whether every word of both names had its partner. */
export interface FalseHits {
  readonly source: string;
  readonly names: number;
  readonly hits: readonly { readonly score: number; readonly sameName: boolean }[];
}

/** Searched as persons: with persons, organisations and others. */
export function falseHits(designations: readonly Designation[], { source, names }: Innocents): FalseHits {
  const index = openSnapshot(compileSnapshot(designations));
  const options = compileSearchOptions({ threshold: LEAST, types: ["PERSON", "ORGANISATION", "OTHER"] });
  const hits: { readonly score: number; readonly sameName: boolean }[] = [];
  for (const name of names) {
    const result = index.search(name, options);
    const best = result.kind === "matches" ? result.matches[0] : undefined;
    if (best === undefined) continue;
    hits.push({ score: best.score / 100, sameName: best.reasons.every(({ kind }) => BY_EVERY_WORD.has(kind)) });
  }
  return { source, names: names.length, hits };
}
