/** FNV-1a over the code units of a string of ASCII, with a final mix; unsigned 32 bits. */
export function hashText(text: string): number {
  return mix(fnvOf(text, FNV_BASIS));
}

/** The hash of `prefix + text`, for many texts: the two are not joined. */
export function hashUnder(prefix: string): (text: string) => number {
  const begun = fnvOf(prefix, FNV_BASIS);
  return (text) => mix(fnvOf(text, begun));
}

/** Of FNV-1a: hash = (hash XOR unit) * prime for each code unit, from the basis. */
export const FNV_BASIS = 0x811c9dc5;
export const FNV_PRIME = 0x01000193;

function fnvOf(text: string, begun: number): number {
  let hash = begun;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
  return hash;
}

/** Spreads a 32-bit value over all its bits. */
export function mix(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
