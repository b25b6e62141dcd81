import { isKnownName } from "../names/known.ts";
import { canonicalTokenAnew, classWeights } from "./canonical.ts";
import { particles } from "./particles.ts";
import { phrases, phraseWords } from "./phrase-table.ts";

/**
 * Short legal forms, as classes of `canonical.ts` have them, that are told with one edit too where they end or begin a
 * name. Two letters are too few.
 */
const forms = (
  "ltd llc ltda sarl srl gmbh ooo tov bvba sro doo dooel ood eood kft aps sdn bhd pte pty pvt lda fgup plc jsc oao " +
  "pao zao ojsc pjsc cjsc spa inc corp llp fzco fzc fze dmcc"
).split(" ");

const letters = "abcdefghijklmnopqrstuvwxyz";
const SHORTEST = 2;

/**
 * What can be said may be a name that no table has (`Naimullah Hood`, `Karl Faiz`): of short forms such a word is one only with a letter
 * left out, doubled or swapped with the next.
 */
const MAY_BE_SAID = /^(?!.*[^aeiouy]{3}).*[aeiouy]/;
const names: ReadonlySet<string> = new Set(["lad"]);

/** Of words of forms written out (`stock`); shorter ones are too near to others, longer ones are known with one edit anyway. */
const SHORTEST_PHRASE_WORD = 5;
const LONGEST_PHRASE_WORD = 6;

/** What a word may be that is one edit away. */
interface Misspelt {
  /** A short legal form, as it is compared. */
  form?: string;
  /** A word of legal forms written out. */
  phraseWord?: string;
}

const misspelt = new Map<string, Misspelt>();
for (const form of forms) for (const entry of misspellingsOf(slipsIn(form))) entry.form ??= canonicalTokenAnew(form);
for (const word of new Set(phrases.flatMap(([, phrase]) => phrase.split(" "))))
  if (word.length >= SHORTEST_PHRASE_WORD && word.length <= LONGEST_PHRASE_WORD)
    for (const entry of misspellingsOf(oneEditFrom(word))) entry.phraseWord ??= word;

/** The short legal form, or the word of one written out, that a word is one edit from; undefined for nearly all words. Bytes a-z0-9. */
export function misspeltAs(word: string): Readonly<Misspelt> | undefined {
  const found = misspelt.get(word);
  // Asked for the few that come, not for all there are: that would take half of what the engine takes to start.
  return found === undefined || hasMeaning(word) ? undefined : found;
}

function* misspellingsOf(spellings: Iterable<string>): Generator<Misspelt> {
  for (const written of spellings) {
    if (written.length < SHORTEST) continue;
    let entry = misspelt.get(written);
    if (entry === undefined) misspelt.set(written, (entry = {}));
    yield entry;
  }
}

function hasMeaning(word: string): boolean {
  return (
    canonicalTokenAnew(word) !== word ||
    classWeights.has(word) ||
    particles.has(word) ||
    phraseWords.has(word) ||
    isKnownName(word)
  );
}

/** Those of a short form. */
function* slipsIn(form: string): Generator<string> {
  const likely = new Set(leftOutOrSwapped(form));
  for (let at = 0; at < form.length; at++) likely.add(form.slice(0, at) + form.charAt(at) + form.slice(at));
  for (const written of oneEditFrom(form))
    if (!names.has(written) && (likely.has(written) || !MAY_BE_SAID.test(written))) yield written;
}

function* oneEditFrom(form: string): Generator<string> {
  yield* leftOutOrSwapped(form);
  for (let at = 0; at <= form.length; at++) {
    const [before, behind] = [form.slice(0, at), form.slice(at)];
    for (const letter of letters) {
      yield before + letter + behind;
      if (behind !== "") yield before + letter + behind.slice(1);
    }
  }
}

function* leftOutOrSwapped(form: string): Generator<string> {
  for (let at = 0; at < form.length; at++) {
    const [before, behind] = [form.slice(0, at), form.slice(at)];
    yield before + behind.slice(1);
    if (behind.length > 1) yield before + behind.charAt(1) + behind.charAt(0) + behind.slice(2);
  }
}
