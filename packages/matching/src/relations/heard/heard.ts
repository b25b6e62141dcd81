import { joined } from "./sound-key.ts";
import { classesOfGroup, soundClasses, type SoundGroup, soundGroups, type Unwritten } from "./spellings.ts";

/** Words read by their sounds begin so; then the letter of their group, then a sign a sound. */
const HEARD = "01";
const FIRST_SOUND = 3;

export function isHeard(text: string): boolean {
  return text.length > FIRST_SOUND && text.startsWith(HEARD) && soundGroups[text[2]!] !== undefined;
}

const HANGUL = "n";

/** A word of Hangul, taken for a foreign one. */
export function isHeardHangul(text: string): boolean {
  return isHeard(text) && text[2] === HANGUL;
}

/** Keys under which a word read by its sounds meets Latin ones, the likeliest first. */
const MOST_KEYS = 48;
const DEAREST_KEY = 60;

/** The `soundKey`s that a Latin spelling of the word may have; bounded, so some spellings are not met. */
export function heardKeys(text: string): readonly string[] {
  const own = classesOfGroup[text[2]!] ?? {};
  let keys = new Map<string, number>([["", 0]]);
  for (const sound of text.slice(FIRST_SOUND)) {
    const classes = own[sound] ?? soundClasses[sound];
    if (classes === undefined || classes === "") continue;
    const next = new Map<string, number>();
    for (const [key, cost] of keys) {
      for (const option of classes.split(" ")) {
        const [some = "", more = "0"] = option.split(":");
        const total = cost + Number(more);
        if (total > DEAREST_KEY) continue;
        let longer = key;
        for (const one of some) longer = joined(longer, one);
        const known = next.get(longer);
        if (known === undefined || known > total) next.set(longer, total);
      }
    }
    keys = cheapest(next);
  }
  if (foreignGroups.includes(text[2]!)) keys = withUnheardLast(keys);
  return [...keys.keys()].filter((key) => key !== "");
}

/** Groups that write foreign names by their sounds, and so leave out a last consonant that French and English do not speak. */
const foreignGroups = "acghknz";
const UNHEARD_LAST = ["T", "S"] as const;
const COST_OF_UNHEARD = 30;

function withUnheardLast(keys: ReadonlyMap<string, number>): Map<string, number> {
  const more = new Map(keys);
  for (const [key, cost] of keys)
    for (const last of UNHEARD_LAST) {
      const longer = joined(key, last);
      const total = cost + COST_OF_UNHEARD;
      if (total <= DEAREST_KEY && total < (more.get(longer) ?? Infinity)) more.set(longer, total);
    }
  return cheapest(more);
}

function cheapest(keys: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...keys].toSorted(([a, one], [b, two]) => one - two || (a < b ? -1 : 1)).slice(0, MOST_KEYS));
}

/** A spelling of a sound: its letters after the first, and its cost. */
interface Spelling {
  readonly rest: string;
  readonly cost: number;
}
interface Sound {
  /** By the first letter, `letterAt`. */
  readonly spellings: readonly (readonly Spelling[] | undefined)[];
  readonly silent: number;
}
interface CompiledGroup {
  /** By the code of the sign. */
  readonly sounds: readonly (Sound | undefined)[];
  readonly unwritten: Unwritten;
}

const NEVER = 10_000;

function compile({ sounds, unwritten }: SoundGroup): CompiledGroup {
  const compiled: (Sound | undefined)[] = Array.from({ length: 128 });
  for (const [sound, line] of Object.entries(sounds))
    if (sound.length === 1) compiled[sound.charCodeAt(0)] = compileSound(line);
  return { unwritten, sounds: compiled };
}

function compileSound(line: string): Sound {
  const spellings: Spelling[][] = Array.from({ length: 32 });
  let silent = NEVER;
  for (const cell of line.split(" ")) {
    const [letters = "", cost = "0"] = cell.split(":");
    if (letters === "-") silent = Number(cost);
    else if (letters !== "")
      (spellings[letterAt(letters, 0)] ??= []).push({ rest: letters.slice(1), cost: Number(cost) });
  }
  return { spellings, silent };
}

