import { hangulSyllable } from "./hangul.ts";

/**
 * How Koreans spell the sounds of a syllable in Latin letters: by the rules of 2000 and of McCune and Reischauer, by those of the north, and
 * as passports have it. In the order of Unicode's syllables; `.` is no letter.
 */
const first = cells(
  "g/k/gh kk/k/gg/g n d/t tt/t/dd/d r/l/n m b/p pp/p/bb/b s/sh ss/s . j/ch/jh jj/ch/tch ch/tch k/kh t/th p/ph h",
);
const vowels = cells(
  "a/ah ae/ai/ea/e ya/yah yae/yea/yai eo/o/u/uh/e e/ae/ey yeo/yo/yu/you/yuh/yeu ye/e/yae/yea o/oh/oa wa/oa wae/oe/wai oe/oi/we/oy yo/yoh u/oo/ou wo/weo/wu/woo/o we/ue wi/ui/wee/uy yu/yoo/you eu/u ui/ee/i/hui/eui i/ee/y",
);
const last = cells("./h k/g/c k k n n n t/d l/r k m p l l p l m p p t t ng/n t t k t p .");

function cells(table: string): readonly (readonly string[])[] {
  return table.split(" ").map((cell) => cell.split("/").map((letters) => (letters === "." ? "" : letters)));
}

const FIRST_SYLLABLE = 0xac00;
const NONE: readonly string[] = [];
let spellings: ReadonlyMap<string, readonly string[]> | undefined;

/** What else a syllable may be spelt that `hangulWords` writes so. Bytes a-z. */
export function koreanSpellings(syllable: string): readonly string[] {
  spellings ??= allSpellings();
  return spellings.get(syllable) ?? NONE;
}

function allSpellings(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  let code = FIRST_SYLLABLE;
  for (const a of first)
    for (const b of vowels)
      for (const c of last) {
        const written = hangulSyllable(String.fromCodePoint(code++));
        const some = found.get(written) ?? new Set();
        found.set(written, some);
        for (const x of a) for (const y of b) for (const z of c) some.add(x + y + z);
      }
  return new Map([...found].map(([written, some]) => [written, [...some].filter((one) => one.length > 1)]));
}

const SILENT_FIRST = 11;
/** Vowels that hardly any other language has behind a consonant, and what ends them in names: yeo with k, n, l, m, p or ng, ye alone. */
const KOREAN_RIMES: readonly (readonly [vowel: number, last: readonly number[]])[] = [
  [6, [1, 4, 8, 16, 17, 21]],
  [7, [0]],
];

/** Lines of spellings of one syllable, for names in Latin letters on both sides: of those syllables alone that no other language has. */
export function koreanClasses(): readonly string[] {
  const initials = first.filter((_, at) => at !== SILENT_FIRST);
  return initials.flatMap((some) =>
    KOREAN_RIMES.flatMap(([vowel, ends]) => ends.map((end) => lineOf(some, vowel, end))),
  );
}

function lineOf(initials: readonly string[], vowel: number, end: number): string {
  const all = initials.flatMap((x) => vowels[vowel]!.flatMap((y) => last[end]!.map((z) => x + y + z)));
  return all.filter((one) => one.includes("y")).join(" ");
}
