import { cyrillicLookalike, latinLookalike } from "./homoglyphs.ts";

/** Letters that digits and signs stand for; where two are likely, by what is read second. */
const first: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "2": "z",
  "3": "e",
  "4": "a",
  "5": "s",
  "6": "g",
  "7": "t",
  "8": "b",
  "9": "g",
  "|": "l",
  "!": "i",
  "@": "a",
  $: "s",
};
const second: Readonly<Record<string, string>> = { ...first, "1": "l", "|": "i", "!": "l" };

/** A run of ASCII letters, digits and signs that stand for letters, with a letter and one of the others in it. */
const disguised = /(?=[0-9|!@$]*[a-z])(?=[a-z]*[0-9|!@$])[a-z0-9|!@$]+/gi;
const ordinal = /^[0-9]+(?:st|nd|rd|th)$/i;
/** Digits at an end of a word, which may have been written onto it. */
const digitsAtEnds = /^[0-9]+(?=[a-z])|(?<=[a-z])[0-9]+$/gi;
const wordBeyondAscii = /[\p{L}\p{M}\p{N}]*[\u0080-\u{10ffff}][\p{L}\p{M}\p{N}]*/gu;

/** True if an ASCII text may have a disguise: only these signs, or a word of letters and digits, make one. */
export const SIGNS_OF_LETTERS = "|!@$*#";

/** No letter below U+0250 looks like another one, and no other sign stands for a letter. */
const mayDisguise = /[0-9|!@$*#\u0250-\u{10ffff}]/u;
const NONE: readonly string[] = [];

/**
 * What a text may say in disguise, each of the same length, none equal to the text: with digits and signs inside words
 * read as letters, in two ways; without digits at the ends of words; with words wholly of foreign letters that look Latin
 * read as Latin, and Cyrillic words with Latin letters among them as Cyrillic.
 */
export function disguises(text: string): readonly string[] {
  if (!mayDisguise.test(text)) return NONE;
  const found = new Set<string>();
  const latin = text.replace(wordBeyondAscii, asLatin);
  found.add(latin);
  found.add(text.replace(wordBeyondAscii, asCyrillic));
  if (/[0-9|!@$]/.test(latin)) {
    for (const letters of [first, second]) found.add(latin.replace(disguised, (word) => inLetters(word, letters)));
    found.add(latin.replace(disguised, withoutDigitsAtEnds));
  }
  for (const unmasked of withoutMasks(latin)) found.add(unmasked);
  found.delete(text);
  return [...found];
}

/** `9Petrov441`; fewer letters are those of a code: `BS40331570`. */
const LEAST_LETTERS_BESIDE_DIGITS = 3;

function withoutDigitsAtEnds(word: string): string {
  if (ordinal.test(word) || word.replace(/[^a-z]/gi, "").length < LEAST_LETTERS_BESIDE_DIGITS) return word;
  return word.replace(digitsAtEnds, blank);
}

const masked = /(?<=[a-z])[*#](?=[*#]?[a-z])|(?<=[a-z][*#])[*#](?=[a-z])/gi;
const anyMask = /[a-z][*#]{1,2}[a-z]/i;
const alphabet = "abcdefghijklmnopqrstuvwxyz";
/** What is masked to be read by people are vowels, mostly. */
const vowels = "aeiouy";
const MOST_MASKS = 2;

/** `N*zih` with each letter that may stand for the sign: any for one sign, vowels for two. None for more. */
function withoutMasks(text: string): readonly string[] {
  if (!anyMask.test(text)) return NONE;
  const places = Array.from(text.matchAll(masked), ({ index }) => index);
  if (places.length === 0 || places.length > MOST_MASKS) return NONE;
  let readings = [text];
  for (const at of places)
    readings = readings.flatMap((reading) =>
      Array.from(
        places.length === 1 ? alphabet : vowels,
        (letter) => reading.slice(0, at) + letter + reading.slice(at + 1),
      ),
    );
  return readings;
}

/** More digits side by side are a number, as `lineKey` has it; a word of many fewer letters than digits is a code. */
const numberInWord = /[0-9]{3}/;
const SHORTEST_IN_LINE = 4;
/** One letter of so many characters, at least. */
const LEAST_SHARE = 3;

/** What a line may say with digits for letters, in two ways: only in words that are no codes. */
export function disguisesInLine(text: string): readonly string[] {
  if (!/[a-z][0-9]|[0-9][a-z]/i.test(text)) return NONE;
  const found = new Set<string>();
  let any = false;
  const as = (letters: Readonly<Record<string, string>>): string =>
    text.replace(disguised, (word) => {
      if (!isDisguisedInLine(word)) return word;
      any ||= word.length >= SHORTEST_IN_LINE;
      return inLetters(word, letters);
    });
  for (const letters of [first, second]) found.add(as(letters));
  // Short words are read so beside a longer one only: A4 and 5G are none.
  if (!any) return NONE;
  found.delete(text);
  return [...found];
}

function isDisguisedInLine(word: string): boolean {
  return !numberInWord.test(word) && word.replace(/[^a-z]/gi, "").length * LEAST_SHARE >= word.length;
}

function inLetters(word: string, letters: Readonly<Record<string, string>>): string {
  return ordinal.test(word) ? word : word.replace(/[0-9|!@$]/g, (sign) => letters[sign] ?? sign);
}

function blank(part: string): string {
  return " ".repeat(part.length);
}

/** A Cyrillic word with Latin letters for those that look like them; else the word as it is. */
function asCyrillic(word: string): string {
  if (!/\p{Script=Cyrillic}/u.test(word) || !/[a-z]/i.test(word)) return word;
  return word.replace(/[a-z]/gi, (letter) => cyrillicLookalike(letter) ?? letter);
}

/** A word every letter of which is Latin or looks so; else the word as it is. */
function asLatin(word: string): string {
  let out = "";
  let mapped = false;
  for (const character of word) {
    const latin = latinLookalike(character);
    if (latin === undefined && !/^[\p{Script=Latin}\p{M}\p{N}]$/u.test(character)) return word;
    mapped ||= latin !== undefined;
    // A letter of two code units keeps its place.
    out += latin === undefined ? character : latin + "\u200b".repeat(character.length - 1);
  }
  return mapped ? out : word;
}
