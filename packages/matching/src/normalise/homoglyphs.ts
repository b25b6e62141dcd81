import type { Folded } from "./fold.ts";

/**
 * Letters of other alphabets that look like a Latin one, by the Latin letter. A word that mixes Latin letters with
 * these is read as Latin: nobody writes half a word in another alphabet but to be read by people and not by machines.
 */
const lookalikes: Readonly<Record<string, string>> = {
  a: "аАαΑ",
  b: "ВвΒЬьЪЫъы",
  c: "сСϲϹ",
  d: "ԁԀ",
  e: "еЕёЁεΕєЄ",
  f: "ғҒϝ",
  g: "ԍցǥ",
  h: "НнҺһΗ",
  i: "іІїЇιΙɪ",
  j: "јЈϳ",
  k: "кКκΚ",
  l: "Ӏӏℓ",
  m: "мМΜ",
  n: "пПΝηո",
  o: "оОοΟσ",
  p: "рРρΡ",
  q: "ԛԚ",
  r: "гГ",
  s: "ѕЅ",
  t: "тТτΤ",
  u: "иИυμ",
  v: "ѵѴνѶ",
  w: "ԝԜшШω",
  x: "хХχΧ",
  y: "уУүҮΥγ",
  z: "ΖζʐᴢᏃ",
};

/** Letters of scripts that no payment is written in, and phonetic ones, that look like a Latin letter. */
const rareLookalikes: Readonly<Record<string, string>> = {
  a: "ɑꭺᎪꓮ",
  b: "Ᏼꓐ",
  c: "ᏟꓚᴄⅭ",
  d: "ᎠꓓⅮ",
  e: "Ꭼꓰ",
  f: "ꓝ",
  g: "ɡᏀꓖ",
  h: "Ꮋꓧհ",
  i: "ᏆꓲⅠ",
  j: "Ꭻꓙ",
  k: "Ꮶꓗ",
  l: "ᏞꓡⅬ",
  m: "ᎷꓟⅯ",
  n: "ꓠ",
  o: "օꓳ",
  p: "ᏢꓑϷ",
  r: "ᎡᏒꓣ",
  s: "ᏚꓢՏ",
  t: "Ꭲꓔ",
  u: "սꓴՍ",
  v: "Ꮩꓦ",
  w: "Ꮃꓪ",
  x: "ꓫ",
  y: "Ꮍꓬ",
  z: "Ꮓꓜ",
};

const latinOf = new Map<string, string>();
for (const [latin, others] of Object.entries(lookalikes)) for (const other of others) latinOf.set(other, latin);

const rareLatinOf = new Map<string, string>();
for (const [latin, others] of Object.entries(rareLookalikes)) for (const other of others) rareLatinOf.set(other, latin);

/** The Latin letter that a letter of another alphabet looks like. */
export function latinLookalike(character: string): string | undefined {
  return latinOf.get(character) ?? rareLatinOf.get(character);
}

/** The Cyrillic letter that a Latin one looks like, in the same case. */
const cyrillicOf = new Map(
  Array.from("aceijkmopstxyABCEHIJKMOPSTXY", (latin, at) => [latin, "асеіјкморѕтхуАВСЕНІЈКМОРЅТХУ"[at]!] as const),
);

export function cyrillicLookalike(latin: string): string | undefined {
  return cyrillicOf.get(latin);
}

const latinLetter = /\p{Script=Latin}/u;
const deceptive = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u;

/** A word with letters that only look Latin replaced, if it mixes them with Latin ones; else the word as it is. */
export function withoutHomoglyphs(word: string): string {
  if (!latinLetter.test(word) || !deceptive.test(word)) return word;
  let out = "";
  for (const character of word) out += latinOf.get(character) ?? character;
  return out;
}

const lettersOfSigns: Readonly<Record<string, Folded>> = {
  "@": { kind: "letters", text: "a", alone: false },
  $: { kind: "letters", text: "s", alone: false },
};

const AT_SIGN = 0x40;
const DOLLAR_SIGN = 0x24;

/** The letter that a sign at `at`, before a letter or another sign, stands for inside a word: `Vl@dimir`, `Ru$$ia`. */
export function letterOfSign(text: string, at: number): Folded | undefined {
  const code = text.charCodeAt(at);
  if (code !== AT_SIGN && code !== DOLLAR_SIGN) return undefined;
  const letter = lettersOfSigns[text[at]!];
  return letter !== undefined && /^[a-z@$]$/i.test(text[at + 1] ?? "") ? letter : undefined;
}

/** Digits that stand for a letter inside a word. */
const letterOfDigit: Readonly<Record<string, string>> = { "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t" };
const SHORTEST_DISGUISED = 4;
const ordinal = /^[0-9]+(?:st|nd|rd|th)$/;

/**
 * A token of letters with a digit among them, as it would be read: `put1n`, `0sama`; an ordinal is its number. Digits at the end stay
 * (`covid19`, `unit7`) save a single one that reads as a vowel after three letters; so do tokens with more than two digits.
 * Bytes a-z0-9 in and out.
 */
export function withoutDigitsForLetters(token: string): string {
  if (ordinal.test(token)) return token.slice(0, -2);
  if (token.length < SHORTEST_DISGUISED || !/^[a-z]*[0-9][a-z]/.test(token)) return token;
  const digits = token.replace(/[^0-9]/g, "");
  if (digits.length > 2 || token.length - digits.length < SHORTEST_DISGUISED - 1) return token;
  if (!/[a-z]$/.test(token) || /[0-9]{2}/.test(token)) return token;
  return token.replace(/[0-9]/g, (digit) => letterOfDigit[digit] ?? digit);
}
