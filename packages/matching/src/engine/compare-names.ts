import { isSignMark } from "../normalise/marked-words.ts";
import type { Variant } from "../normalise/variants.ts";
import { type Similarity, similarity, type Term, termOf } from "../relations/similarity.ts";
import { type Comparison, reserve } from "../score/score.ts";
import { weightOf } from "../weights/weight.ts";

/** What comparing a name needs of its words. */
export interface ComparedWords {
  readonly terms: readonly Term[];
  readonly weights: readonly number[];
}

/** A reading of a name with what comparing it needs, worked out once. */
export interface ComparableName extends ComparedWords {
  readonly tokens: Variant;
}

export function comparable(tokens: Variant): ComparableName {
  return {
    tokens,
    terms: tokens.map((token) => rememberedTerm(token.text)),
    weights: tokens.map((token) => weightOf(token.text)),
  };
}

/** Fills a comparison from first principles: every token with every token, no index. */
export function fillComparison(comparison: Comparison, query: ComparedWords, row: ComparedWords): void {
  const m = query.terms.length;
  const n = row.terms.length;
  reserve(comparison, m, n);
  for (let i = 0; i < m; i++) comparison.queryWeights[i] = query.weights[i]!;
  for (let j = 0; j < n; j++) comparison.rowWeights[j] = row.weights[j]!;
  comparison.signs = query.terms.every(({ mark }) => isSignMark(mark));
  if (comparison.signs) for (let j = 0; j < n; j++) comparison.rowSyllables[j] = Number(row.terms[j]!.syllable);
  const { percent } = comparison;
  for (let i = 0; i < m; i++) {
    const term = query.terms[i]!;
    for (let j = 0; j < n; j++) percent[i * n + j] = similarity(term, row.terms[j]!).percent;
  }
}

export function relationBetween(query: ComparedWords, row: ComparedWords, i: number, j: number): Similarity {
  return similarity(query.terms[i]!, row.terms[j]!);
}

/** Bounds the memory of terms: a hostile stream cannot make it grow for ever. */
const MOST_TERMS = 1 << 15;
const terms = new Map<string, Term>();

function rememberedTerm(text: string): Term {
  let term = terms.get(text);
  if (term === undefined) {
    term = termOf(text);
    if (terms.size >= MOST_TERMS) terms.clear();
    terms.set(text, term);
  }
  return term;
}
