import { amidWordsBesideNames, withoutWordsBesideNames } from "./beside-names.ts";
import { beginsWithFamily, beginsWithJapaneseFamily, beginsWithLongFamily } from "./family-signs.ts";
import { hanReaders, type Variant, variants } from "./variants.ts";

/** Two characters are a word too often: of a name of two, the words beside it must be known (`beside-names.ts`). */
const SHORTEST = 3;
const LONGEST = 5;
const longRuns = /\p{Script=Han}{4,}/gu;
/** Of one text. In running Chinese every twentieth character begins one. */
const MOST = 256;

/**
 * Names that may stand in running Chinese or Japanese, which has no spaces: of each run of Han characters the parts that begin with a family
 * name and are as long as a name, each once and by itself, read as that name would be. Only payments are read so.
 */
export function namesInRuns(text: string): readonly Variant[] {
  const runs = runsOf(text);
  if (runs.length === 0) return [];
  const amid = amidWordsBesideNames(text);
  const found = new Map<string, number>();
  for (const { signs, index } of runs)
    for (let from = 0, at = index; from + SHORTEST <= signs.length; at += signs[from++]!.length)
      for (let length = SHORTEST; length <= LONGEST && from + length <= signs.length; length++) {
        const part = signs.slice(from, from + length);
        const name = part.join("");
        if (found.size === MOST || length === signs.length || found.has(name)) continue;
        if (isName(part) && !amid.has(at + name.length)) found.set(name, at);
      }
  return [...found].flatMap(([name, at]) => readingsOf(name, at));
}

/** Whether a text in which no space or mark tells so may hold more than a name. Four or five characters may be a Japanese one. */
export function mayHoldNamesInRuns(text: string): boolean {
  const isLonger = runsOf(text).some(({ signs }) => signs.length > LONGEST || !beginsWithJapaneseFamily(signs));
  return isLonger || withoutWordsBesideNames(text) !== text;
}

interface Run {
  readonly signs: readonly string[];
  readonly index: number;
}

function runsOf(text: string): readonly Run[] {
  return Array.from(text.matchAll(longRuns), ({ 0: run, index }) => ({ signs: Array.from(run), index }));
}

function isName(signs: readonly string[]): boolean {
  return beginsWithLongFamily(signs) || (signs.length === SHORTEST && beginsWithFamily(signs));
}

function readingsOf(name: string, at: number): readonly Variant[] {
  const japanese = beginsWithJapaneseFamily(Array.from(name));
  return variants(name, "payment")
    .filter(([first]) => japanese || first?.as !== hanReaders.Japanese)
    .map((tokens) => tokens.map((token) => ({ ...token, start: at + token.start, end: at + token.end })));
}