/** a is 1, z is 26. */
function letterAt(word: string, at: number): number {
  return word.charCodeAt(at) & 31;
}

const groups: ReadonlyMap<string, CompiledGroup> = new Map(
  Object.entries(soundGroups).map(([letter, group]) => [letter, compile(group)]),
);

/** A long vowel that ends a word of Arabic letters is heard: Muhammadi is not Muhammad. */
const ABJAD = "a";
const LONG_VOWELS = "aiw";
const SILENT_LAST = 110;
/** A word that begins with a vowel is written with one in every script: Bahrami is not Ebrahimi. */
const UNWRITTEN_FIRST = 60;
const GREATEST = 93;
const LEAST = 78;
/** By the number of consonants that agree: few join too many names. */
const DISCOUNTS = [0, 8, 2, 0];
const LONGEST = 32;
const COLUMNS = LONGEST * 2 + 2;

/** The Latin word that was compared last, what each of its letters costs where the other script does not write it, and for which group. */
const spelt = { latin: "", word: "", group: "", unwritten: new Int32Array(COLUMNS) };

function setSpelt(latin: string, letter: string, group: CompiledGroup): void {
  if (spelt.latin === latin && spelt.group === letter) return;
  spelt.latin = latin;
  spelt.group = letter;
  spelt.word = latin.replaceAll("x", "ks");
  const letters = Math.min(spelt.word.length, COLUMNS);
  for (let at = 0; at < letters; at++) spelt.unwritten[at] = costOfUnwritten(spelt.word, at, group.unwritten);
}

/** Cell j of row i: the least cost of spelling the first i sounds as the first j letters. Two rows are enough: none is skipped. */
let row = new Int32Array(COLUMNS);
let nextRow = new Int32Array(COLUMNS);

/**
 * How well a Latin word spells what another script writes, in percent, 0 if too badly: 93 less the cost of the cheapest
 * spelling, hundredths of an edit by sounds or letters, whichever are more, and rounded down. `heard`: see `isHeard`; `latin`: letters a to z alone, as whatever has a `soundKey`.
 */
export function heardPercent(heard: string, latin: string, consonants: number): number {
  const group = groups.get(heard[2]!);
  const n = heard.length - FIRST_SOUND;
  if (group === undefined || latin.length > LONGEST * 2) return 0;
  setSpelt(latin, heard[2]!, group);
  const { word } = spelt;
  const m = word.length;
  if (m < 2 || n > LONGEST || m > LONGEST * 2) return 0;
  const longer = Math.max(2, Math.min(n, m + 2), m);
  const discount = DISCOUNTS[Math.min(consonants, DISCOUNTS.length - 1)]!;
  const limit = Math.min((GREATEST - LEAST) * longer, (GREATEST - LEAST - discount + 1) * longer - 1);
  const least = leastCost(heard, group, limit);
  return least > limit ? 0 : GREATEST - Math.floor(least / longer) - discount;
}

