import { compileSearchOptions, compileSnapshot, type Designation, openSnapshot } from "@cordon/matching";

import type { Innocents } from "./innocents.ts";

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
