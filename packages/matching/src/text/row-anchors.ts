import { textProfile } from "../score/profile.ts";
import type { Snapshot } from "../snapshot/open.ts";
import { canBeContained, gainOf } from "./contained-name.ts";

/** For each token of the dictionary the rows it is an anchor of: `rows[starts[t] .. starts[t + 1])`. */
export interface Anchors {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

function canBeAnywhere(word: string, weight: number): boolean {
  return canBeContained(1, word, weight, "line") || canBeContained(1, word, weight, "name");
}

/**
 * Each row under enough of its words that no part of a line can reach the threshold without one of them: if all the
 * others were matched at 100 percent, their gains would still be less than `threshold * beta * (weight of the row)`.
 * Taken are the words of the fewest rows, so common words file next to nothing. Anchors for a threshold serve every
 * higher one. Rows that can never be found in a line are left out.
 */
export function anchorRows({ dictionary, rows }: Snapshot, threshold: number): Anchors {
  const uses = new Uint32Array(dictionary.size);
  for (const word of rows.tokens) uses[word >>> 8]!++;
  const starts = new Uint32Array(dictionary.size + 1);
  const pairs: number[] = [];
  for (let row = 0; row < rows.count; row++) {
    const words = [...rows.tokens.subarray(rows.starts[row], rows.starts[row + 1])];
    const tokens = words.map((word) => word >>> 8);
    const weights = words.map((word) => word & 0xff);
    if (tokens.length === 1 && !canBeAnywhere(dictionary.term(tokens[0]!).text, weights[0]!)) continue;
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    let left = whole;
    let last = -1;
    for (const token of tokens.toSorted((a, b) => uses[a]! - uses[b]! || a - b)) {
      if (left * gainOf(100, 1, threshold) < threshold * textProfile.beta * whole) break;
      left -= dictionary.weights[token]!;
      if (token === last) continue;
      last = token;
      starts[token + 1]!++;
      pairs.push(token, row);
    }
  }
  for (let token = 0; token < dictionary.size; token++) starts[token + 1]! += starts[token]!;
  const ends = starts.slice();
  const filed = new Uint32Array(pairs.length / 2);
  for (let k = 0; k < pairs.length; k += 2) filed[ends[pairs[k]!]!++] = pairs[k + 1]!;
  return { starts, rows: filed };
}
