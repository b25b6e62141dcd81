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

/** Pairs of letters that spell one sound in some language, in the order of their bits. */
const soundPairs = "ou dj ch gu ce ci aa oe tj sj nj sz cz sy ty zy oh tu uu zh ay ph tz ts kh gh ck sh th dh".split(
  " ",
);
const bitOfPair = new Int32Array(1 << 10);
for (const [bit, pair] of soundPairs.entries()) bitOfPair[placeOf(pair.charCodeAt(0), pair.charCodeAt(1))] = 1 << bit;

function placeOf(first: number, second: number): number {
  return ((first & 31) << 5) | (second & 31);
}

/** Which of these pairs stand in a word of letters, a bit each: who looks for one of them need not look for one that cannot be there. */
export function pairsOf(word: string): number {
  let bits = 0;
  for (let i = 1; i < word.length; i++) bits |= bitOfPair[placeOf(word.charCodeAt(i - 1), word.charCodeAt(i))]!;
  return bits;
}

/** The bits of some of these pairs, parted by spaces. */
export function pairBits(pairs: string): number {
  return pairs.split(" ").reduce((bits, pair) => {
    const bit = soundPairs.indexOf(pair);
    if (bit < 0) throw new Error(`${pair} is none of the pairs`);
    return bits | (1 << bit);
  }, 0);
}
