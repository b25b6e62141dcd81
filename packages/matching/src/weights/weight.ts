import { hasNicknames, isKnownName, isPopular } from "../names/known.ts";
import { isPatronymic, patronymics } from "../names/patronymics.ts";
import { romanNumbers } from "../names/roman.ts";
import { isSyllable } from "../names/syllables.ts";
import { classWeights } from "../normalise/canonical.ts";
import { isSignMark, markOf, SIGN, withoutMark } from "../normalise/marked-words.ts";
import { particles } from "../normalise/particles.ts";
import { phraseWords } from "../normalise/phrase-table.ts";
import { commonNames } from "./common-names.ts";
import { commonWords } from "./common-words.ts";

/** Weight of a word that no table knows: most of what identifies anybody. */
const RARE = 12;
const NUMBER = 16;
const PARTICLE = 2;
/** Of a legal form written out, of which another word is missing or far away. */
const PHRASE_WORD = 1;
const SYLLABLE = 5;
/** Common in some country, but not common enough for the table. */
const POPULAR = 8;
const SINGLE_CHARACTER = 3;
const PATRONYMIC = 4;
const ARTICLE = "al";
/** Before a number. As a family name of Korea it is marked as such where it is written in its own script. */
const NUMBER_SIGN = "no";

export const LARGEST_WEIGHT = 16;

/** Later entries give way to earlier ones: a class or particle stays light even if it is also a common name. */
const table = new Map<string, number>();
function enter(word: string, weight: number): void {
  if (!table.has(word)) table.set(word, weight);
}
for (const [word, weight] of classWeights) enter(word, weight);
enter(NUMBER_SIGN, PARTICLE);
for (const particle of particles) enter(particle, PARTICLE);
for (const line of patronymics) for (const patronymic of line.split(" ")) enter(patronymic, PATRONYMIC);
for (const roman of romanNumbers) enter(roman, NUMBER);
for (const [weight, words] of [...commonWords, ...commonNames]) {
  for (const word of words.split(" ")) enter(word, weight);
}
for (const word of phraseWords) enter(word, PHRASE_WORD);

const commonNameWeights = new Map(
  commonNames.flatMap(([weight, names]) => names.split(" ").map((name) => [name, weight])),
);

/**
 * What a token tells about identity, an integer 1..16. Frozen: it depends on the token alone, never on a list, so a
 * score is the same in every list, and an update of a list changes no other score.
 */
export function weightOf(token: string): number {
  return token[0] === "0" ? weightOfMarked(token) : weightOfPlain(token);
}

/** A sign of a name is a syllable of it, not the particle that is spelt so. */
function weightOfMarked(token: string): number {
  const mark = markOf(token);
  if (mark === SIGN) return SYLLABLE;
  const plain = withoutMark(token);
  const weight = weightOfPlain(plain);
  return isSignMark(mark) && isSyllable(plain) ? Math.max(SYLLABLE, weight) : weight;
}

function weightOfPlain(token: string): number {
  const known = table.get(token);
  if (known !== undefined) return known;
  if (/^[0-9]+$/.test(token)) return NUMBER;
  if (token.length === 1) return SINGLE_CHARACTER;
  if (isSyllable(token)) return SYLLABLE;
  if (isPopular(token) || hasNicknames(token)) return POPULAR;
  if (isPatronymic(token, isKnownName)) return PATRONYMIC;
  return Math.min(RARE, behindArticle(token));
}

/** `Alali` tells what `al Ali` tells. */
function behindArticle(token: string): number {
  if (!token.startsWith(ARTICLE)) return RARE;
  const name = commonNameWeights.get(token.slice(ARTICLE.length));
  return name === undefined ? RARE : PARTICLE + name;
}

/** The least that a word of this many digits or more weighs, and of letters with digits. */
export const DIGITS_OF_NUMBER = 3;
const numberInWord = new RegExp(`[0-9]{${String(DIGITS_OF_NUMBER)}}`);
export const LEAST_OF_NUMBERS: number = Math.min(
  RARE,
  ...Array.from(table, ([word, weight]) => (numberInWord.test(word) ? weight : RARE)),
);

/** The whole table, for the engine's version. */
export const weightTable: ReadonlyMap<string, number> = table;
