import type { Edit } from "./mapped-text.ts";
import { byteMaps, canShow, reread, type Word, wordWith } from "./mojibake-bytes.ts";
import { wideRepairs } from "./mojibake-wide.ts";
import { hasUsualCase } from "./reads-as-text.ts";

interface Writer {
  readonly set: string;
  /** A word of its script, as it may be written. */
  readonly word: RegExp;
  /** Letters that make up most of a text. They only rank readings. */
  readonly common: ReadonlySet<string>;
}

const cyrillicWord =
  /^[«"„“‘'’№\s]*[\u0400-\u045F\u0490\u0491]+(?:[ʼ’'–\s-][\u0400-\u045F\u0490\u0491]+)*[»"”“’'.…\s]*$/u;
const greekWord = /^[«΄\s]*[\u0386\u0388-\u03CE]+(?:[’'–\s-][\u0386\u0388-\u03CE]+)*[»\s]*$/u;
const arabicWord =
  /^[«\s]*[\u0621-\u0652\u067E\u0686\u0688\u0691\u0698\u06A9\u06AF\u06BA\u06BE\u06C1\u06D2\u200C\u200D]+(?:\s[\u0621-\u0652\u06A9\u06AF\u067E\u0686\u0698]+)*[»،؛\s]*$/u;
const hebrewWord = /^[\u05B0-\u05EA\u05F3\u05F4\u200E\u200F\s]+$/u;
const thaiWord = /^[\u0E01-\u0E4E\s]+$/u;

const cyrillicLetters = new Set("аоеинтрслвкмдйуя");
const arabicLetters = new Set("اليمنرتبهدعحسوك");
const greekLetters = new Set("αοιεσςτνηρκμλυ");
const hebrewLetters = new Set("יוהלארמבנשתדח");

const cyrillicSets = ["windows-1251", "koi8-u", "ibm866", "iso-8859-5", "x-mac-cyrillic", "ibm855"];
const writers: readonly Writer[] = [
  ...cyrillicSets.map((set) => ({ set, word: cyrillicWord, common: cyrillicLetters })),
  ...["windows-1256", "iso-8859-6", "ibm720"].map((set) => ({ set, word: arabicWord, common: arabicLetters })),
  ...["windows-1253", "iso-8859-7", "ibm737"].map((set) => ({ set, word: greekWord, common: greekLetters })),
  ...["windows-1255", "iso-8859-8", "ibm862"].map((set) => ({ set, word: hebrewWord, common: hebrewLetters })),
  { set: "windows-874", word: thaiWord, common: new Set("านรกอเงมยลวดทสต") },
];

/** Sets in which bytes come out as letters and signs of the West. */
const westernReaders = [
  "latin",
  "windows-1250",
  "iso-8859-2",
  "windows-1254",
  "windows-1257",
  "windows-1258",
  "iso-8859-15",
  "macintosh",
  "ibm437",
  "ibm850",
  "ibm852",
  "ibm857",
];

export interface ForeignRepairs {
  readonly repairs: readonly (readonly Edit[])[];
  readonly suspicious: boolean;
}

const NONE: ForeignRepairs = { repairs: [], suspicious: false };
const MOST = 4;

/** Words of another script whose bytes were read as letters of the West, or of another set of their own script. */
export function foreignRepairs(text: string, words: readonly Word[]): ForeignRepairs {
  const whole = words.filter((word) => word.ascii === 0);
  if (whole.some((word) => isCyrillic.test(word.text))) return { repairs: cyrillicRepairs(whole), suspicious: false };
  if (!western.test(text)) return NONE;
  const suspects = whole.filter(looksMisread);
  const wide = wideRepairs(text, suspects.length > 0);
  const few = whole.length > 0 && !/[A-Za-z]/.test(text) && lettersIn(text) >= FEWEST_IN_ALL;
  if (suspects.length === 0 && !few) return wide.length > 0 ? { repairs: wide, suspicious: false } : NONE;
  const readers = westernReaders.filter((reader) =>
    canShow(byteMaps.of(reader), suspects.length > 0 ? suspects : whole),
  );
  // No set of the West shows these: they are letters of a script that we read as it stands.
  if (readers.length === 0) return NONE;
  const sample = { chosen: suspects.length > 0 ? suspects : whole, whole };
  const found = readers.flatMap((reader) => writers.flatMap((writer) => judge(sample, reader, writer)));
  const repairs = [...likeliest(found, sample), ...wide];
  return { repairs, suspicious: suspects.some((word) => /[\xA1-\xFF]/.test(word.text)) };
}

const western = /[\x80-\u024F\u02C6-\u02DC\u2010-\u2122]/;
const FEWEST_HIGH = 3;
const FEWEST_IN_ALL = 4;
const isCyrillic = /[\u0400-\u04FF]/;
const westernLetter = /[\xC0-\xD6\xD8-\xF6\xF8-\u024F]/;
const westernLetters = new RegExp(westernLetter, "g");
const c1 = /[\x80-\x9F]/;
/** Signs that no word has, as DOS sets give them. */
const oddSigns = /[¡-©«-¯±-µ¶¸-¿ƒˆ˜‰‹›ŒœŠšŽžŸ†‡‚„…]/g;

const lettersIn = (text: string): number => text.match(westernLetters)?.length ?? 0;

/** Three letters or more beyond ASCII, and none of it: no language of the West has such words. */
function looksMisread(word: Word): boolean {
  if (word.high < FEWEST_HIGH || /[\u0250-\u1DFF\u2C00-\uFFFF]/.test(word.text)) return false;
  if (new Set(word.text).size === 1) return false;
  return (
    lettersIn(word.text) >= 2 ||
    c1.test(word.text) ||
    (lettersIn(word.text) >= 1 && new Set(word.text.match(oddSigns)).size >= 2)
  );
}

/** The words of a text that other sets are tried on. */
interface Sample {
  /** Those that raised the suspicion: each must be a word in a set that is right. */
  readonly chosen: readonly Word[];
  readonly whole: readonly Word[];
}

interface Guess {
  readonly reader: string;
  readonly writer: Writer;
  readonly rank: number;
  readonly usualCase: boolean;
  readonly said: string;
}

/** Words that a set is judged by. More tell no more, and a text of many words is tried in many sets. */
const MOST_JUDGED = 24;

function judge({ chosen }: Sample, reader: string, writer: Writer): readonly Guess[] {
  const bytes = byteMaps.of(reader);
  let said = "";
  for (const word of chosen.slice(0, MOST_JUDGED)) {
    const read = reread(word, bytes, writer.set);
    const written = read === undefined ? undefined : wordWith(word, read);
    if (written === undefined || !writer.word.test(written)) return [];
    said += ` ${written}`;
  }
  const letters = said.match(/\p{L}/gu) ?? [];
  if (letters.length === 0) return [];
  const common = letters.filter((letter) => writer.common.has(letter.toLowerCase())).length;
  const usualCase = (said.match(/\p{L}+/gu) ?? []).every(hasUsualCase);
  return [{ reader, writer, said, rank: common / letters.length, usualCase }];
}

/** The likeliest by their letters, and of those that say the same one; a set whose capitals stand wrong only if all do. */
function likeliest(guesses: readonly Guess[], sample: Sample): readonly (readonly Edit[])[] {
  const usual = guesses.filter((guess) => guess.usualCase);
  const ranked = (usual.length > 0 ? usual : guesses).toSorted((a, b) => b.rank - a.rank);
  return ranked
    .filter((guess, at) => ranked.findIndex(({ said }) => said === guess.said) === at)
    .slice(0, MOST)
    .map((guess) => rereadAll(sample, guess));
}

/** All words of a text that are words in the guessed set. */
function rereadAll({ whole }: Sample, { reader, writer }: Guess): readonly Edit[] {
  const bytes = byteMaps.of(reader);
  return whole.flatMap((word) => {
    const read = reread(word, bytes, writer.set);
    return read !== undefined && writer.word.test(wordWith(word, read)) ? read : [];
  });
}

const vowels = /[аеёиоуыэюяіїє]/giu;
const oddCyrillic = /[\u2500-\u25FF\xA1-\xBF]|[\u0400-\u04FF][^\p{L}\p{M}’ʼ–-]+[\u0400-\u04FF]/u;
const FEWEST_TO_COUNT = 6;

/** Cyrillic read in another Cyrillic set: capitals stand inside words, signs among letters, or hardly a vowel. */
function cyrillicRepairs(whole: readonly Word[]): readonly (readonly Edit[])[] {
  const long = whole.filter((word) => word.high >= FEWEST_HIGH);
  const text = long.map((word) => word.text).join(" ");
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const poor = letters >= FEWEST_TO_COUNT && shareOfVowels(text) < 0.2;
  if (!poor && !long.some((word) => oddCyrillic.test(word.text)) && long.every((word) => hasUsualCase(word.text)))
    return [];
  const sample = { chosen: long, whole };
  const found = cyrillicSets.flatMap((reader) =>
    canShow(byteMaps.of(reader), long)
      ? writers.filter(({ set }) => set !== reader).flatMap((writer) => judge(sample, reader, writer))
      : [],
  );
  return likeliest(
    found.filter(({ said, usualCase }) => usualCase && (!isCyrillic.test(said) || shareOfVowels(said) >= 0.2)),
    sample,
  );
}

function shareOfVowels(text: string): number {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters === 0 ? 0 : (text.match(vowels)?.length ?? 0) / letters;
}
