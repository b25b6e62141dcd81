import { skeleton } from "./skeleton.ts";
import { SHORTEST_SKELETON } from "./spelling.ts";

/**
 * How a word sounds to those who write by the ear of another language: `Okacha` in French is `Ukasha`, `Soerjo` in Dutch is
 * `Suryo`. An ear takes part only where a spelling of its own stands in the word; what it makes of the word is compared by
 * sound with the other word, as it stands or as an ear has it.
 */
interface Ear {
  readonly mark: RegExp;
  readonly respell: readonly (readonly [RegExp, string])[];
}

const ears: readonly Ear[] = [
  // French, also of the Maghreb.
  {
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
  { mark: /^zh/, respell: [[/^zh/, "j"]] },
  // Burmese.
  { mark: /ay(?=[^aeiouy])/, respell: [[/ay(?=[^aeiouy])/g, "e"]] },
];

const NONE: readonly string[] = [];
const SHORTEST = 4;
const anyMark = /ou|dj|ch|gu[ei]|c[ei]|^laa|oe|tj|sj|nj|sz|cz|w|[stz]y[auo]|oh|tu|uu|^zh|ay[^aeiouy]/;

/** The skeletons that other ears make of a word, without its own; none for most words. `own`: its skeleton. */
export function earsOf(word: string, own: string): readonly string[] {
  if (word.length < SHORTEST || !anyMark.test(word)) return NONE;
  const found = new Set<string>();
  for (const { mark, respell } of ears) {
    if (!mark.test(word)) continue;
    let heard = word;
    for (const [spelling, sound] of respell) heard = heard.replace(spelling, sound);
    const sound = skeleton(heard);
    if (heard !== word && sound !== own && sound.length >= SHORTEST_SKELETON) found.add(sound);
  }
  return found.size === 0 ? NONE : [...found];
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
