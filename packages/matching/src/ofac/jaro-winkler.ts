/**
 * Jaro-Winkler as the search tool of OFAC computes it: the weight of a common beginning is given at every similarity, not above
 * 0.7 only as Winkler wrote, and to five letters rather than four. Found by its published scores, for Treasury names the
 * algorithm and not its constants. W. E. Winkler, String Comparator Metrics (1990); M. A. Jaro (1989).
 */
const PREFIX_WEIGHT = 0.1;
const LONGEST_PREFIX = 5;

/** In [0, 1]; 1 for equal texts. Compares UTF-16 units. */
export function jaroWinkler(a: string, b: string): number {
  const similarity = jaro(a, b);
  let prefix = 0;
  while (prefix < LONGEST_PREFIX && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return similarity + prefix * PREFIX_WEIGHT * (1 - similarity);
}

/** The mean of three shares: of each text's letters that are common, and of the common ones that stand in the same order. */
export function jaro(a: string, b: string): number {
  if (a === b) return 1;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const ofA = commonLetters(a, b, reach);
  const common = ofA.length;
  if (common === 0) return 0;
  const ofB = commonLetters(b, a, reach);
  let displaced = 0;
  for (let i = 0; i < common; i++) if (ofA[i] !== ofB[i]) displaced++;
  return (common / a.length + common / b.length + (common - displaced / 2) / common) / 3;
}

/** The letters of `a` that `b` has no further than `reach` away, in the order of `a`; each letter of `b` counts once. */
function commonLetters(a: string, b: string, reach: number): string {
  const taken = new Uint8Array(b.length);
  let common = "";
  for (let i = 0; i < a.length; i++) {
    const last = Math.min(b.length - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= last; j++) {
      if (taken[j] === 1 || a[i] !== b[j]) continue;
      taken[j] = 1;
      common += a[i] ?? "";
      break;
    }
  }
  return common;
}
