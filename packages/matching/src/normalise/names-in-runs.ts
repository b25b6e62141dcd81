import { amidWordsBesideNames, isWithoutSpaces, withoutWordsBesideNames } from "./beside-names.ts";
import {
  beginsWithCommonFamily,
  beginsWithFamily,
  beginsWithJapaneseFamily,
  beginsWithLongFamily,
} from "./family-signs.ts";
import { type Sign, signsOf } from "./sign-chains.ts";
import { readingsOfSigns } from "./signs.ts";
import { hanReaders, type Variant, variants } from "./variants.ts";

/** Two characters are a word too often: of a name of two, the words beside it must be known (`beside-names.ts`). */
const SHORTEST = 3;
const LONGEST = 5;
/** Of one text. In running Chinese every twentieth character begins one. */
const MOST = 256;

/**
 * Names that may stand in running Chinese or Japanese, which has no spaces: of the Han characters that stand together the parts that begin
 * with a family name and are as long as a name, each once and by itself, read as that name would be; those too that are spaced, as a whole
 * or behind the family name, and what stands by itself among other words. Only payments are read so.
 */
export function namesInRuns(text: string): readonly Variant[] {
  const found = new Map<string, Found>();
  let amid: ReadonlySet<number> | undefined;
  const chains = signsOf(text);
  for (const chain of chains)
    for (let from = 0; from + SHORTEST <= chain.length; from++)
      for (let length = SHORTEST; length <= LONGEST && from + length <= chain.length; length++) {
        const signs = chain.slice(from, from + length);
        const name = signs.map(({ sign }) => sign).join("");
        const isGlued = !signs[0]!.apart || chain[from + length]?.apart === false;
        const place = { start: signs[0]!.start, end: signs.at(-1)!.end, isWhole: !isGlued };
        const isOnly = chains.length === 1 && length === chain.length && !signs.some(({ apart }, i) => i > 0 && apart);
        if (found.size === MOST || found.has(name) || !(isOnly || isName(signs, isGlued))) continue;
        amid ??= amidWordsBesideNames(text);
        if (!amid.has(place.end)) found.set(name, place);
      }
  return [...found].flatMap(([name, place]) => readingsOf(name, place));
}

/**
 * A name that is all of a text, of Han characters with something among them: spaced letter by letter, a mark or a digit between family name
 * and given name, what is not seen, or another form of a character; read as if it were not there.
 */
export function nameAsOneRun(text: string): readonly Variant[] {
  const [signs, ...more] = signsOf(text);
  if (signs === undefined || more.length > 0 || signs.length > LONGEST || !isName(signs, false)) return [];
  const name = signs.map(({ sign }) => sign).join("");
  const place = { start: signs[0]!.start, end: signs.at(-1)!.end };
  const beside = text.slice(0, place.start) + text.slice(place.end);
  if (text.startsWith(name, place.start) || letterOrDigit.test(beside)) return [];
  return inPlace(readingsOfSigns(name, variants(name, "payment")), place);
}

const letterOrDigit = /[\p{L}\p{N}]/u;

/** Whether a text in which no space or mark tells so may hold more than a name. Four or five characters may be a Japanese one. */
export function mayHoldNamesInRuns(text: string): boolean {
  if (!isWithoutSpaces(text)) return false;
  for (const chain of signsOf(text)) {
    let from = 0;
    for (let at = 1; at <= chain.length; at++) {
      if (at < chain.length && !chain[at]!.apart) continue;
      const run = chain.slice(from, at).map(({ sign }) => sign);
      if (run.length > LONGEST || (run.length > SHORTEST && !beginsWithJapaneseFamily(run))) return true;
      from = at;
    }
  }
  return withoutWordsBesideNames(text) !== text;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

interface Found extends Place {
  /** Nothing of the same run stands beside it. */
  readonly isWhole: boolean;
}

function isName(signs: readonly Sign[], isGlued: boolean): boolean {
  const written = signs.map(({ sign }) => sign);
  const gaps = signs.slice(1).filter(({ apart }) => apart);
  if (gaps.length === 0)
    return beginsWithLongFamily(written) || (signs.length === SHORTEST && beginsWithFamily(written));
  const isShort = signs.length === SHORTEST && beginsWithCommonFamily(written);
  if (gaps.length === signs.length - 1) return isShort;
  return isShort && gaps.length === 1 && signs[1]!.apart && (isGlued || !signs[1]!.spaced);
}

function readingsOf(name: string, { isWhole, ...place }: Found): readonly Variant[] {
  const japanese = isWhole || beginsWithJapaneseFamily(Array.from(name));
  const readings = variants(name, "payment");
  return inPlace(
    readings.filter(([first]) => japanese || first?.as !== hanReaders.Japanese),
    place,
  );
}

function inPlace(readings: readonly Variant[], place: Place): readonly Variant[] {
  return readings.map((tokens) => tokens.map((token) => ({ ...token, ...place })));
}
