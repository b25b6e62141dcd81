/**
 * Chinese names in the spelling of Wade and Giles (Chou En-lai, Tz'u-hsin) in pinyin. Every syllable of it is the spelling of an
 * initial before that of a final. An apostrophe marks breath, and is mostly lost: then both readings stand.
 */
const initials: readonly (readonly [pinyin: string, wade: string])[] =
  "zh:ch ch:ch' sh:sh b:p p:p' d:t t:t' g:k k:k' j:ch q:ch' x:hs z:ts c:ts' r:j m:m f:f n:n l:l h:h s:s w:w y:y"
    .split(" ")
    .map((cell) => cell.split(":") as [string, string]);
const finals =
  "a ai an ang ao e ei en eng i ia ian iang iao ie in ing iong iu o ong ou u ua uai uan uang ue ui un uo".split(" ");
const irregular: Readonly<Record<string, string>> = {
  zhi: "chih",
  chi: "ch'ih",
  shi: "shih",
  ri: "jih",
  zi: "tzu",
  ci: "tz'u",
  si: "ssu",
  gui: "kuei",
  kui: "k'uei",
  ge: "ko",
  ke: "k'o",
  he: "ho",
  guo: "kuo",
  kuo: "k'uo",
  huo: "huo",
  shuo: "shuo",
  yi: "i",
  you: "yu",
  yan: "yen",
  ye: "yeh",
  yue: "yueh",
  yong: "yung",
  ao: "ao",
  an: "an",
  ai: "ai",
  en: "en",
  er: "erh",
  ou: "ou",
  e: "o",
};
/** Further spellings that are met. */
const also: Readonly<Record<string, string>> = {
  si: "szu sze",
  zi: "tze",
  yi: "yi",
  e: "e",
  ge: "ke",
  he: "he",
  yan: "yan",
  huang: "hwang",
  er: "er",
};

const wadeFinals: Readonly<Record<string, string>> = {
  ian: "ien",
  ie: "ieh",
  ue: "ueh",
  ong: "ung",
  iong: "iung",
  uo: "o",
};
const front = new Set(["j", "q", "x"]);
const back = new Set(["zh", "ch", "sh", "g", "k", "h", "z", "c", "s", "r", "f", "w"]);

const strict = new Map<string, string[]>();
const loose = new Map<string, string[]>();
const pinyinSyllables = new Set<string>();
const wadeOf = new Map<string, string[]>();

function enter(pinyin: string, wade: string): void {
  wadeOf.set(pinyin, [...(wadeOf.get(pinyin) ?? []), wade.replace("'", "")]);
  for (const [table, key] of [
    [strict, wade],
    [loose, wade.replace("'", "")],
  ] as const) {
    const known = table.get(key) ?? [];
    table.set(key, known);
    if (!known.includes(pinyin)) known.push(pinyin);
  }
}

for (const [pinyin, wade] of initials) {
  for (const final of finals) {
    const syllable = pinyin + final;
    if (front.has(pinyin) && !/^[iu]/.test(final)) continue;
    if (back.has(pinyin) && /^i./.test(final)) continue;
    pinyinSyllables.add(syllable);
    enter(syllable, irregular[syllable] ?? wade + (wadeFinals[final] ?? final));
  }
}
for (const [pinyin, wade] of Object.entries(irregular)) {
  pinyinSyllables.add(pinyin);
  enter(pinyin, wade);
}
for (const [pinyin, spellings] of Object.entries(also)) for (const wade of spellings.split(" ")) enter(pinyin, wade);

/** How Taiwan spells a syllable of pinyin: as Wade and Giles do, mostly without their marks. */
export function wadeSpellings(pinyin: string): readonly string[] {
  return wadeOf.get(pinyin) ?? [];
}

