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
const MOST_KEYS = 24;
const DEAREST_KEY = 45;

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
  return [...keys.keys()].filter((key) => key !== "");
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
  /** By the first letter. */
  readonly spellings: ReadonlyMap<string, readonly Spelling[]>;
  readonly silent: number;
}
interface CompiledGroup {
  readonly sounds: ReadonlyMap<string, Sound>;
  readonly unwritten: Unwritten;
}

const NEVER = 10_000;

function compile({ sounds, unwritten }: SoundGroup): CompiledGroup {
  return {
    unwritten,
    sounds: new Map(Object.entries(sounds).map(([sound, line]) => [sound, compileSound(line)])),
  };
}

function compileSound(line: string): Sound {
  const spellings = new Map<string, Spelling[]>();
  let silent = NEVER;
  for (const cell of line.split(" ")) {
    const [letters = "", cost = "0"] = cell.split(":");
    if (letters === "-") silent = Number(cost);
    else if (letters !== "") {
      const known = spellings.get(letters[0]!) ?? [];
      spellings.set(letters[0]!, known);
      known.push({ rest: letters.slice(1), cost: Number(cost) });
    }
  }
  return { spellings, silent };
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

/** All `NEVER` between calls. Cell `i * WIDTH + j`: the least cost of spelling the first i sounds as the first j letters. */
const WIDTH = LONGEST * 2 + 2;
const cells = new Int32Array((LONGEST + 2) * WIDTH).fill(NEVER);

/**
 * How well a Latin word spells what another script writes, in percent, 0 if too badly: 93 less the cost of the cheapest
 * spelling, hundredths of an edit by sounds or letters, whichever are more, and rounded down. `heard`: see `isHeard`.
 */
export function heardPercent(heard: string, latin: string, consonants: number): number {
  const group = groups.get(heard[2]!);
  const n = heard.length - FIRST_SOUND;
  const word = latin.replaceAll("x", "ks");
  const m = word.length;
  if (group === undefined || m < 2 || n > LONGEST || m > LONGEST * 2) return 0;
  const longer = Math.max(2, Math.min(n, m + 2), m);
  const limit = (GREATEST - LEAST) * longer;
  const { unwritten } = group;
  const firstSilent = heard[2] !== HAN && HALF_VOWELS.includes(heard[FIRST_SOUND]!) ? FIRST_HALF_VOWEL : 0;
  const lastSilent = heard[2] === ABJAD && LONG_VOWELS.includes(heard.at(-1)!) ? SILENT_LAST : 0;
  cells.fill(NEVER, 0, (n + 1) * WIDTH);
  cells[0] = 0;
  for (let i = 0; i <= n; i++) {
    const sound = i < n ? group.sounds.get(heard[FIRST_SOUND + i]!) : undefined;
    for (let j = 0; j <= m; j++) {
      const cost = cells[i * WIDTH + j]!;
      if (cost > limit) continue;
      if (sound !== undefined) {
        lower(
          (i + 1) * WIDTH + j,
          cost + silentCost(sound.silent, i === n - 1 ? lastSilent : i === 0 ? firstSilent : 0),
        );
        const spellings = j < m ? sound.spellings.get(word[j]!) : undefined;
        if (spellings !== undefined)
          for (const { rest, cost: more } of spellings)
            if (rest === "" || word.startsWith(rest, j + 1))
              lower(
                (i + 1) * WIDTH + j + 1 + rest.length,
                cost + (i === n - 1 ? lastCost(heard, word[j]!, more) : more),
              );
      }
      if (j < m) lower(i * WIDTH + j + 1, cost + costOfUnwritten(word, j, unwritten));
    }
  }
  const least = cells[n * WIDTH + m]!;
  if (least > limit) return 0;
  const percent = GREATEST - Math.floor(least / longer) - DISCOUNTS[Math.min(consonants, DISCOUNTS.length - 1)]!;
  return percent < LEAST ? 0 : percent;
}

/** A half-vowel that begins a word is heard: Yadav is not Adib. Not of Han, which has few syllables to choose from. */
const HAN = "z";
const HALF_VOWELS = "yw";
const FIRST_HALF_VOWEL = 70;

function silentCost(silent: number, least: number): number {
  return silent < least ? least : silent;
}

/** The vowel that a last consonant has of itself is no i or u: Jain is not Zaini. */
const OWN_VOWEL = "2";
const BRAHMIC = "im";
const OTHER_LAST_VOWEL = 60;

function lastCost(heard: string, letter: string, cost: number): number {
  const other = heard.at(-1) === OWN_VOWEL && BRAHMIC.includes(heard[2]!) && (letter === "i" || letter === "u");
  return other ? Math.max(cost, OTHER_LAST_VOWEL) : cost;
}

function lower(cell: number, cost: number): void {
  if (cost < cells[cell]!) cells[cell] = cost;
}

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
