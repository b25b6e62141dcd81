import { hashText } from "../retrieval/hash.ts";
import { MOST_VOWELS_LEFT, SHORTEST_SLIP, type Term } from "./similarity.ts";

/**
 * Hashes under which a token of the list is filed. Together with `queryKeys` they retrieve every relation but `exact`
 * and `spelling`, and with `initialKey` the initials: if such a relation holds between q and r then `queryKeys(q)` and
 * `listKeys(r)` share a key. Keys may collide; `similarity` has the last word.
 */
export function listKeys(term: Term): readonly number[] {
  const keys = sharedKeys(term);
  if (term.text.length > 1 && LETTER.test(term.text)) keys.push(initialKey(term.text[0]!));
  if (term.consonants !== "") {
    keys.push(hashText(`a:${term.consonants}`));
    if (term.abjad) keys.push(hashText(`A:${term.consonants}`));
  }
  for (const key of slipKeys(term)) keys.push(key);
  if (term.bare !== "" && term.vowels > 0) keys.push(hashText(`v:${term.bare}`));
  for (const key of term.heard) keys.push(hashText(`H:${key}`));
  if (term.soundKey !== "") keys.push(hashText(`h:${term.soundKey}`));
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
  if (term.consonants !== "") keys.push(hashText(`${term.abjad ? "a" : "A"}:${term.consonants}`));
  if (!term.borne) for (const key of slipKeys(term)) keys.push(key);
  if (term.bare !== "" && term.vowels <= MOST_VOWELS_LEFT && !term.borne) keys.push(hashText(`v:${term.bare}`));
  // What is read by its sounds and what is spelt in Latin letters look for each other only.
  for (const key of term.heard) keys.push(hashText(`h:${key}`));
  if (term.soundKey !== "") keys.push(hashText(`H:${term.soundKey}`));
  return keys;
}

/** Of words of three and four letters, themselves and what is left without one letter: one edit apart, two share a key. */
function slipKeys({ text, digits, mark }: Term): readonly number[] {
  if (mark !== "" || digits !== "" || text.length < SHORTEST_SLIP || text.length > SHORTEST_SLIP + 1) return [];
  const left = new Set([text]);
  for (let at = 0; at < text.length; at++) left.add(text.slice(0, at) + text.slice(at + 1));
  return Array.from(left, (letters) => hashText(`s:${letters}`));
}

function sharedKeys(term: Term): number[] {
  const keys: number[] = [];
  if (term.skeleton !== "") keys.push(hashText(term.skeleton));
  // What an ear makes of a word is met by the word that sounds so, and by another ear's.
  for (const sound of term.ears) keys.push(hashText(sound));
  if (term.loose !== "") keys.push(hashText(`l:${term.loose}`));
  if (term.looks !== "") keys.push(hashText(`o:${term.looks}`));
  for (const id of term.firm) keys.push(hashText(`f:${String(id)}`));
  for (const id of term.classes) keys.push(hashText(`c:${String(id)}`));
  for (const id of term.nicknameOf) keys.push(hashText(`n:${String(id)}`));
  for (const id of term.formal) keys.push(hashText(`n:${String(id)}`));
  return keys;
}

const LETTER = /^[a-z]/;
