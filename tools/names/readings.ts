import { plainArabic } from "../../packages/matching/src/normalise/arabic.ts";
import { plainHebrew } from "../../packages/matching/src/normalise/hebrew.ts";
import { readByRules } from "../../packages/matching/src/normalise/read-word.ts";
import { percentAlike, speltOf } from "../../packages/matching/src/relations/spelling.ts";
import type { Family } from "./families.ts";

const ENOUGH_BY_ITSELF = 88;

/** Scripts that the table serves; which words of each are worth their place, by the size of the family they are in. */
const scripts: readonly (readonly [test: RegExp, leastFamily: number])[] = [
  [/^[\p{Script=Arabic}\p{M}\u200c]{2,}$/u, 2],
  [/^[\p{Script=Hebrew}\p{M}'’]{2,}$/u, 3],
  [/^[\p{Script=Cyrillic}\p{M}'’]{3,}$/u, 3],
  [/^[\p{Script=Greek}\p{M}]{3,}$/u, 2],
  [/^[\p{Script=Armenian}\p{Script=Georgian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Thai}\p{M}]{2,}$/u, 2],
  [/^[\p{Script=Katakana}\u30fc]{2,}$/u, 4],
  [/^\p{Script=Hiragana}{2,}$/u, 3],
  [/^\p{Script=Hangul}{2,}$/u, 4],
  [/^\p{Script=Han}{2,}$/u, 4],
];
/** A spelling that is common in some country counts for so many families. */
const POPULAR = 3;
const notAName = /[姓氏]$/u;

/**
 * For each word of another script the Latin spelling that most of its families know, where the rules of its script do
 * not already give one of their spellings. Lines of a spelling and its words.
 */
export function readingLines(families: readonly Family[], popular: ReadonlySet<string>): readonly string[] {
  const weight = (word: string): number => (popular.has(word) ? POPULAR : 1);
  const votes = new Map<string, Map<string, number>>();
  const popularity = new Map<string, number>();
  for (const { latin, size } of families)
    for (const word of latin) popularity.set(word, (popularity.get(word) ?? 0) + size);
  for (const { latin, others, size } of families) {
    if (latin.length === 0) continue;
    for (const other of others) {
      const script = scripts.find(([test]) => test.test(other));
      if (script === undefined || size < script[1] || notAName.test(other)) continue;
      const key = keyOf(other);
      const byLatin = votes.get(key) ?? new Map<string, number>();
      votes.set(key, byLatin);
      for (const word of latin) byLatin.set(word, (byLatin.get(word) ?? 0) + size);
    }
  }
  const lines = new Map<string, string[]>();
  for (const [other, byLatin] of votes) {
    const read = speltOf(readByRules(other).join(""));
    if ([...byLatin.keys()].some((word) => word === read.text || percentAlike(speltOf(word), read) >= ENOUGH_BY_ITSELF))
      continue;
    const [best] = [...byLatin].toSorted(
      ([a, votesA], [b, votesB]) =>
        votesB * weight(b) - votesA * weight(a) ||
        (popularity.get(b) ?? 0) - (popularity.get(a) ?? 0) ||
        a.length - b.length ||
        (a < b ? -1 : 1),
    );
    const known = lines.get(best![0]) ?? [];
    lines.set(best![0], [...known, other]);
  }
  return [...lines].map(([latin, words]) => [latin, ...words.toSorted()].join(" ")).toSorted();
}

function keyOf(word: string): string {
  if (/^\p{Script=Arabic}/u.test(word)) return plainArabic(word).replaceAll("\u200c", "");
  if (/^\p{Script=Hebrew}/u.test(word)) return plainHebrew(word);
  return word.normalize("NFKC").toLowerCase();
}
