/** Longest pattern: one bit a letter, in one 32-bit word. */
export const LONGEST_PATTERN = 32;

/** One word, ready to be compared with many. */
export interface OsaPattern {
  /** Takes a word of ASCII of at most `LONGEST_PATTERN` letters, at least one; it stays until the next call. */
  set(word: string): void;
  /** Whether the optimal string alignment distance to `bytes[from..to)` is at most `limit`. */
  within(bytes: Uint8Array, from: number, to: number, limit: number): boolean;
}

/**
 * Optimal string alignment distance by bits (Hyyrö 2003): bit i of each word stands for row i + 1 of the textbook
 * matrix, and a column is a few operations on whole words. Allocates nothing.
 * Invariant after column j: bit i of `vertical` and `negative` says that the cell of row i + 1 is one more, or one less, than
 * the cell above it, and `distance` is the cell of the last row. It falls by at most one a column, hence the early end.
 */
export function osaPattern(): OsaPattern {
  const masks = new Int32Array(128);
  let pattern = "";
  return {
    set(word): void {
      for (let i = 0; i < pattern.length; i++) masks[pattern.charCodeAt(i)] = 0;
      for (let i = 0; i < word.length; i++) masks[word.charCodeAt(i)]! |= 1 << i;
      pattern = word;
    },
    within(bytes, from, to, limit): boolean {
      const length = pattern.length;
      if (Math.abs(to - from - length) > limit) return false;
      const last = 1 << (length - 1);
      let vertical = -1;
      let negative = 0;
      let diagonal = 0;
      let maskBefore = 0;
      let distance = length;
      for (let at = from; at < to; at++) {
        const mask = masks[bytes[at]!]!;
        const swapped = ((~diagonal & mask) << 1) & maskBefore;
        diagonal = ((((mask & vertical) + vertical) | 0) ^ vertical) | mask | negative | swapped;
        let plus = negative | ~(diagonal | vertical);
        const minus = diagonal & vertical;
        if ((plus & last) !== 0) distance++;
        else if ((minus & last) !== 0) distance--;
        if (distance - (to - at - 1) > limit) return false;
        plus = (plus << 1) | 1;
        vertical = (minus << 1) | ~(diagonal | plus);
        negative = plus & diagonal;
        maskBefore = mask;
      }
      return distance <= limit;
    },
  };
}
