import { existsSync } from "node:fs";
import { join } from "node:path";

import type { DesignationType } from "@cordon/matching";

import { type LabelledPair, readCsv } from "./cases.ts";

const types: Readonly<Record<string, DesignationType>> = {
  individual: "PERSON",
  entity: "ORGANISATION",
  ship: "VESSEL",
};
const LEAST_LIKENESS = 0.8;
const EVERY = 4;

/**
 * Pairs of names of one designation, and of look-alikes that are two, from the UK and UN lists. Of the former only those
 * that are plausibly one name written twice, by letters alone (an alias that shares nothing is not a spelling), every
 * fourth of them.
 */
export function publishedPairs(shared: string): readonly LabelledPair[] {
  const same = ["uk", "un"].flatMap((list) => {
    const path = join(shared, `pairs/${list}_same_entity_pairs.csv`);
    if (!existsSync(path)) return [];
    return readCsv(path)
      .filter(([, , one, two]) => one !== undefined && two !== undefined && likeness(one, two) >= LEAST_LIKENESS)
      .filter((_, at) => at % EVERY === 0)
      .map(([, type, listed, payment]) => pair(`${list}, one designation`, { type, payment, listed, same: true }));
  });
  const different = join(shared, "pairs/uk_different_entity_pairs.csv");
  if (!existsSync(different)) return same;
  return [
    ...same,
    ...readCsv(different).map(([, , type, listed, payment]) =>
      pair("uk, two designations", { type, payment, listed, same: false }),
    ),
  ];
}

interface Cells {
  readonly type: string | undefined;
  readonly payment: string | undefined;
  readonly listed: string | undefined;
  readonly same: boolean;
}

function pair(kind: string, { type, payment, listed, same }: Cells): LabelledPair {
  return {
    kind,
    type: types[type ?? ""] ?? "ORGANISATION",
    same,
    use: "tune",
    payment: payment ?? "",
    listed: listed ?? "",
  };
}

/** 1 - edits / longer, of the letters of the words in alphabetical order. */
function likeness(one: string, two: string): number {
  const [a, b] = [inOrder(one), inOrder(two)];
  if (a.split(" ").length < 2 || b.split(" ").length < 2) return 0;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return 1 - row[b.length]! / Math.max(a.length, b.length);
}

function inOrder(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .toSorted()
    .join(" ");
}
