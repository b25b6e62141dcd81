import { lettersOf, pairBits } from "./letters.ts";
import { skeleton } from "./skeleton.ts";
import { SHORTEST_SKELETON } from "./spelling.ts";

/**
 * How a word sounds to those who write by the ear of another language: `Okacha` in French is `Ukasha`, `Soerjo` in Dutch is
 * `Suryo`. An ear takes part only where a spelling of its own stands in the word; what it makes of the word is compared by
 * sound with the other word, as it stands or as an ear has it.
 */
interface Ear {
  /** Some of these pairs of letters stand in a word with a mark, or this letter: a look at bits instead of an expression for most words. */
  readonly pairs: string;
  readonly letter?: string;
  readonly mark: RegExp;
  readonly respell: readonly (readonly [RegExp, string])[];
}

const ownEars: readonly Ear[] = [
  // French, also of the Maghreb.
  {
    pairs: "ou dj ch gu ce ci aa",
    mark: /ou|dj|ch|gu[ei]|c[ei]|^laa/,
    respell: [
      // The article before a name that begins with ain: Laarbi.
      [/^laa/, "ala"],
      [/tch/g, "c"],
      [/(?:^|(?<=[aeiou]))ou(?=[aeiy])/g, "w"],
      [/oua/g, "wa"],
      [/ou/g, "u"],
      [/dj/g, "j"],
      [/ch/g, "sh"],
      [/gu(?=[ei])/g, "g"],
      [/c(?=[eiy])/g, "s"],
    ],
  },
  // Dutch, and Indonesia before 1972.
  {
    pairs: "oe tj dj sj nj",
    mark: /oe|tj|dj|sj|nj/,
    respell: [
      [/tj/g, "c"],
      [/dj/g, "j"],
      [/sj/g, "sy"],
      [/(?<!^)j|^j(?=[aou])/g, "y"],
      [/oe/g, "u"],
    ],
  },
  // German and Polish.
  {
    pairs: "ch sz cz",
    letter: "w",
    mark: /ch|sch|sz|cz|w/,
    respell: [
      [/dsch/g, "j"],
      [/tsch|cz/g, "c"],
      [/sch|sz/g, "sh"],
      [/ch/g, "kh"],
      [/w/g, "v"],
    ],
  },
  // Japanese in the older romanisations, and long vowels.
  {
    pairs: "sy ty zy oh tu uu",
    mark: /[stz]y[auo]|oh$|oh(?=[kstnmr])|tu|uu/,
    respell: [
      [/sy(?=[auo])/g, "sh"],
      [/ty(?=[auo])/g, "c"],
      [/zy(?=[auo])/g, "j"],
      [/oh(?=[kstnmr]|$)/g, "o"],
      [/tu/g, "tsu"],
      [/uu/g, "u"],
    ],
  },
  // Kazakh, Uzbek, Tajik: j and zh are one letter.
  { pairs: "zh", mark: /^zh/, respell: [[/^zh/, "j"]] },
  // Burmese.
  { pairs: "ay", mark: /ay(?=[^aeiouy])/, respell: [[/ay(?=[^aeiouy])/g, "e"]] },
];

const NONE: readonly string[] = [];
const SHORTEST = 4;
const ears = ownEars.map(({ pairs, letter = "", ...ear }) => ({
  ...ear,
  pairs: pairBits(pairs),
  letters: lettersOf(letter),
}));

/** The skeletons that other ears make of a word, without its own; none for most words. `own`: its skeleton; `letters`: see `lettersOf`; `pairs`: see `pairsOf`. */
export function earsOf(word: string, own: string, letters: number, pairs: number): readonly string[] {
  if (word.length < SHORTEST) return NONE;
  let found: string[] | undefined;
  for (let at = 0; at < ears.length; at++) {
    const ear = ears[at]!;
    if (((ear.pairs & pairs) | (ear.letters & letters)) === 0 || !ear.mark.test(word)) continue;
    let heard = word;
    for (const [spelling, sound] of ear.respell) heard = heard.replace(spelling, sound);
    if (heard === word) continue;
    const sound = skeleton(heard);
    if (sound !== own && sound.length >= SHORTEST_SKELETON && found?.includes(sound) !== true)
      (found ??= []).push(sound);
  }
  return found ?? NONE;
}

/** One word as the ear of a language has it is the other, as it stands or as an ear has it. */
export function heardAlike(
  a: { readonly skeleton: string; readonly ears: readonly string[] },
  b: { readonly skeleton: string; readonly ears: readonly string[] },
): boolean {
  return (
    (b.skeleton !== "" && a.ears.includes(b.skeleton)) ||
    (a.skeleton !== "" && b.ears.includes(a.skeleton)) ||
    a.ears.some((sound) => b.ears.includes(sound))
  );
}
