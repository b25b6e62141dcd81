import { existsSync } from "node:fs";
import { join } from "node:path";

import { type DesignationType, compareTexts } from "@cordon/matching";

import { readCsv } from "./cases.ts";

/** A name as a payment writes it, and as a list does, across scripts and romanisations. */
export interface ScriptPair {
  readonly payment: string;
  readonly listed: string;
  readonly type: DesignationType;
  readonly same: boolean;
  readonly kind: string;
  /** Of the two halves the one that rules and tables were tuned on. The other is evidence. */
  readonly tuned: boolean;
}

/** The labelled pairs of 46 kinds; none where the shared data is absent. */
export function scriptPairs(shared: string): readonly ScriptPair[] {
  const path = join(shared, "pairs/scripts-dev.csv");
  if (!existsSync(path)) return [];
  return readCsv(path).map(([payment = "", listed = "", schema, label, kind = ""]) => ({
    payment,
    listed,
    type: schema === "Organization" ? "ORGANISATION" : "PERSON",
    same: label === "1",
    kind,
    tuned: isTuned(listed),
  }));
}

/** Half of the people, by a hash of the listed name's words in any order: one person is never in both halves. */
export function isTuned(listed: string): boolean {
  const words = listed
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .split(/[^\p{L}]+/u)
    .toSorted()
    .join(" ");
  let hash = 0x811c9dc5;
  for (const character of words) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return ((hash ^ (hash >>> 15)) & 1) === 0;
}

export function scriptScore({ payment, listed, type }: ScriptPair): number {
  const compared = compareTexts(payment, listed, type);
  return compared.kind === "compared" ? compared.score / 100 : 0;
}
