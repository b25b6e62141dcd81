import { isPopular } from "../names/known.ts";
import { isRomanNumber } from "../names/roman.ts";
import { withoutWordsBesideNames } from "./beside-names.ts";
import { CUT, isCutOff } from "./cut-off.ts";
import { disguises } from "./disguises.ts";
import { partedNames } from "./joined-names.ts";
import { misspeltAs } from "./misspelt-forms.ts";
import { nameAsOneRun } from "./names-in-runs.ts";
import { joinPhrases } from "./phrases.ts";
import { readingsOfSigns } from "./signs.ts";
import type { Token } from "./token.ts";
import { mergeParticles, type Variant, variants } from "./variants.ts";
import { withoutWrapping } from "./wrapping.ts";

/** A searched name, read in every way. */
export interface QueryReadings {
  /** None if the text holds nothing to compare; the first is the plain one. */
  readonly readings: readonly Variant[];
  /** The plain reading of each text that was read: of the name, of the name without its wrapping, of what it may disguise. */
  readonly plain: readonly Variant[];
}

/**
 * The readings of a searched name: those of any text; those of the name without what is no part of it (`wrapping.ts`);
 * those of what it would say if signs, digits and foreign letters stood for the Latin letters they look like
 * (`disguises.ts`); and the plain one without repeated words. Only searched names are read so, lists never. Every text
 * made on the way has the length of the first, so offsets hold.
 */
export function queryVariants(text: string): QueryReadings {
  const found = new Map<string, Variant>();
  const plain: Variant[] = [];
  const bare = withoutWrapping(text);
  const add = (...readings: readonly Variant[]): void => {
    for (const reading of readings) {
      const key = reading.map((token) => token.text).join(" ");
      if (!found.has(key)) found.set(key, reading);
    }
  };
  for (const each of new Set([text, bare, ...disguises(bare)])) {
    const [first, ...others] = variants(each, "payment");
    if (first === undefined) {
      if (plain.length === 0) break;
      continue;
    }
    plain.push(first);
    const once = withoutRepeats(first);
    const readings = once === first ? [first, ...others] : [first, ...others, once, mergeParticles(once)];
    add(...readingsOfSigns(text, readings));
    if (each === bare)
      add(...cutOrSuffixed(text, first), ...withFormsSpeltRight(first), ...withPhrasesSpeltRight(first));
  }
  add(...nameAsOneRun(text));
  add(...partedNames(withoutWordsBesideNames(text)));
  return { readings: [...found.values()], plain };
}

/** The same without the `III` of a person, and with the last word as the beginning of one where the text is cut. */
function cutOrSuffixed(text: string, tokens: Variant): readonly Variant[] {
  const readings: Variant[] = [];
  const last = tokens.at(-1)!;
  if (tokens.length > 2 && isRomanNumber(last.text) && tokens.some((token) => isPopular(token.text)))
    readings.push(tokens.slice(0, -1));
  if (tokens.length > 1 && isCutOff(text) && /^[a-z]{2,}$/.test(last.written))
    readings.push([...tokens.slice(0, -1), { ...last, text: `${CUT}${last.written}` }]);
  return readings;
}

/** The same with the legal form that its first or last word may be, if that is misspelt: `Gorizont JC`, `LGDA Desarrollos`. */
function withFormsSpeltRight(tokens: Variant): readonly Variant[] {
  if (tokens.length < 2) return [];
  const last = tokens.length - 1;
  let found = false;
  const reading = tokens.map((token, at) => {
    const form = at === 0 || at === last ? misspeltAs(token.written)?.form : undefined;
    if (form === undefined) return token;
    found = true;
    return { ...token, text: form };
  });
  return found ? [reading] : [];
}

/** The same with a legal form written out whose words of five and six letters are misspelt: `Joint Stokc Company`. */
function withPhrasesSpeltRight(tokens: Variant): readonly Variant[] {
  if (!tokens.some(({ written }) => misspeltAs(written)?.phraseWord !== undefined)) return [];
  const spelt = tokens.map((token) => ({ ...token, written: misspeltAs(token.written)?.phraseWord ?? token.written }));
  const joined = joinPhrases(spelt);
  return joined.length < tokens.length ? [joined] : [];
}

/** `Ivan Petrov Ivan Petrov` and `Ivan Ivan Petrov` as `Ivan Petrov`; the tokens themselves if none repeats, or if they are one word twice. */
function withoutRepeats(tokens: Variant): Variant {
  for (let length = 1; length <= tokens.length / 2; length++)
    if (tokens.length % length === 0 && tokens.every((token, at) => isSame(token, tokens[at % length]!)))
      return length === 1 && tokens.length === 2 ? tokens : tokens.slice(0, length);
  const kept = tokens.filter((token, at) => at === 0 || !isSame(token, tokens[at - 1]!));
  return kept.length === tokens.length ? tokens : kept;
}

function isSame(a: Token, b: Token): boolean {
  return a.written === b.written;
}
