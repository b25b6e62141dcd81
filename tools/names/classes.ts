import { isSyllable } from "../../packages/matching/src/names/syllables.ts";
import { boundedOsa } from "../../packages/matching/src/relations/osa.ts";
import { percentAlike, speltOf } from "../../packages/matching/src/relations/spelling.ts";
import type { Family } from "./families.ts";

const SHORTEST_MEMBER = 3;
const ENOUGH_BY_ITSELF = 88;
const FARTHEST = 4;

/** Women's forms of Slavic family names: another person's name, however alike. */
const womans = /(?:ow|ov|ev|in)(?:a|na|aite|iene)$|ovna$|owna$|ianka$|ienė$/;

/**
 * Classes of spellings of one name. A family is cut into groups of spellings that resemble each other by sound or by
 * edits, because some join what a screener must keep apart (John with Ivan); groups that the other relations join
 * anyway are left out, and so are single Chinese and Korean syllables, which families join too freely.
 */
export function classLines(families: readonly Family[]): readonly string[] {
  const lines = new Set<string>();
  for (const { latin } of families) {
    const words = latin.filter((word) => word.length >= SHORTEST_MEMBER && !womans.test(word) && !isSyllable(word));
    for (const group of groupsOf(words)) {
      if (group.length > 1 && needed(group)) lines.add(group.join(" "));
    }
  }
  return [...lines].toSorted();
}

function groupsOf(words: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  for (const word of words) {
    const near = groups.filter((group) => group.some((other) => resemble(word, other)));
    const joined = [...near.flat(), word].toSorted();
    for (const group of near) groups.splice(groups.indexOf(group), 1);
    groups.push(joined);
  }
  return groups;
}

function needed(group: readonly string[]): boolean {
  return group.some((a, i) => group.some((b, j) => j < i && percentAlike(speltOf(a), speltOf(b)) < ENOUGH_BY_ITSELF));
}

function resemble(a: string, b: string): boolean {
  if (percentAlike(speltOf(a), speltOf(b)) > 0) return true;
  const sounds = consonants(a);
  if (sounds.length >= 2 && sounds === consonants(b)) return true;
  const longer = Math.max(a.length, b.length);
  const limit = Math.min(Math.floor(longer * 0.34), FARTHEST);
  return Math.min(a.length, b.length) >= 4 && boundedOsa(a, b, limit) <= limit;
}

/** What is left of a word in any language: consonants, those that languages write for each other made one. */
function consonants(word: string): string {
  return word
    .replace(/ph/g, "f")
    .replace(/s?ch|kh|gh|ck/g, "k")
    .replace(/sh/g, "s")
    .replace(/[aeiouywhj]/g, "")
    .replace(/[qcg]/g, "k")
    .replace(/z/g, "s")
    .replace(/d/g, "t")
    .replace(/x/g, "ks")
    .replace(/v/g, "f")
    .replace(/(.)\1+/g, "$1");
}
