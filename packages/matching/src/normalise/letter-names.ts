import { reading } from "../names/readings.ts";
import { indicSounds } from "./heard/read-heard.ts";

/** Letters of English by the sounds of their names (`heard/tables.ts`), as the scripts of India write the initials of a name. */
const names: Readonly<Record<string, string>> = {
  a: "e ey",
  b: "bi",
  c: "si ci",
  d: "di",
  e: "i",
  f: "ef ep",
  g: "ji",
  h: "ec",
  i: "ai",
  j: "je jey",
  k: "ke key",
  l: "el",
  m: "em",
  n: "en",
  o: "o",
  p: "pi",
  q: "kyu kiyu",
  r: "ar",
  s: "es",
  t: "ti",
  u: "yu",
  v: "vi",
  w: "d2blyu t2pilyu",
  x: "eks",
  y: "vai oy",
  z: "jed icet",
};
const letterOfName = new Map(
  Object.entries(names).flatMap(([letter, sounds]) => sounds.split(" ").map((one) => [one, letter] as const)),
);

const indic = /^[\u0900-\u0dff]{1,8}$/;
const tamil = /^[\u0b80-\u0bff]/;
/** One consonant, or none, and a vowel: how a name begins. */
const syllable = /^([a-z0-9]?)(?:[aeiou2]|ai|au)?$/;
const letterOfSound: Readonly<Record<string, string>> = { "5": "g", "6": "s", "9": "n", x: "k" };
/** Tamil has one letter for the voiced and the voiceless, and for c and s. */
const voiced: Readonly<Record<string, string>> = { p: "b", t: "d" };

/**
 * The initial that a word before a full stop stands for, in a script of India: எம். is M, by the name of the letter, and கு. is K, by the
 * beginning of a name. `voiced`: of a letter that may be two the other. Undefined for any other word.
 */
export function initialOf(word: string, isVoiced: boolean): string | undefined {
  if (!indic.test(word) || reading(word.normalize("NFKC")) !== undefined) return undefined;
  const sounds = indicSounds(word)?.replace(/2$/, "");
  if (sounds === undefined) return undefined;
  const isTamil = tamil.test(word);
  const letter = letterOfName.get(sounds) ?? beginning(sounds, isTamil);
  return isTamil && isVoiced && letter !== undefined ? (voiced[letter] ?? letter) : letter;
}

function beginning(sounds: string, isTamil: boolean): string | undefined {
  const sound = syllable.exec(sounds)?.[1];
  if (sound === undefined) return undefined;
  const first = sound === "" ? sounds[0]! : sound;
  const letter = isTamil && first === "c" ? "s" : (letterOfSound[first] ?? first);
  return /^[a-z]$/.test(letter) ? letter : undefined;
}
