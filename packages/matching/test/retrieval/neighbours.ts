import { INITIAL_PERCENT, similarity, type Term } from "../../src/relations/similarity.ts";
import type { Dictionary } from "../../src/retrieval/dictionary.ts";
import { initialsOf, letterIndex } from "../../src/retrieval/initials.ts";
import type { FindNeighbours } from "../../src/retrieval/neighbourhood.ts";

type Related = readonly (readonly [id: number, percent: number])[];

/** By comparing a term with every word. */
export function comparedWithAll(dictionary: Dictionary, term: Term): Related {
  return Array.from({ length: dictionary.size }, (_, id) => id)
    .map((id) => [id, similarity(term, dictionary.term(id)).percent] as const)
    .filter(([, percent]) => percent > 0);
}

/** By the structures that retrieve neighbours, and those that retrieve initials: what a word is by more wins. */
export function retrieved(dictionary: Dictionary, find: FindNeighbours, term: Term): Related {
  const letter = letterIndex(term.text);
  const found = new Map<number, number>(
    letter < 0 ? [] : initialsOf(dictionary, letter).map((id) => [id, INITIAL_PERCENT]),
  );
  const { count, ids, percents } = find(term);
  for (const [k, id] of ids.subarray(0, count).entries()) found.set(id, percents[k] ?? 0);
  return [...found].toSorted(([a], [b]) => a - b);
}
