/**
 * Where each token stands in the rows, those of one profile together. Three words a posting:
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
  /** Row r holds `tokens[starts[r] .. starts[r + 1])`, each a token id above its weight (8 bits). */
  readonly starts: Uint32Array;
  readonly tokens: Uint32Array;
}

export interface Postings {
  /**
   * Token t has in the rows of profile p of P the postings `starts[t * P + p] .. starts[t * P + p + 1]`, counted in
   * postings, not words.
   */
  readonly starts: Uint32Array;
  readonly words: Uint32Array;
}

export interface PostingsInput {
  readonly rows: Rows;
  readonly tokenCount: number;
  readonly profileCount: number;
  readonly profileOf: (row: number) => number;
}

export function buildPostings({ rows, tokenCount, profileCount, profileOf }: PostingsInput): Postings {
  const starts = new Uint32Array(tokenCount * profileCount + 1);
  const rowCount = rows.starts.length - 1;
  const { tokens } = rows;
  for (let row = 0; row < rowCount; row++) {
    const profile = profileOf(row);
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) {
      if (isFirst(rows, row, at)) starts[(tokens[at]! >>> 8) * profileCount + profile + 1]!++;
    }
  }
  for (let t = 1; t < starts.length; t++) starts[t]! += starts[t - 1]!;

  const words = new Uint32Array(starts.at(-1)! * POSTING_WORDS);
  const next = starts.slice();
  for (let row = 0; row < rowCount; row++) {
    const profile = profileOf(row);
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) {
      if (!isFirst(rows, row, at)) continue;
      const list = (tokens[at]! >>> 8) * profileCount + profile;
      writePosting(words, next[list]!++ * POSTING_WORDS, { rows, row, own: at });
    }
  }
  return { starts, words };
}

/** Whether a row has the token at `at` nowhere before it. */
function isFirst({ starts, tokens }: Rows, row: number, at: number): boolean {
  for (let before = starts[row]!; before < at; before++) if (tokens[before] === tokens[at]) return false;
  return true;
}

const buckets = new Int32Array(5);

interface PostingInput {
  readonly rows: Rows;
  readonly row: number;
  /** Where in `rows.tokens` the posting's own token stands. */
  readonly own: number;
}

function writePosting(words: Uint32Array, to: number, { rows, row, own }: PostingInput): void {
  buckets.fill(NO_TOKEN);
  let others = 0;
  let otherWeight = 0;
  for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) {
    if (at === own) continue;
    otherWeight += rows.tokens[at]! & 0xff;
    if (others < 5) buckets[others] = bucketOf(rows.tokens[at]! >>> 8);
    others++;
  }
  if (others > 5) buckets[4] = MORE_TOKENS;
  words[to] = ((row << 8) | Math.min(otherWeight, LARGEST_OTHER_WEIGHT)) >>> 0;
  words[to + 1] = (buckets[0]! | (buckets[1]! << 12) | ((buckets[4]! & 0xff) << 24)) >>> 0;
  words[to + 2] = (buckets[2]! | (buckets[3]! << 12) | ((buckets[4]! >>> 8) << 24)) >>> 0;
}
