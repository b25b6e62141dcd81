import type { Token } from "../normalise/tokenise.ts";
import type { Variant } from "../normalise/variants.ts";
import { isHeard } from "../relations/heard/heard.ts";
import { BADLY_SPELT_PERCENT, type Relation, type Similarity } from "../relations/similarity.ts";
import type { Reason } from "../search.ts";
import type { Profile } from "./profile.ts";
import { type Comparison, deduction } from "./score.ts";

export interface Explanation {
  readonly reasons: readonly Reason[];
  /** UTF-16 offsets, into the query, of the part that matched. */
  readonly start: number;
  readonly end: number;
}

export interface Explained {
  readonly query: Variant;
  readonly row: Variant;
  readonly profile: Profile;
  readonly score: number;
  readonly relationOf: (i: number, j: number) => Similarity;
}

/**
 * The reasons for a score, from the very table and matching that gave it. The points of the matched pairs are the mean
 * similarity, shared by s * w; the points of what is unmatched are what it takes off that mean, shared by penalty.
 * All are whole hundredths of a percent, and together they are the score.
 */
export function explain(comparison: Comparison, explained: Explained): Explanation {
  const { m, n, queryWeights, rowWeights, percent, match } = comparison;
  const { query, row, profile, score } = explained;
  const pairs: Share[] = [];
  const penalties: Share[] = [];
  const matchedInRow = new Set<number>();
  let numerator = 0;
  let matchedWeight = 0;
  let start = Number.MAX_SAFE_INTEGER;
  let end = 0;
  for (let i = 0; i < m; i++) {
    const j = match[i]!;
    if (j < 0) {
      penalties.push({
        kind: "unmatched-in-payment",
        detail: `"${query[i]!.written}" of the payment is not in the listed name: ${String(profile.alpha)} % of weight ${String(queryWeights[i]!)}`,
        share: profile.alpha * queryWeights[i]!,
      });
      continue;
    }
    const similarity = explained.relationOf(i, j);
    const share = percent[i * n + j]! * rowWeights[j]!;
    const worth = `${String(percent[i * n + j]!)} % of weight ${String(rowWeights[j]!)}`;
    const detail = `${describe(similarity, query[i]!, row[j]!)}${readAs(query[i]!, row[j]!)}: ${worth}`;
    pairs.push({ kind: reasonOf(similarity.relation), detail, share });
    matchedInRow.add(j);
    numerator += share;
    matchedWeight += rowWeights[j]!;
    start = Math.min(start, query[i]!.start);
    end = Math.max(end, query[i]!.end);
  }
  for (let j = 0; j < n; j++) {
    if (matchedInRow.has(j)) continue;
    penalties.push({
      kind: "unmatched-in-list",
      detail: `"${row[j]!.written}" of the listed name is not in the payment: ${String(profile.beta)} % of weight ${String(rowWeights[j]!)}`,
      share: profile.beta * rowWeights[j]!,
    });
  }
  const difference = deduction(comparison, profile);
  const words = score + difference;
  const mean = penalties.length === 0 ? words : Math.floor((100 * numerator) / matchedWeight);
  const reasons = [...distribute(pairs, mean), ...distribute(penalties, words - mean)];
  if (difference > 0) reasons.push({ kind: "other-name", detail: DIFFERENCE, points: -difference });
  return { reasons, start, end };
}

const DIFFERENCE = "the words that differ make it another name";

interface Share {
  readonly kind: Reason["kind"];
  readonly detail: string;
  readonly share: number;
}

/** Divides `total` whole points by share; what rounding leaves goes to the earliest. The sum is exactly `total`. */
function distribute(shares: readonly Share[], total: number): readonly Reason[] {
  const whole = shares.reduce((sum, { share }) => sum + share, 0);
  let before = 0;
  let given = 0;
  return shares.map(({ kind, detail, share }) => {
    before += share;
    const upTo = Math.trunc((total * before) / whole);
    const points = upTo - given;
    given = upTo;
    return { kind, detail, points: points === 0 ? 0 : points };
  });
}

function reasonOf(relation: Relation): Reason["kind"] {
  return relation === "none" ? "spelling" : relation;
}

function readAs(query: Token, row: Token): string {
  const payment = query.as === undefined ? "" : `, ${query.as}`;
  return row.as === undefined ? payment : `${payment}, the listed name ${row.as}`;
}

/** A word that is read by its sounds has no letters to show. */
function shown(token: Token): string {
  return isHeard(token.written) ? "the word of the other script" : `"${token.written}"`;
}

function describe({ relation, percent }: Similarity, query: Token, row: Token): string {
  switch (relation) {
    case "exact":
      return query.written === row.written ? `"${query.written}"` : `"${query.written}" stands for "${row.written}"`;
    case "number":
      return `number ${query.written}`;
    case "spelling":
      return `"${query.written}" is spelt nearly like "${row.written}"`;
    case "transliteration":
      return `"${query.written}" sounds like "${row.written}"`;
    case "ear":
      return `"${query.written}" sounds like "${row.written}" as another language spells it`;
    case "near-sound":
      return `"${query.written}" sounds nearly like "${row.written}"`;
    case "name-class":
      return `"${query.written}" and "${row.written}" are spellings of one name`;
    case "nickname":
      return `"${query.written}" and "${row.written}" are a name and its short form`;
    case "initial":
      return `"${query.written}" may stand for "${row.written}"`;
    case "look-alike":
      return `"${query.written}" looks like "${row.written}"`;
    case "abbreviation":
      return `"${query.written}" and "${row.written}" are a word of firms and its short form`;
    case "cut-off":
      return `"${query.written}" is cut and may go on as "${row.written}"`;
    case "slip":
      return `"${query.written}" is "${row.written}" but for ${percent === BADLY_SPELT_PERCENT ? "two letters" : "one letter"}, and the other words fit`;
    case "without-vowels":
      return `"${query.written}" is "${row.written}" without vowels`;
    case "abjad":
      return `"${query.written}" and "${row.written}" have the same consonants`;
    case "heard":
      return isHeard(row.written)
        ? `${shown(query)} spells what ${shown(row)} sounds like`
        : `${shown(row)} spells what ${shown(query)} sounds like`;
    case "none":
      return "";
  }
}
