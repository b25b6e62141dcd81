/** Consonants fewer than these join too many names. */
const SHORTEST_CONSONANTS = 4;

/** True for a word read as consonants only, marked by its leading 0; see `normalise/arabic.ts`. */
export function isAbjad(text: string): boolean {
  return text.length > 1 && text.startsWith("0") && text[1]! >= "a";
}

/**
 * What a word and its writing without vowels have in common, or "" if that is too little: consonants, with those that
 * transliterations exchange made one (k q g gh kh; d z; b p), and no w, v or y, which also write vowels.
 */
export function abjadKey(text: string): string {
  let letters = isAbjad(text) ? text.slice(1) : text;
  const has = lettersOf(letters);
  if ((has & DIGITS) !== 0) return "";
  // Most words have few of these pairs, and looking for one that cannot be there is what costs.
  const h = (has & H) !== 0;
  if (h) letters = letters.replace(/ph/g, "f");
  if ((has & T) !== 0) letters = letters.replace(/tz|ts/g, "s");
  if ((has & J) !== 0) letters = letters.replace(/dzh|dj/g, "j");
  else if (h && (has & D) !== 0) letters = letters.replace(/dzh/g, "j");
  if (h) letters = letters.replace(/ch(?!r)/g, "c");
  if (h || (has & C) !== 0) letters = letters.replace(/kh|gh|ck/g, "k");
  if (h)
    letters = letters
      .replace(/sh|sch/g, "s")
      .replace(/th/g, "t")
      .replace(/dh/g, "d");
  const key = withoutVowels(letters);
  return key.length >= SHORTEST_CONSONANTS ? key : "";
}

/** Vowels and half-vowels go; q g = k, z = d, p = b, x = ks; an h at the end goes; repeats collapse. */
function withoutVowels(letters: string): string {
  let key = "";
  let last = "";
  let held = "";
  for (let i = 0; i < letters.length; i++) {
    const sounds = consonantOf[letters.charCodeAt(i) & 31]!;
    for (let k = 0; k < sounds.length; k++) {
      // The latest consonant waits until another follows: only then is it not an h at the end.
      if (held !== "" && held !== last) {
        key += held;
        last = held;
      }
      held = sounds[k]!;
    }
  }
  return held === "" || held === "h" || held === last ? key : key + held;
}

const consonantOf: readonly string[] = Array.from({ length: 32 }, (_, code) => {
  const letter = String.fromCharCode(code | 0x60);
  if (code < 1 || code > 26 || "aeiouywv".includes(letter)) return "";
  return ({ q: "k", g: "k", z: "d", p: "b", x: "ks" } as Readonly<Record<string, string>>)[letter] ?? letter;
});

const DIGITS = 1 << 31;
const C = 1 << 3;
const D = 1 << 4;
const H = 1 << 8;
const J = 1 << 10;
const T = 1 << 20;

/** A bit for each letter of a word, and `DIGITS` for any digit. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    bits |= code < 0x3a ? DIGITS : 1 << (code & 31);
  }
  return bits;
}
