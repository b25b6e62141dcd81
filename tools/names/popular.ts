import { foldWord } from "../../packages/matching/src/normalise/fold.ts";

const SHORTEST = 3;

/** Parts of names that are common in some country: the columns of the two tables of popular names, one line of words. */
export function popularLine(forenames: string, surnames: string): readonly string[] {
  const words = new Set<string>();
  const add = (cell: string | undefined): void => {
    for (const part of (cell ?? "").split(/[^\p{L}\p{M}'’]+/u)) {
      if (!/^[\p{Script=Latin}\p{M}'’]+$/u.test(part)) continue;
      const word = foldWord(part);
      if (word.length >= SHORTEST) words.add(word);
    }
  };
  for (const row of rows(forenames)) {
    add(row[10]);
    add(row[11]);
  }
  for (const row of rows(surnames)) {
    add(row[4]);
    add(row[5]);
  }
  return [[...words].toSorted().join(" ")];
}

function rows(csv: string): readonly (readonly string[])[] {
  return csv
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(","));
}
