import { pairBits } from "./letters.ts";

/** Consonants fewer than these join too many names. */
const SHORTEST_CONSONANTS = 4;

/** True for a word read as consonants only, marked by its leading 0; see `normalise/arabic.ts`. */
export function isAbjad(text: string): boolean {
  return text.length > 1 && text.startsWith("0") && text[1]! >= "a";
}

/**
 * What a word and its writing without vowels have in common, or "" if that is too little: consonants, with those that
 * transliterations exchange made one (k q g gh kh; d z; b p), and no w, v or y, which also write vowels. `pairs`: see `pairsOf`.
 */
export function abjadKey(text: string, pairs: number): string {
  let letters = isAbjad(text) ? text.slice(1) : text;
  if (hasDigit(letters)) return "";
  // Most words have few of these pairs, and looking for one that cannot be there is what costs.
  for (let at = 0; at < spellings.length; at++) {
    const { needs, spelling, sound } = spellings[at]!;
    if ((needs & pairs) !== 0) letters = letters.replace(spelling, sound);
  }
  const key = withoutVowels(letters);
  return key.length >= SHORTEST_CONSONANTS ? key : "";
}

/** In their order: what one makes is met by the next, as *tzh* by way of *sh*. */
const spellings = (
  [
    ["ph", /ph/g, "f"],
    ["tz ts", /tz|ts/g, "s"],
    ["zh dj", /dzh|dj/g, "j"],
    ["ch", /ch(?!r)/g, "c"],
    ["kh gh ck ch", /kh|gh|ck/g, "k"],
    ["sh ch zh", /sh|sch/g, "s"],
    ["th", /th/g, "t"],
    ["dh", /dh/g, "d"],
  ] as const
).map(([needs, spelling, sound]) => ({ needs: pairBits(needs), spelling, sound }));

function hasDigit(word: string): boolean {
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) < 0x3a) return true;
  return false;
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
