import { wordClasses } from "../normalise/canonical.ts";
import { commonWords } from "../weights/common-words.ts";
import { lettersOf } from "./letters.ts";

/** Words of organisations that people shorten, beside those of `common-words.ts` and the classes of `canonical.ts`. */
const others = (
  "brothers associates contracting contractors hydrocarbon petrochemicals pharmaceuticals telecommunications communication " +
  "refinery refining automotive automobile aerospace aircraft fisheries textile textiles cement minerals metallurgical " +
  "engineers establishment cooperative cooperation laboratory laboratories government provincial municipal " +
  "representative headquarters intelligence administration directorate procurement forwarding freight warehouse " +
  "gesellschaft aktiengesellschaft handelsgesellschaft societe etablissements compagnie sociedad empresa empresas " +
  "constructora comercializadora distribuidora transportes asociacion fundacion compania commercio importadora " +
  "societa obshchestvo predpriyatie nauchno proizvodstvennoe"
).split(" ");

const SHORTEST_SHORTENED = 4;
const LIGHTEST = 2;
const HEAVIEST = 5;
/** Countries and titles are no words of firms. */
const noFirms: ReadonlySet<string> = new Set(
  "mr mrs dr prof eng haji sheikh mullah sayyid gen mv jr sr esq phd sir attn col capt ayatollah people peoples".split(
    " ",
  ),
);

/** Each word of firms, and the word that stands for it in a comparison. */
const standsFor = new Map<string, string>();
for (const [weight, spellings] of wordClasses) {
  const words = spellings.split(" ");
  if (weight < LIGHTEST || weight > HEAVIEST || noFirms.has(words[0]!)) continue;
  for (const word of words) standsFor.set(word, words[0]!);
}
for (const word of [
  ...commonWords.flatMap(([weight, some]) => (weight < 3 || weight > HEAVIEST ? [] : some.split(" "))),
  ...others,
])
  if (!standsFor.has(word) && !noFirms.has(word)) standsFor.set(word, word);

const ids = new Map([...new Set(standsFor.values())].map((word, id) => [word, id]));

interface FirmWord {
  readonly word: string;
  readonly letters: number;
  readonly id: number;
}

const byFirstLetter = new Map<string, FirmWord[]>();
for (const [word, stands] of standsFor) {
  if (word.length <= SHORTEST_SHORTENED) continue;
  const some = byFirstLetter.get(word[0]!) ?? [];
  byFirstLetter.set(word[0]!, [...some, { word, letters: lettersOf(word), id: ids.get(stands)! }]);
}

/** The id of a word of firms, given as it stands in a comparison; undefined for any other word. */
export function firmWordId(word: string): number | undefined {
  return ids.get(word);
}

/** Its own id with those of the longer words of firms that it begins, ascending: `Telecom` is `Telecommunications`. */
export function firmWordsBegunBy(text: string, own: number): readonly number[] {
  if (text.length < SHORTEST_BEGINNING) return [own];
  const found = new Set([own]);
  for (const { word, id } of byFirstLetter.get(text[0]!) ?? []) if (word.startsWith(text)) found.add(id);
  return [...found].toSorted((a, b) => a - b);
}

const SHORTEST_BEGINNING = 6;
const SHORTEST = 3;
const LONGEST = 10;
const NONE: readonly number[] = Object.freeze([]);

/** Ids, ascending, of the words of firms that a word may be short for. */
export function firmWordsShortenedTo(short: string): readonly number[] {
  if (short.length < SHORTEST || short.length > LONGEST) return NONE;
  const shortLetters = lettersOf(short);
  let found: Set<number> | undefined;
  for (const { word, letters, id } of byFirstLetter.get(short[0]!) ?? [])
    // Whatever is short for a word has no letter that the word has not.
    if ((shortLetters & ~letters) === 0 && isShortFor(short, word)) found = (found ?? new Set()).add(id);
  return found === undefined ? NONE : [...found].toSorted((a, b) => a - b);
}

/**
 * Whether one is short for the other: its beginning (`Tech`, `Petrochem`); its beginning and consonants behind it, in order, up to
 * the last of them or four letters and more (`Trdg`, `Mfg`, `Devt`); or all of it but a letter or three (`Srvces`).
 */
export function isShortFor(short: string, word: string): boolean {
  if (short.length + 2 > word.length) return short.length + 1 === word.length && isCutAtVowel(short, word);
  const rest = commonBeginning(short, word);
  if (rest === short.length) return true;
  if (!isSubsequence(short, word)) return false;
  if (/^[^aeiou]+$/.test(short.slice(rest)))
    return short.length > SHORTEST || lastConsonant(short) === lastConsonant(word);
  return short.length + 3 >= word.length;
}

/** One letter less is a slip of the pen, unless it is a vowel within: `Bnk`. */
function isCutAtVowel(short: string, word: string): boolean {
  return word.replace(/(?<=.)[aeiou]/g, "") === short;
}

function commonBeginning(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

function isSubsequence(short: string, word: string): boolean {
  let at = 0;
  for (let k = 0; k < word.length && at < short.length; k++) if (word[k] === short[at]) at++;
  return at === short.length;
}

function lastConsonant(word: string): string {
  return /[^aeiou](?=[aeiou]*$)/.exec(word)?.[0] ?? "";
}

/** What may be shortened, for the engine's version. */
export const firmWords: readonly (readonly [word: string, stands: string])[] = [...standsFor];
