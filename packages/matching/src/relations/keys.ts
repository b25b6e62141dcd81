import { hashText, hashUnder } from "../retrieval/hash.ts";
import { MOST_VOWELS_LEFT, SHORTEST_SLIP, type Term } from "./similarity.ts";

const consonantsOfList = hashUnder("a:");
const consonantsOfAbjad = hashUnder("A:");
const withoutVowels = hashUnder("v:");
const readBySounds = hashUnder("H:");
const speltInLatin = hashUnder("h:");
const slip = hashUnder("s:");
const loose = hashUnder("l:");
const looks = hashUnder("o:");
const firm = hashUnder("f:");
const ofClass = hashUnder("c:");
const nickname = hashUnder("n:");

/**
 * Hashes under which a token of the list is filed. Together with `queryKeys` they retrieve every relation but `exact`
 * and `spelling`, and with `initialKey` the initials: if such a relation holds between q and r then `queryKeys(q)` and
 * `listKeys(r)` share a key. Keys may collide; `similarity` has the last word.
 */
export function listKeys(term: Term): readonly number[] {
  const keys = sharedKeys(term);
  if (term.text.length > 1 && LETTER.test(term.text)) keys.push(initialKey(term.text[0]!));
  if (term.consonants !== "") {
    keys.push(consonantsOfList(term.consonants));
    if (term.abjad) keys.push(consonantsOfAbjad(term.consonants));
  }
  for (const key of slipKeys(term)) keys.push(key);
  if (term.bare !== "" && term.vowels > 0) keys.push(withoutVowels(term.bare));
  for (const key of term.heard) keys.push(readBySounds(key));
  if (term.soundKey !== "") keys.push(speltInLatin(term.soundKey));
  return keys;
}

/** The key of all words that begin with a letter: thousands, hence apart from `queryKeys`. */
export function initialKey(letter: string): number {
  return hashText(`i:${letter}`);
}

/** Hashes under which the partners of a payment's token are found. */
export function queryKeys(term: Term): readonly number[] {
  const keys = sharedKeys(term);
  // Consonants only count if one side is written without vowels: a word with vowels looks for one without.
  if (term.consonants !== "") keys.push((term.abjad ? consonantsOfList : consonantsOfAbjad)(term.consonants));
  if (!term.borne) for (const key of slipKeys(term)) keys.push(key);
  if (term.bare !== "" && term.vowels <= MOST_VOWELS_LEFT && !term.borne) keys.push(withoutVowels(term.bare));
  // What is read by its sounds and what is spelt in Latin letters look for each other only.
  for (const key of term.heard) keys.push(speltInLatin(key));
  if (term.soundKey !== "") keys.push(readBySounds(term.soundKey));
  return keys;
}

/** Of words of three and four letters, themselves and what is left without one letter: one edit apart, two share a key. */
function slipKeys({ text, digits, mark }: Term): readonly number[] {
  if (mark !== "" || digits !== "" || text.length < SHORTEST_SLIP || text.length > SHORTEST_SLIP + 1) return [];
  const left = new Set([text]);
  for (let at = 0; at < text.length; at++) left.add(text.slice(0, at) + text.slice(at + 1));
  return Array.from(left, slip);
}

function sharedKeys(term: Term): number[] {
  const keys: number[] = [];
  if (term.skeleton !== "") keys.push(hashText(term.skeleton));
  // What an ear makes of a word is met by the word that sounds so, and by another ear's.
  for (const sound of term.ears) keys.push(hashText(sound));
  if (term.loose !== "") keys.push(loose(term.loose));
  for (const sound of term.looseEars) keys.push(loose(sound));
  if (term.looks !== "") keys.push(looks(term.looks));
  for (const id of term.firm) keys.push(firm(String(id)));
  for (const id of term.classes) keys.push(ofClass(String(id)));
  for (const id of term.nicknameOf) keys.push(nickname(String(id)));
  for (const id of term.formal) keys.push(nickname(String(id)));
  return keys;
}

const LETTER = /^[a-z]/;