const MOST_WORDS = 4;
const LONGEST_SYLLABLE = 6;
const MOST_READINGS = 16;
const apostrophe = "['’‘ʻʼ`]";
const hyphened = /\p{L}['’‘ʻʼ`]?[-‐‑–]\p{L}/u;
/** No other language begins a syllable so. */
const hissed = /(?:^|[\s,])hs[iu]/i;
const withApostrophe = new RegExp(`[a-zA-Z]${apostrophe}[a-zA-Z]`, "u");
const word = new RegExp(`[a-zü]+(?:${apostrophe}[a-zü]+)?`, "gu");
const NONE: readonly (readonly string[])[] = Object.freeze([]);

/**
 * The pinyin readings of a name in Latin letters that is all syllables of Wade and Giles and has one of their marks, a hyphen, an
 * apostrophe or a syllable that begins with hs: its words, those that a hyphen joins in one, and the numbers beside them. None for other
 * names. It makes nothing for most texts, so that who reads without making an object may ask it of any.
 */
export function wadeGilesReadings(text: string): readonly (readonly string[])[] {
  if (!mayBeSyllables(text)) return NONE;
  if (!hyphened.test(text) && !withApostrophe.test(text) && !hissed.test(text)) return NONE;
  const lower = text.toLowerCase();
  const parts = lower.split(/[\s,]+/u).filter((part) => part !== "");
  const words = parts.map((part) =>
    (part.match(word) ?? []).map((one) => one.replaceAll("ü", "u").replace(/[’‘ʻʼ`]/g, "'")),
  );
  const all = words.flat();
  if (
    all.length < 2 ||
    all.length > MOST_WORDS ||
    parts.some((part, at) => part.replace(/[^a-zü]/gu, "").length !== words[at]!.join("").replace(/'/g, "").length)
  )
    return NONE;
  const exact = all.some((one) => one.includes("'"));
  let readings: string[][][] = [[]];
  for (const [at, some] of words.entries()) {
    let joined: string[][] = [some.length === 0 ? [numberIn(parts[at]!)] : []];
    for (const one of some) {
      const options = new Set([...(exact ? (strict.get(one) ?? []) : []), ...(loose.get(one.replace("'", "")) ?? [])]);
      if (options.size === 0) return NONE;
      joined = joined.flatMap((before) => [...options].map((option) => [...before, option])).slice(0, MOST_READINGS);
    }
    readings = readings.flatMap((before) => joined.map((option) => [...before, option])).slice(0, MOST_READINGS);
  }
  return readings.map((reading) => reading.map((syllables) => syllables.join("")).filter((one) => one !== ""));
}

/** Empty where a part is a mark. */
function numberIn(part: string): string {
  return part.replace(/[^0-9]/g, "");
}

/**
 * False only where no two or more of these lines, one behind the other and joined by spaces, have such readings, also in disguise: without
 * a mark, or where each line and the next have too many words together, or too long ones.
 */
export function mayReadAcross(lines: readonly string[], joined: string): boolean {
  if (!markOfSyllables.test(joined)) return false;
  for (let at = 1; at < lines.length; at++) if (areShortWords(`${lines[at - 1]!} ${lines[at]!}`)) return true;
  return false;
}

/** Of ASCII. */
const markOfSyllables = /['`-]|h[s5$]/i;

function areShortWords(text: string): boolean {
  return mayBeSyllables(`${text} -`);
}

const [SPACE, APOSTROPHE, HYPHEN, BACKTICK, H, S] = [0x20, 0x27, 0x2d, 0x60, 0x68, 0x73];
/** What stands for a letter in a disguise, see `disguises.ts`; these for an S. */
const inDisguise = new Uint8Array(128);
for (const sign of "0123456789|!@$") inDisguise[sign.charCodeAt(0)] = 1;
const [FIVE, DOLLAR] = [0x35, 0x24];
/** The first letter that is a mark of Wade and Giles beyond ASCII. */
const MARKS_BEYOND = 0x2bb;

/**
 * False only for what has none of the marks, too many words, or one that is longer than any syllable, also where digits and signs stand for
 * letters. They, what is not ASCII, or an apostrophe, may stand within a word or part two.
 */
export function mayBeSyllables(text: string): boolean {
  let words = 0;
  let run = 0;
  let inWord = false;
  let marked = false;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : SPACE;
    const small = code | 0x20;
    if (small >= 0x61 && small <= 0x7a) {
      inWord = true;
      if (++run > LONGEST_SYLLABLE) return false;
      if (run === 2 && small === S && (text.charCodeAt(at - 1) | 0x20) === H) marked = true;
    } else if (code >= 0x80 || code === APOSTROPHE || code === BACKTICK) {
      run = 0;
      if (code < 0x80 || code >= MARKS_BEYOND) marked = true;
    } else if (inDisguise[code] === 1) {
      run = 0;
      if ((code === FIVE || code === DOLLAR) && (text.charCodeAt(at - 1) | 0x20) === H) marked = true;
    } else {
      if (inWord && ++words > MOST_WORDS) return false;
      inWord = false;
      run = 0;
      if (code === HYPHEN) marked = true;
    }
  }
  return marked;
}
