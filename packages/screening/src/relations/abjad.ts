/** Consonants fewer than these join too many names. */
const SHORTEST_CONSONANTS = 3;

/** True for a word read as consonants only, marked by its leading 0; see `normalise/arabic.ts`. */
export function isAbjad(text: string): boolean {
  return text.length > 1 && text.startsWith("0") && text[1]! >= "a";
}

/**
 * What a word and its writing without vowels have in common, or "" if that is too little: consonants, with those that
 * transliterations exchange made one (k q g gh kh; d z; b p), and no w, v or y, which also write vowels.
 */
export function abjadKey(text: string): string {
  const letters = isAbjad(text) ? text.slice(1) : text;
  if (/[0-9]/.test(letters)) return "";
  const key = letters
    .replace(/ph/g, "f")
    .replace(/tz|ts/g, "s")
    .replace(/dzh|dj/g, "j")
    .replace(/ch(?!r)/g, "c")
    .replace(/kh|gh|ck/g, "k")
    .replace(/sh|sch/g, "s")
    .replace(/th/g, "t")
    .replace(/dh/g, "d")
    .replace(/[aeiouywv]/g, "")
    .replace(/[qg]/g, "k")
    .replace(/z/g, "d")
    .replace(/p/g, "b")
    .replace(/x/g, "ks")
    .replace(/h$/, "")
    .replace(/(.)\1+/g, "$1");
  return key.length >= SHORTEST_CONSONANTS ? key : "";
}
