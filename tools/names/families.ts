import { foldWord } from "../../packages/matching/src/normalise/fold.ts";

/** One family: its Latin spellings in bytes a-z0-9, and its words of other scripts. */
export interface Family {
  readonly latin: readonly string[];
  readonly others: readonly string[];
  /** Spellings in all: a family with many is a name that many languages know. */
  readonly size: number;
}

const latinWord = /^[\p{Script=Latin}\p{M}'’ʿʾʻʼ`´-]+$/u;
const otherWord = /^[\p{L}\p{M}\u200c\u30fc'’]+$/u;
const SHORTEST = 2;

/** `spelling, spelling => id` a line. Words of one part only: `John Paul` is two names. */
export function readFamilies(text: string): readonly Family[] {
  const families: Family[] = [];
  for (const line of text.split("\n")) {
    const at = line.lastIndexOf(" => ");
    if (at < 0) continue;
    const words = line.slice(0, at).split(", ");
    const latin = new Set(words.filter((word) => latinWord.test(word)).map(foldWord));
    const others = new Set(words.filter((word) => !latinWord.test(word) && otherWord.test(word)));
    families.push({
      latin: [...latin].filter((word) => word.length >= SHORTEST).toSorted(),
      others: [...others].toSorted(),
      size: words.length,
    });
  }
  return families;
}
