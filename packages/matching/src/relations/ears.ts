import { lettersOf } from "./letters.ts";
import { skeleton } from "./skeleton.ts";
import { SHORTEST_SKELETON } from "./spelling.ts";

/**
 * How a word sounds to those who write by the ear of another language: `Okacha` in French is `Ukasha`, `Soerjo` in Dutch is
 * `Suryo`. An ear takes part only where a spelling of its own stands in the word; what it makes of the word is compared by
 * sound with the other word, as it stands or as an ear has it.
 */
interface Ear {
  /** Letters of which some of these groups stand in a word with a mark: a look at bits instead of an expression for most words. */
  readonly needs: readonly string[];
  readonly mark: RegExp;
  readonly respell: readonly (readonly [RegExp, string])[];
}

const ownEars: readonly Ear[] = [
  // French, also of the Maghreb.
  {
    needs: ["ou", "dj", "ch", "gue", "gui", "ce", "ci", "la"],
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
    needs: ["oe", "tj", "dj", "sj", "nj"],
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
    needs: ["ch", "sz", "cz", "w"],
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
    needs: ["sy", "ty", "zy", "oh", "tu", "u"],
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
  { needs: ["zh"], mark: /^zh/, respell: [[/^zh/, "j"]] },
  // Burmese.
  { needs: ["ay"], mark: /ay(?=[^aeiouy])/, respell: [[/ay(?=[^aeiouy])/g, "e"]] },
];

const NONE: readonly string[] = [];
const SHORTEST = 4;
const ears = ownEars.map(({ needs, ...ear }) => ({ ...ear, groups: needs.map(lettersOf) }));

/** The skeletons that other ears make of a word, without its own; none for most words. `own`: its skeleton; `letters`: see `lettersOf`. */
export function earsOf(word: string, own: string, letters: number): readonly string[] {
  if (word.length < SHORTEST) return NONE;
  let found: string[] | undefined;
  for (const { groups, mark, respell } of ears) {
    if (!hasGroup(groups, letters) || !mark.test(word)) continue;
    let heard = word;
    for (const [spelling, sound] of respell) heard = heard.replace(spelling, sound);
    if (heard === word) continue;
    const sound = skeleton(heard);
    if (sound !== own && sound.length >= SHORTEST_SKELETON && found?.includes(sound) !== true)
      (found ??= []).push(sound);
  }
  return found ?? NONE;
}

function hasGroup(groups: readonly number[], letters: number): boolean {
  for (const group of groups) if ((letters & group) === group) return true;
  return false;
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
