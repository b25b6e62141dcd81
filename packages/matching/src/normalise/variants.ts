import { canonicalToken } from "./canonical.ts";
import { mayBeWholeName } from "./family-signs.ts";
import { hanByLanguage, type HanReading } from "./han-by-language.ts";
import { dottedHan, hanWords } from "./han.ts";
import { particles } from "./particles.ts";
import { joinPhrases } from "./phrases.ts";
import { isSouthernFamily, southernReadings } from "./southern-chinese.ts";
import { hasWordsJoinedByCase, type Token, tokenise } from "./tokenise.ts";
import { wadeGilesReadings } from "./wade-giles.ts";

/** One run of Han characters and nothing else. */
const onlyHan = /^\P{L}*\p{Script=Han}+\P{L}*$/u;
const hanRuns = /\p{Script=Han}+/gu;
/** Beside other words a run of more characters is no name. */
const LONGEST_NAME = 5;
/** Of more runs that may be names none is read otherwise than in pinyin. */
const MOST_RUNS = 8;
/** Of a run among other words, for each reading takes the work of the whole line: mostly none but a Korean, a Chinese and a Vietnamese one. */
const MOST_READINGS = 4;

/** Letters that are read by their sounds as well. */
const foreignScript = /[^\p{Script=Latin}\P{L}]/u;

/** One way of reading a name as words. */
export type Variant = readonly Token[];

/**
 * Every reading of a text, without repeats: apostrophes joined, then separated, then words that are joined by case
 * apart; each as written, then with every
 * particle merged into its successor, then the same with runs of single letters merged. The first is the plain one; none if the text holds nothing to compare.
 * A payment's Han characters are read by each language among other words, too; a list has them by themselves. Both sides of a comparison are read so, hence `Sa'id` meets `Said` and `Sa id`, and `al-Qaida` meets `Alqaida`.
 */
export function variants(text: string, side: "payment" | "list" = "list"): readonly Variant[] {
  const joined = tokenise(text, "join");
  const readings = [joined.tokens];
  if (joined.apostropheInside) readings.push(tokenise(text, "separate").tokens);
  if (hasWordsJoinedByCase(text)) readings.push(tokenise(text, "capitals").tokens);

  if (foreignScript.test(text)) readings.push(tokenise(text, "unknown").tokens, tokenise(text, "heard").tokens);
  if (side === "payment" || onlyHan.test(text)) readings.push(...readingsOfRuns(text, joined.tokens));

  for (const words of wadeGilesReadings(text)) readings.push(inPlacesOf(joined.tokens, words, "Wade-Giles in pinyin"));
  if (joined.tokens.some(({ written }) => isSouthernFamily(written)))
    for (const words of southernReadings(text)) readings.push(inPlacesOf(joined.tokens, words, SOUTHERN_SPELLING));

  if (readings.length === 1 && readsOneWay(joined.tokens)) return joined.tokens.length === 0 ? [] : readings;

  const found = new Map<string, Variant>();
  for (const tokens of readings) {
    const letters = mergeLetters(tokens, text);
    for (const variant of [tokens, mergeParticles(tokens), letters, mergeParticles(letters)]) {
      const key = variant.map((token) => token.text).join(" ");
      if (variant.length > 0 && !found.has(key)) found.set(key, variant);
    }
  }
  return [...found.values()];
}

/** What a reading in pinyin of a name spelt otherwise says of itself. */
export const SOUTHERN_SPELLING = "a southern spelling in pinyin";

const PINYIN_NAME = "as a name in pinyin";

export const hanReaders: Readonly<Record<HanReading["language"], string>> = {
  Korean: "as a Korean reads it",
  Cantonese: "as Hong Kong reads it",
  Hokkien: "as Singapore reads it",
  Vietnamese: "as a Vietnamese reads it",
  Japanese: "as a Japanese reads it",
};

/**
 * Han characters as each language that writes them reads them: a run that is all of a text, or that stands among other words; of several
 * each in its turn.
 */
function readingsOfRuns(text: string, tokens: Variant): readonly Variant[] {
  if (dottedHan.test(text)) return [];
  const all = Array.from(text.matchAll(hanRuns));
  const alone = onlyHan.test(text);
  const runs = alone ? all : all.filter(([run]) => (all.length === 1 ? isAsLongAsName : mayBeWholeName)(run));
  if (runs.length > MOST_RUNS) return [];
  const most = alone ? undefined : MOST_READINGS;
  return runs.flatMap(({ 0: run, index: from }) => {
    const inPlace = (words: readonly string[], as: string): Variant => inPlaceOfRun(tokens, { from, run, words, as });
    const read = hanByLanguage(run)
      .slice(0, most)
      .map(({ language, words }) => inPlace(words, hanReaders[language]));
    // Beside others a run is one word in pinyin; as a name it begins with a family name.
    return all.length === 1 ? read : [inPlace(hanWords(run, true), PINYIN_NAME), ...read];
  });
}

