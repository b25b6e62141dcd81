import southernTable from "../names/southern.json" with { type: "json" };
import { fujianSyllables, southernFamilies } from "./southern-tables.ts";

/**
 * Chinese names as Hong Kong and the Chinese of Southeast Asia spell them (Wong Chi-fung, Tan Kok Wai), in pinyin. A family name is
 * one that the table knows. A syllable of the given name is what some character sounds like in Cantonese, or in the speech of
 * Fujian; the characters' pinyin, the commonest in names first, are its readings. Only the likeliest are taken.
 */
const MOST_READINGS = 12;
const MOST_OF_SYLLABLE = 6;

/** The pinyin that a syllable may be, and how often each is met in names. */
type Readings = ReadonlyMap<string, number>;

/** Spellings of the initials and finals of Jyutping, the usual first. */
const initialSpellings: Readonly<Record<string, string>> = {
  b: "p b",
  p: "p",
  m: "m",
  f: "f",
  d: "t d",
  t: "t",
  n: "n l",
  l: "l",
  g: "k g",
  k: "k kh",
  ng: "ng -",
  h: "h",
  gw: "kw k gw",
  kw: "kw",
  w: "w",
  z: "ch ts j",
  c: "ch ts",
  s: "s sh",
  j: "y -",
  "": "- ng",
};
const finalSpellings: Readonly<Record<string, string>> = {
  aa: "a ah ar",
  aai: "ai",
  aau: "au",
  aam: "am",
  aan: "an",
  aang: "ang",
  aap: "ap",
  aat: "at",
  aak: "ak",
  ai: "ai",
  au: "au ow",
  am: "am um",
  an: "an un",
  ang: "ang",
  ap: "ap up",
  at: "at ut",
  ak: "ak",
  e: "e eh",
  ei: "ei ee ay i",
  eng: "eng",
  ek: "ek",
  i: "i ee",
  iu: "iu ieu",
  im: "im",
  in: "in",
  ing: "ing",
  ip: "ip",
  it: "it",
  ik: "ik",
  o: "o or oh",
  oi: "oi oy",
  ou: "o ou u",
  on: "on",
  ong: "ong",
  ot: "ot",
  ok: "ok",
  oeng: "eung eong",
  oek: "euk",
  eoi: "ui oy",
  eon: "un eon",
  eot: "ut",
  u: "u oo",
  ui: "ui",
  un: "un oon",
  ung: "ung",
  ut: "ut",
  uk: "uk",
  yu: "yu ue u",
  yun: "uen un yuen",
  yut: "uet ut",
};
const wholeSpellings: Readonly<Record<string, string>> = {
  zi: "chi tsz tze ji",
  ci: "chi tsz tse",
  si: "si sze see sz",
  ji: "yi yee ye",
  jyu: "yu yue",
  jyun: "yuen yun",
  jyut: "yuet",
};
/** A spelling that is not the usual one of its syllable says as much less. */
const RARER = 0.4;
const PINYIN = 15;

/** Spellings of a syllable of Jyutping, the usual first. */
export function hongKongSpellings(jyutping: string): readonly string[] {
  const whole = wholeSpellings[jyutping];
  if (whole !== undefined) return whole.split(" ");
  const [, initial = "", final = ""] = /^(gw|kw|ng|[bpmfdtnlgkhwzcsj])?(.+)$/.exec(jyutping) ?? [];
  const initials = (initialSpellings[initial] ?? initial).split(" ");
  const finals = (finalSpellings[final] ?? final).split(" ");
  return initials.flatMap((first) => finals.map((rest) => (first === "-" ? rest : first + rest)));
}

let compiled: ReadonlyMap<string, Readings> | undefined;

