import { CordonError } from "@cordon/errors";

import type { Designation } from "../designation.ts";
import { spacelessKeys, type Variant } from "../normalise/variants.ts";
import { cutKeys } from "../normalise/whole-keys.ts";
import { explain, type Explanation } from "../score/explain.ts";
import { profileIndexOf, profiles } from "../score/profile.ts";
import { newComparison, scoreOf, SPACELESS_SCORE } from "../score/score.ts";
import type { NameMatch } from "../search.ts";
import { type ComparableName, comparable, fillComparison, relationBetween } from "./compare-names.ts";
import type { RowHit } from "./hits.ts";
import type { ListedEntry } from "./listed-entries.ts";

const comparison = newComparison();

/**
 * The match of a hit, with its reasons. The pair is scored again from its two texts, without the index: a snapshot
 * whose rows do not say what its names say ends in `CONTRACT_VIOLATED`, never in a wrong explanation.
 */
export function describeHit(
  hit: RowHit,
  { designation, readingsOf }: ListedEntry,
  queryVariants: readonly Variant[],
  threshold: number,
): NameMatch {
  const name = designation.names[hit.name];
  const query = queryVariants[hit.queryVariant];
  const row = readingsOf(hit.name)[hit.rowVariant];
  if (name === undefined || query === undefined || row === undefined) {
    throw new CordonError("CONTRACT_VIOLATED", "a hit points at a name that its designation does not have", {
      details: { designation: designation.id },
    });
  }
  const explanation = hit.spaceless
    ? explainWhole(query, name.text)
    : explainPair(hit, { designation, query, row, threshold });
  return { designation, name, score: hit.score, ...explanation };
}

interface Pair {
  readonly designation: Designation;
  readonly query: Variant;
  readonly row: ComparableName;
  readonly threshold: number;
}

function explainPair(hit: RowHit, pair: Pair): Explanation {
  const query = comparable(pair.query);
  const { row } = pair;
  const profile = profiles[profileIndexOf(pair.designation.type)]!;
  fillComparison(comparison, query, row);
  if (scoreOf(comparison, profile, pair.threshold) !== hit.score) {
    throw new CordonError("CONTRACT_VIOLATED", "a row of the index scores otherwise than the name it stands for", {
      details: { designation: pair.designation.id, score: hit.score },
    });
  }
  return explain(comparison, {
    query: pair.query,
    row: row.tokens,
    profile,
    score: hit.score,
    relationOf: (i, j) => relationBetween(query, row, i, j),
  });
}

/** The same of a name that a payment's text is the beginning of, too: see `wholeKeys`. */
export function explainWhole(query: Variant, listed: string): Explanation {
  const beginnings = cutKeys(listed);
  if (!spacelessKeys(query).some((key) => beginnings.includes(key))) return explainSpaceless(query);
  const detail = "the listed name begins so, and the text is as long as a field of a payment";
  return { ...explainSpaceless(query), reasons: [{ kind: "cut-off", detail, points: SPACELESS_SCORE }] };
}

export function explainSpaceless(query: Variant): Explanation {
  const detail = "the names are equal when written without spaces";
  return {
    reasons: [{ kind: "spaceless", detail, points: SPACELESS_SCORE }],
    start: query[0]!.start,
    end: query.at(-1)!.end,
  };
}