function isAsLongAsName(run: string): boolean {
  const { length } = Array.from(run);
  return length >= 2 && length <= LONGEST_NAME;
}

/** A run of letters by other words, beside what else stands in the text. */
function inPlaceOfRun(
  tokens: Variant,
  {
    from,
    run,
    words,
    as,
  }: { readonly from: number; readonly run: string; readonly words: readonly string[]; readonly as: string },
): Variant {
  const end = from + run.length;
  const first = tokens.findIndex((token) => token.start >= from && token.start < end);
  const place = tokens[first];
  if (place === undefined) return tokens;
  const read = words.map((word) => ({ text: canonicalToken(word), written: word, start: place.start, end: place.end }));
  const behind = tokens.slice(first).filter((token) => token.start >= end);
  return joinPhrases([...tokens.slice(0, first), ...read, ...behind]).map((token) => ({ ...token, as }));
}

/** The words of another spelling of a name, from the first of its words to the last. */
function inPlacesOf(tokens: Variant, words: readonly string[], as: string): Variant {
  const [start, end] = [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0];
  return words.map((word) => ({ text: word, written: word, start, end, as }));
}

/** Nothing in it can be merged: no particle, and no two single letters side by side. Most texts are so. */
function readsOneWay(tokens: Variant): boolean {
  let single = false;
  for (const { written } of tokens) {
    if (particles.has(written)) return false;
    const isSingle = written.length === 1;
    if (isSingle && single) return false;
    single = isSingle;
  }
  return true;
}

/** Each run of particles is joined with the word after it; a run at the end stays as it is. */
export function mergeParticles(tokens: Variant): Variant {
  if (!tokens.some((token) => particles.has(token.written))) return tokens;
  const merged: Token[] = [];
  let run: Token[] = [];
  for (const token of tokens) {
    if (particles.has(token.written)) {
      run.push(token);
    } else {
      merged.push(run.length === 0 ? token : joinTokens([...run, token]));
      run = [];
    }
  }
  return [...merged, ...run];
}

const careOf = /^c\/o$/i;

/** Whether two letters side by side may be of one word: not *care of*, nor with a sign between them that only a wrong set of characters makes. */
function mayMerge(before: Token | undefined, token: Token, text: string): boolean {
  if (before === undefined) return true;
  for (let at = before.end; at < token.start; at++) if (isUnwritten(text.charCodeAt(at))) return false;
  return !careOf.test(text.slice(before.start, token.end));
}

/** Control characters but for those that part words and lines. */
function isUnwritten(code: number): boolean {
  return code < 0x20 && (code < 0x09 || code > 0x0d);
}

/** Each run of single letters is one word: `A.B.C. Trading` is `ABC Trading`. */
function mergeLetters(tokens: Variant, text: string): Variant {
  const merged: Token[] = [];
  let run: Token[] = [];
  const close = (): void => {
    if (run.length > 0) merged.push(run.length === 1 ? run[0]! : joinTokens(run));
    run = [];
  };
  for (const token of tokens) {
    if (/^[a-z]$/.test(token.written)) {
      if (!mayMerge(run.at(-1), token, text)) close();
      run.push(token);
    } else {
      close();
      merged.push(token);
    }
  }
  close();
  return merged;
}

function joinTokens(parts: readonly Token[]): Token {
  const written = parts.map((part) => part.written).join("");
  return { text: canonicalToken(written), written, start: parts[0]!.start, end: parts.at(-1)!.end };
}

/** The whole name without spaces, as written and with legal forms and titles canonical; one string if they agree. */
export function spacelessKeys(plain: Variant): readonly string[] {
  const written = plain.map((token) => token.written).join("");
  const canonical = plain.map((token) => token.text).join("");
  return written === canonical ? [written] : [written, canonical];
}

const MOST_TURNED = 4;

/** The keys by which a listed name is found: its own, and those with its words turned, since a list may write the family name where the payment does not. */
export function listedSpacelessKeys(plain: Variant): readonly string[] {
  if (plain.length < 2 || plain.length > MOST_TURNED) return spacelessKeys(plain);
  const turned = plain.map((_, at) => [...plain.slice(at), ...plain.slice(0, at)]);
  return [...new Set(turned.flatMap(spacelessKeys))];
}