function syllables(): ReadonlyMap<string, Readings> {
  if (compiled !== undefined) return compiled;
  const all = new Map<string, Map<string, number>>();
  const enter = (spelling: string, pinyin: string, weight: number): void => {
    const known = all.get(spelling) ?? new Map<string, number>();
    all.set(spelling, known.set(pinyin, Math.max(weight, known.get(pinyin) ?? 0)));
  };
  for (const line of southernTable.split("\n")) {
    const [speech = "", syllable = "", cells = ""] = line.split("|");
    const spellings = speech === "c" ? hongKongSpellings(syllable) : [syllable];
    for (const cell of cells.split(" ")) {
      const [pinyin = "", count = "0"] = cell.split(":");
      for (const [at, spelling] of spellings.entries()) enter(spelling, pinyin, Number(count) * (at === 0 ? 1 : RARER));
    }
  }
  for (const line of fujianSyllables) {
    const [spellings = "", readings = ""] = line.split(": ");
    for (const [at, pinyin] of readings.split(" ").entries())
      for (const spelling of spellings.split(" ")) enter(spelling, pinyin, 20 / (at + 1));
  }
  // A family of the south may give its children names in pinyin.
  const pinyins = new Set([...all.values()].flatMap((row) => [...row.keys()]));
  for (const pinyin of pinyins) enter(pinyin, pinyin, PINYIN);
  compiled = new Map(
    [...all].map(([spelling, row]) => [
      spelling,
      new Map([...row].toSorted(([a, one], [b, two]) => two - one || (a < b ? -1 : 1)).slice(0, MOST_OF_SYLLABLE)),
    ]),
  );
  return compiled;
}

const families = new Map<string, readonly string[]>();
for (const line of southernFamilies) {
  const [spellings = "", readings = ""] = line.split(": ");
  for (const spelling of spellings.split(" "))
    families.set(spelling, [...new Set([...(families.get(spelling) ?? []), ...readings.split(" ")])]);
}

export function isSouthernFamily(word: string): boolean {
  return families.has(word);
}

/** All but what may stand within a word; apostrophes and signs without width do. */
const betweenWords = /(?:[^\p{L}\p{N}\p{M}\p{C}\p{Lm}'’‘`´]|\s)+/u;
const syllableShape = /^[A-Za-z]{1,6}$/;
/** Written before or behind a name, and no part of it. */
const titles: ReadonlySet<string> = new Set("mr mister mrs ms miss madam mdm dr".split(" "));
const MOST_TITLES = 1;
const LONGEST_TEXT = 50;

/**
 * The pinyin readings of a name in Latin letters that is a southern family name and one or two syllables, whatever parts them: the
 * family name, first or (of three words) last, and the given name in one word. None for other names.
 */
export function southernReadings(text: string): readonly (readonly string[])[] {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_TEXT) return [];
  const all = trimmed.split(betweenWords).filter((word) => word !== "");
  if (all.length < 2 || all.length > 3 + MOST_TITLES || !all.every((word) => syllableShape.test(word))) return [];
  const lower = all.map((word) => word.toLowerCase());
  const words = lower.filter((word, at) => !(titles.has(word) && (at === 0 || at === lower.length - 1)));
  const [first = "", second = "", third] = words;
  if (words.length < 2 || words.length > 3) return [];
  const readings = readingsOf(first, second, third);
  return readings.length > 0 || third === undefined ? readings : readingsOf(third, first, second);
}

function readingsOf(family: string, one: string, two: string | undefined): readonly (readonly string[])[] {
  const familyReadings = families.get(family);
  if (familyReadings === undefined) return [];
  const firsts = syllables().get(one);
  const seconds = two === undefined ? NONE : syllables().get(two);
  if (firsts === undefined || seconds === undefined) return [];
  const all: { readonly words: readonly string[]; readonly weight: number }[] = [];
  for (const [at, name] of familyReadings.entries())
    for (const [a, weightA] of firsts)
      for (const [b, weightB] of seconds) all.push({ words: [name, a + b], weight: (weightA * weightB) / (at + 1) });
  return all
    .toSorted((a, b) => b.weight - a.weight || (a.words.join(" ") < b.words.join(" ") ? -1 : 1))
    .slice(0, MOST_READINGS)
    .map(({ words }) => words);
}

/** A given name of one syllable. */
const NONE: Readings = new Map([["", 1]]);