/** The cost of the cheapest spelling of `heard` as the word of `spelt`, or more than the limit. */
function leastCost(heard: string, { sounds }: CompiledGroup, limit: number): number {
  const { word } = spelt;
  const m = word.length;
  const last = heard.length - 1;
  const firstSilent = heard[2] !== HAN && HALF_VOWELS.includes(heard[FIRST_SOUND]!) ? FIRST_HALF_VOWEL : 0;
  const lastSilent = heard[2] === ABJAD && LONG_VOWELS.includes(heard[last]!) ? SILENT_LAST : 0;
  const ownVowelLast = heard[last] === OWN_VOWEL && BRAHMIC.includes(heard[2]!);
  row.fill(NEVER);
  nextRow.fill(NEVER);
  row[0] = 0;
  let from = 0;
  let to = 0;
  for (let at = FIRST_SOUND; at <= last; at++) {
    to = spreadUnwritten(from, to, m, limit);
    const sound = sounds[heard.charCodeAt(at)];
    if (sound === undefined) return NEVER;
    const silent = Math.max(sound.silent, at === last ? lastSilent : at === FIRST_SOUND ? firstSilent : 0);
    let nextFrom = COLUMNS;
    let nextTo = -1;
    for (let j = from; j <= to; j++) {
      const cost = row[j]!;
      if (cost > limit) continue;
      if (cost + silent <= limit && cost + silent < nextRow[j]!) {
        nextRow[j] = cost + silent;
        if (j < nextFrom) nextFrom = j;
        if (j > nextTo) nextTo = j;
      }
      const letter = j < m ? letterAt(word, j) : 0;
      const spellings = sound.spellings[letter];
      if (spellings === undefined) continue;
      const leastLast = at === last && ownVowelLast && (letter === I || letter === U) ? OTHER_LAST_VOWEL : 0;
      for (let k = 0; k < spellings.length; k++) {
        const { rest, cost: more } = spellings[k]!;
        const total = cost + (more < leastLast ? leastLast : more);
        const end = j + 1 + rest.length;
        if (total > limit || (rest !== "" && !word.startsWith(rest, j + 1)) || total >= nextRow[end]!) continue;
        nextRow[end] = total;
        if (end < nextFrom) nextFrom = end;
        if (end > nextTo) nextTo = end;
      }
    }
    if (nextTo < 0) return NEVER;
    row.fill(NEVER, from, to + 1);
    [row, nextRow] = [nextRow, row];
    from = nextFrom;
    to = nextTo;
  }
  spreadUnwritten(from, to, m, limit);
  return row[m]!;
}

/** Letters that no sound stands for: within a row from left to right. Returns the last cell within the limit. */
function spreadUnwritten(from: number, reached: number, m: number, limit: number): number {
  let to = reached;
  for (let j = from; j <= to && j < m; j++) {
    const cost = row[j]! + spelt.unwritten[j]!;
    if (cost > limit || cost >= row[j + 1]!) continue;
    row[j + 1] = cost;
    if (j === to) to++;
  }
  return to;
}

/** A half-vowel that begins a word is heard: Yadav is not Adib. Not of Han, which has few syllables to choose from. */
const HAN = "z";
const HALF_VOWELS = "yw";
const FIRST_HALF_VOWEL = 70;

/** The vowel that a last consonant has of itself is no i or u: Jain is not Zaini. */
const OWN_VOWEL = "2";
const BRAHMIC = "im";
const OTHER_LAST_VOWEL = 60;
const I = letterAt("i", 0);
const U = letterAt("u", 0);

const VOWELS = "aeiou";

function costOfUnwritten(word: string, at: number, unwritten: Unwritten): number {
  const letter = word[at]!;
  const before = at > 0 ? word[at - 1]! : "";
  if (letter === before && !VOWELS.includes(letter)) return 0;
  if (at === 0 && (VOWELS.includes(letter) || letter === "y")) return Math.max(UNWRITTEN_FIRST, unwritten.vowel);
  if (VOWELS.includes(letter)) {
    if (at === word.length - 1 && letter !== "e")
      return Math.max(unwritten.vowel, letter === "a" ? 25 : unwritten.lastVowel);
    if (letter === "e" && at === word.length - 1 && at > 2) return Math.min(15, unwritten.vowel);
    return VOWELS.includes(before) && before !== "" ? Math.max(unwritten.nextVowel, unwritten.vowel) : unwritten.vowel;
  }
  if (letter === "y") return unwritten.y;
  if (letter === "h") return at === 0 ? unwritten.firstH : unwritten.h;
  if (letter === "r" && before !== "" && VOWELS.includes(before)) return unwritten.r;
  if (at === word.length - 1 && at > 2 && "tsxdzp".includes(letter)) return Math.min(45, unwritten.consonant);
  return unwritten.consonant;
}
