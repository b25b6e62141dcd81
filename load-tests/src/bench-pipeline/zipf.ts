import type { Random } from "@cordon/simulator";

const fine = 2 ** 16;

/**
 * Draws ranks in [0, count) by Zipf's law with exponent 1: rank r is drawn with a probability proportional to
 * 1 / (r + 1), as a few customers make most of the payments and most customers few.
 */
export function zipf(count: number): (random: Random) => number {
  const upTo = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank++) upTo[rank] = sum += 1 / (rank + 1);
  return (random) => {
    const drawn = (random.below(fine) / fine + random.below(fine) / fine ** 2) * sum;
    let low = 0;
    let high = count - 1;
    // Invariant: the rank drawn is in [low, high].
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (upTo[middle]! > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
