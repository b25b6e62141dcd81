/**
 * Where each token stands in the rows of one profile. Three words a posting:
 *
 *   row 24 | other weight 8,   b0 12 | b1 12 | b4 low 8,   b2 12 | b3 12 | b4 high 8
 *
 * `other weight` is that of the row's other tokens, at most 255. b0..b4 are the buckets of those tokens; unused ones
 * hold NO_TOKEN, and the last holds MORE_TOKENS if there are more than five. One posting for each distinct token of a
 * row: of a token that stands there twice, one occurrence counts among the others.
 */
export const POSTING_WORDS = 3;
export const BUCKETS = 4096;
export const NO_TOKEN = 4094;
export const MORE_TOKENS = 4095;
const TOKEN_BUCKETS = 4094;
const LARGEST_OTHER_WEIGHT = 255;

export const MOST_ROWS = 1 << 24;

/** Dictionary ids are dense, so their remainder spreads them evenly. */
export function bucketOf(token: number): number {
  return token % TOKEN_BUCKETS;
}

export interface Rows {
  /** Row r holds `tokens[starts[r] .. starts[r + 1])`. */
  readonly starts: Uint32Array;
  readonly tokens: Uint32Array;
}

export interface Postings {
  /** Token t has the postings `starts[t] .. starts[t + 1]`, counted in postings, not words. */
  readonly starts: Uint32Array;
  readonly words: Uint32Array;
}

export interface PostingsInput {
  readonly rows: Rows;
  readonly tokenWeights: Uint8Array;
  /** Rows to be entered. */
  readonly includes: (row: number) => boolean;
}

export function buildPostings({ rows, tokenWeights, includes }: PostingsInput): Postings {
  const starts = new Uint32Array(tokenWeights.length + 1);
  const rowCount = rows.starts.length - 1;
  const eachPosting = (visit: (row: number, token: number) => void): void => {
    for (let row = 0; row < rowCount; row++) {
      if (!includes(row)) continue;
      for (const token of new Set(rows.tokens.subarray(rows.starts[row], rows.starts[row + 1]))) visit(row, token);
    }
  };
  eachPosting((_, token) => starts[token + 1]!++);
  for (let t = 1; t < starts.length; t++) starts[t]! += starts[t - 1]!;

  const words = new Uint32Array(starts.at(-1)! * POSTING_WORDS);
  const next = starts.slice();
  eachPosting((row, token) => {
    writePosting(words, next[token]!++ * POSTING_WORDS, { rows, tokenWeights, row, token });
  });
  return { starts, words };
}

interface PostingInput {
  readonly rows: Rows;
  readonly tokenWeights: Uint8Array;
  readonly row: number;
  readonly token: number;
}

function writePosting(words: Uint32Array, at: number, { rows, tokenWeights, row, token }: PostingInput): void {
  const buckets = [NO_TOKEN, NO_TOKEN, NO_TOKEN, NO_TOKEN, NO_TOKEN];
  let others = 0;
  let otherWeight = 0;
  let skippedItself = false;
  for (const other of rows.tokens.subarray(rows.starts[row], rows.starts[row + 1])) {
    if (other === token && !skippedItself) {
      skippedItself = true;
      continue;
    }
    otherWeight += tokenWeights[other]!;
    if (others < 5) buckets[others] = bucketOf(other);
    others++;
  }
  if (others > 5) buckets[4] = MORE_TOKENS;
  const [b0, b1, b2, b3, b4] = buckets as [number, number, number, number, number];
  words[at] = ((row << 8) | Math.min(otherWeight, LARGEST_OTHER_WEIGHT)) >>> 0;
  words[at + 1] = (b0 | (b1 << 12) | ((b4 & 0xff) << 24)) >>> 0;
  words[at + 2] = (b2 | (b3 << 12) | ((b4 >>> 8) << 24)) >>> 0;
}
