/** The letters of a word as bits 1 to 26; digits fall on others, which only makes two words look more alike. */
export function lettersOf(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
}

/**
 * Whether two words whose letters differ in these bits may be so many edits apart: one edit at most takes one letter out of a word
 * and brings another in, so each counts for two bits.
 */
export function mayBeWithin(differing: number, edits: number): boolean {
  let bits = differing;
  for (let left = 2 * edits; left > 0 && bits !== 0; left--) bits &= bits - 1;
  return bits === 0;
}
