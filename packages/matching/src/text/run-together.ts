import { comparable } from "../engine/compare-names.ts";
import { isBorneName } from "../names/known.ts";
import { listedSpacelessKeys, type Variant } from "../normalise/variants.ts";
import { FNV_BASIS, FNV_PRIME, mix } from "../retrieval/hash.ts";
import type { Line } from "./line.ts";

/** Shorter names, written without spaces, are words; longer ones are no names. */
export const SHORTEST_TOGETHER = 8;
export const LONGEST_TOGETHER = 64;
/** What a name must have to tell enough: words that count, and weight. So many words are more than two names share. */
const FEWEST_WORDS = 2;
const SEVERAL_WORDS = 3;
const LEAST_WEIGHT = 14;
const LEAST_WORD = 3;

/** Words of a line, `[from, to)`, that make a name when they are joined. */
export interface Together {
  readonly from: number;
  readonly to: number;
}

/** A listed name's plain reading, ready to be looked for whatever spaces stand in it; null if it tells too little. */
export interface SoughtTogether {
  readonly keys: ReadonlySet<string>;
  readonly words: string;
  readonly counting: number;
}

/** So many digits side by side are a number, which parts words: where one stands, nothing is read together (`line-key.ts` writes numbers alike). */
const numberIn = /[0-9]{3}/;

export function soughtTogether(plain: Variant): SoughtTogether | null {
  const { weights } = comparable(plain);
  const counting = weights.filter((weight) => weight >= LEAST_WORD).length;
  if (counting < FEWEST_WORDS || weights.reduce((sum, weight) => sum + weight, 0) < LEAST_WEIGHT) return null;
  const keys = listedSpacelessKeys(plain).filter(
    (key) => key.length >= SHORTEST_TOGETHER && key.length <= LONGEST_TOGETHER && !numberIn.test(key),
  );
  return keys.length === 0 ? null : { keys: new Set(keys), words: inOrder(plain), counting };
}

function inOrder(words: Variant): string {
  const written = words.map((word) => word.written);
  return written.toSorted().join(" ");
}

/**
 * The first run of words of a line that is the listed name written with other spaces, or null. With the same spaces the
 * comparison of words decides. Of a name of two words a known name right beside makes another name, as in any line.
 */
export function foundTogether(line: Line, { keys, words, counting }: SoughtTogether): Together | null {
  const { tokens } = line;
  for (let from = 0; from < tokens.length; from++) {
    let letters = "";
    for (let to = from + 1; to <= tokens.length; to++) {
      letters += tokens[to - 1]!.written;
      if (letters.length > LONGEST_TOGETHER) break;
      if (!keys.has(letters) || inOrder(tokens.slice(from, to)) === words) continue;
      // Abdurrahman is a forename, and not the listed Abdur Rahman.
      if (counting < SEVERAL_WORDS && to === from + 1 && isBorneName(letters)) continue;
      if (counting >= SEVERAL_WORDS || !isBesideName(line, { from, to })) return { from, to };
    }
  }
  return null;
}

function isBesideName({ tokens, parted, besideWeights }: Line, { from, to }: Together): boolean {
  const before = from > 0 && parted[from] === 0 && besideWeights[from - 1]! > 0;
  return before || (to < tokens.length && parted[to] === 0 && besideWeights[to]! > 0);
}

/** Calls back with the hash, see `hashText`, of each run of words that is as long as a name's key may be. Answers how many runs it read. */
export function eachRunHash(tokens: Variant, noted: (hash: number) => void): number {
  let runs = 0;
  for (let from = 0; from < tokens.length; from++) {
    let hash = FNV_BASIS;
    let length = 0;
    for (let to = from; to < tokens.length; to++) {
      const { written } = tokens[to]!;
      length += written.length;
      if (length > LONGEST_TOGETHER) break;
      runs++;
      for (let at = 0; at < written.length; at++) hash = Math.imul(hash ^ written.charCodeAt(at), FNV_PRIME);
      if (length >= SHORTEST_TOGETHER) noted(mix(hash));
    }
  }
  return runs;
}
