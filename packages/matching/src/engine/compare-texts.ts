import type { DesignationType } from "../designation.ts";
import { listVariants } from "../normalise/list-variants.ts";
import { wholeKeys } from "../normalise/whole-keys.ts";
import { type Explanation, explain } from "../score/explain.ts";
import { profileIndexOf, profiles } from "../score/profile.ts";
import { exactWeight, newComparison, scoreOf, SPACELESS_SCORE } from "../score/score.ts";
import { comparable, fillComparison, relationBetween } from "./compare-names.ts";
import { explainWhole } from "./describe-hit.ts";
import { readQuery } from "./read-query.ts";

/** How well one name matches another. */
export type NameComparison =
  | ({ readonly kind: "compared"; readonly score: number } & Explanation)
  | { readonly kind: "unreadable" }
  | { readonly kind: "too-broad" };

/** Low enough to give every two names that share anything their score. */
const LEAST_THRESHOLD = 1;

const comparison = newComparison();

/**
 * The score of a payment's name against one listed name of a type: what a search would give if the list held only that
 * name, down to 1 percent; 0 below. Hundredths of a percent.
 */
export function compareTexts(payment: string, listed: string, type: DesignationType): NameComparison {
  const query = readQuery(payment);
  if (query.kind !== "readable") return query;
  const rows = listVariants(listed, type);
  if (rows.length === 0) return { kind: "unreadable" };
  const profile = profiles[profileIndexOf(type)]!;
  let best: ({ readonly score: number } & Explanation) | undefined;
  let bestWeight = -1;
  for (const row of rows.map(comparable)) {
    for (const reading of query.variants.map(comparable)) {
      fillComparison(comparison, reading, row);
      const score = scoreOf(comparison, profile, LEAST_THRESHOLD);
      const weight = exactWeight(comparison);
      if (score < (best?.score ?? 0) || (score === (best?.score ?? 0) && weight <= bestWeight)) continue;
      bestWeight = weight;
      best = {
        score,
        ...explain(comparison, {
          query: reading.tokens,
          row: row.tokens,
          profile,
          score,
          relationOf: (i, j) => relationBetween(reading, row, i, j),
        }),
      };
    }
  }
  const listedKeys = wholeKeys(listed, rows[0]!);
  if ((best?.score ?? 0) < SPACELESS_SCORE && query.spaceless.some((key) => listedKeys.includes(key)))
    best = { score: SPACELESS_SCORE, ...explainWhole(query.variants[0]!, listed) };
  return { kind: "compared", ...(best ?? { score: 0, reasons: [], start: 0, end: 0 }) };
}
