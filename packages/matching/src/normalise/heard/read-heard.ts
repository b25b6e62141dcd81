import anyAscii from "any-ascii";

import { plainArabic } from "../arabic.ts";
import { hiragana, smallKana } from "../kana.ts";
import { hanSounds, jamo, kanaTable, letterTables, offsetTables, pinyinFinals, pinyinInitials } from "./tables.ts";

type Reader = (word: string) => string | undefined;

const MARKS = /\p{M}/gu;

/** A word letter by letter; undefined if a letter is not in the table. */
function byLetters(table: readonly (readonly [string, string])[]): Reader {
  const longest = table.toSorted(([a], [b]) => b.length - a.length);
  return (word) => {
    let out = "";
    for (let at = 0; at < word.length;) {
      const found = longest.find(([letters]) => word.startsWith(letters, at));
      if (found === undefined) return undefined;
      out += found[1];
      at += found[0].length;
    }
    return out;
  };
}

const VIRAMAS: readonly number[] = [0x4d, 0x4d];

/** A Brahmic script: a consonant has its own vowel (2) unless a vowel or a virama follows. */
export function indicSounds(word: string): string | undefined {
  let out = "";
  let open = false;
  for (const character of word.normalize("NFC")) {
    const code = character.codePointAt(0)!;
    if (code === 0x200c || code === 0x200d) continue;
    const isSinhala = code >= 0x0d80 && code <= 0x0dff;
    if (code < 0x0900 || code > 0x0dff) return undefined;
    const at = isSinhala ? code - 0x0d80 : code % 0x80;
    if (at === (isSinhala ? 0x4a : VIRAMAS[0])) {
      open = false;
      continue;
    }
    if (at === 0x3c && !isSinhala) {
      out = out.replace(/[fjkgdb]$/, (sound) => ({ f: "f", j: "z", k: "q", g: "5", d: "r", b: "v" })[sound] ?? sound);
      continue;
    }
    const sounds = (isSinhala ? offsetTables.sinhala : offsetTables.indic).get(at);
    if (sounds === undefined) continue;
    const chillu = code >= 0x0d7a && code <= 0x0d7f;
    const consonant = isSinhala
      ? at >= 0x1a && at <= 0x46
      : (at >= 0x15 && at <= 0x39) || (at >= 0x58 && at <= 0x5f) || (at >= 0x70 && !chillu);
    const sign = isSinhala ? at >= 0x4f : at >= 0x3e && at <= 0x4c;
    if (open && !sign) out += "2";
    out += sounds;
    open = consonant;
  }
  return open ? `${out}2` : out;
}

function ethiopic(word: string): string | undefined {
  let out = "";
  for (const character of word) {
    const offset = character.codePointAt(0)! - 0x1200;
    const sound = offsetTables.ethiopic.get(offset & ~7);
    if (sound === undefined) return undefined;
    const order = offset & 7;
    const vowel = "2uiae1oa"[order]!;
    out += sound + (sound === "" && order === 0 ? "a" : vowel);
  }
  return out;
}

const small: Readonly<Record<string, string>> = { ...smallKana, ゎ: "wa" };

function kana(word: string): string | undefined {
  let out = "";
  for (const character of word.normalize("NFKC")) {
    const plain = hiragana(character);
    const beside = small[plain];
    const sounds = kanaTable.get(plain);
    if (beside !== undefined) {
      const stem = /[aeiou1]$/.test(out) && out.length > 1 ? out.slice(0, -1) : out;
      out =
        /[u]$/.test(out) && stem === out.slice(0, -1) && !/[a-z0-9]$/.test(stem.slice(-1))
          ? out + beside
          : stem + (out === "u" ? "w" : "") + beside.replace(/^y(?=.)/, /[6jc]$/.test(stem) ? "" : "y");
    } else if (sounds === undefined) return undefined;
    else out += sounds;
  }
  return out.replace(/^u(?=[aeio])/, "w");
}

function hangul(word: string): string | undefined {
  let out = "";
  for (const character of word.normalize("NFC")) {
    const index = character.codePointAt(0)! - 0xac00;
    if (index < 0 || index >= 11172) return undefined;
    out += jamo.first[Math.floor(index / 588)]! + jamo.vowels[Math.floor((index % 588) / 28)]! + jamo.last[index % 28]!;
  }
  return out.replace(/00/g, "0");
}

function han(word: string): string | undefined {
  let out = "";
  for (const character of word) {
    const known = hanSounds.get(character);
    if (known !== undefined) {
      out += known;
      continue;
    }
    const pinyin = anyAscii(character)
      .toLowerCase()
      .replace(/[^a-z]/g, "");
    const initial = pinyinInitials.find(([letters]) => pinyin.startsWith(letters));
    const final = pinyinFinals.get(pinyin.slice(initial?.[0].length ?? 0));
    if (final === undefined) return undefined;
    out += (initial?.[1] ?? "") + (final === "1" && initial === undefined ? "u" : final);
  }
  return out;
}

/** Letters that are written and not heard. Latin spellings of what they come from have some of them: Pakdi, Sittipunt, Charles. */
const SILENCED: readonly (readonly [letters: RegExp, sign: string])[] = [
  [/[จชซฌฎฏฐฑฒดตถทธศษสដឋឌឍតថទធ]/, "\u0001"],
  [/[\u179a\u0e23]/, "\u0002"],
];

function silenced(_all: string, letter: string): string {
  return SILENCED.find(([letters]) => letters.test(letter))?.[1] ?? "";
}

/** Thai and Lao write some vowels before the consonant they follow, and silence letters with a mark. */
function thai(table: readonly (readonly [string, string])[]): Reader {
  const read = byLetters(table);
  return (word) =>
    read(
      word
        .replace(/(?<=[\u0e01-\u0e2e])(?![งญณนมยรลวฬ])([\u0e01-\u0e2e])(?=[\u0e01-\u0e2e]\u0e4c)/g, silenced)
        .replace(/([\u0e01-\u0e2e])[\u0e34-\u0e39]?\u0e4c/g, silenced)
        .replace(/\u0e0d(?![\u0e30-\u0e3a])/g, "\u0e19")
        .replace(/[\u0e81-\u0eae]\u0ecc/g, "")
        .replace(/[\u0e47-\u0e4c\u0e4e\u0ec8-\u0ecc]/g, "")
        .replace(/\u0e2b(?=[\u0e07\u0e0d\u0e19\u0e21\u0e22\u0e23\u0e25\u0e27])/g, "")
        .replace(/(?<![\u0e31\u0e34\u0e38น])ทร/g, "ซ")
        .replace(/([เแโใไ])([กขคฉตทปผพศส][รลว])(?=[\u0e31-\u0e37])/g, "$2$1")
        .replace(/([เแโใไເແໂໃໄ])([\u0e01-\u0e2e\u0e81-\u0eae])/g, "$2$1"),
    );
}

/** Consonants of the second series, which give some vowels another sound; a mark moves a consonant to the other series. */
const SECOND_SERIES = "គឃងជឈញឌឍទធនពភមយរលវ";
const TO_FIRST = "\u17c9";
const TO_SECOND = "\u17ca";
const COENG = "\u17d2";
const khmerConsonant = /[\u1780-\u17a2]/;
const khmerGroups = /[\u1780-\u17a2](?:\u17d2[\u1780-\u17a2])*/g;

/**
 * Khmer: a consonant below another that ends a word is written and not heard, as is the middle one of three; of two alike one is heard. u and
 * o are one letter, which the consonant's series tells apart.
 */
function khmer(word: string): string | undefined {
  const plain = word
    .replace(/[\u1780-\u17a2]\u17cd/g, "")
    .replace(/[\u17cb\u17c7\u17c8\u17cc\u17ce-\u17d1\u200b]/g, "");
  const last = plain.replace(/[\u17b7\u17bb]$/, "").length;
  const read = plain.replace(khmerGroups, (group, at: number) => {
    const [first = "", ...below] = group.split(COENG);
    if (at + group.length >= last) return first + below.map((letter) => silenced(letter, letter)).join("");
    const heard = below.length > 1 ? [silenced("", below[0]!), ...below.slice(1)] : below;
    return [first, ...heard].filter((letter, n, all) => !isAlike(letter, all[n + 1])).join("");
  });
  return khmerLetters(bySeries(read));
}

/** Of a b before a p, too: it ends its syllable as one. */
function isAlike(letter: string, next: string | undefined): boolean {
  if (next === undefined) return false;
  const [one, two] = [khmerSounds.get(letter), khmerSounds.get(next)];
  return one === two || (one === "b" && two === "p");
}

function bySeries(word: string): string {
  let second = false;
  let out = "";
  for (const letter of word) {
    if (khmerConsonant.test(letter)) second = SECOND_SERIES.includes(letter);
    if (letter === TO_FIRST || letter === TO_SECOND) second = letter === TO_SECOND;
    else out += second && (letter === "\u17bb" || letter === "\u17bc") ? "\u0003" : letter;
  }
  return out;
}

const khmerSounds: ReadonlyMap<string, string> = new Map(letterTables.khmer);
const khmerLetters = byLetters(letterTables.khmer);

const greekLetters = byLetters(letterTables.greek);
const cyrillicLetters = byLetters(letterTables.cyrillic);
const georgianLetters = byLetters(letterTables.georgian);
const hebrewLetters = byLetters([...letterTables.hebrew, ["'", ""]]);
const arabicLetters = byLetters(letterTables.arabic);

/** A script: its group of sounds, and how a word in it is read. */
const scripts: readonly (readonly [test: RegExp, group: string, read: Reader])[] = [
  [
    /^[\p{Script=Cyrillic}\p{M}'’]+$/u,
    "c",
    (word) => cyrillicLetters(word.normalize("NFC").replace(/['’]|\u0301/gu, "")),
  ],
  [
    /^[\p{Script=Greek}\p{M}]+$/u,
    "g",
    (word) => greekLetters(word.normalize("NFD").replace(MARKS, "").replace(/σ$/, "ς")),
  ],
  [/^[\p{Script=Armenian}]+$/u, "c", byLetters(letterTables.armenian)],
  [/^[\p{Script=Georgian}]+$/u, "c", (word) => georgianLetters(word)?.replace(/(?<=...)i$/, "2")],
  [
    /^[\p{Script=Hebrew}\p{M}'’׳״"]+$/u,
    "h",
    (word) => hebrewLetters(word.replace(MARKS, "").replace(/[’׳]/g, "'").replace(/["״]/g, "")),
  ],
  [
    /^[\p{Script=Arabic}\p{M}\u200c]+$/u,
    "a",
    (word) =>
      arabicLetters(
        plainArabic(word)
          .replaceAll("\u200c", "")
          .replace(/^ا(?=ي|و)/, ""),
      ),
  ],
  // Tamil writes a voiceless consonant twice, which Latin letters may or may not.
  [/^[\u0b80-\u0bff\u200c\u200d]+$/u, "m", (word) => indicSounds(word)?.replace(/([a-z])\1/g, "$1")],
  [/^[\u0900-\u0dff\u200c\u200d]+$/u, "i", indicSounds],
  [/^[\p{Script=Thai}]+$/u, "t", thai(letterTables.thai)],
  [/^[\p{Script=Lao}]+$/u, "t", thai(letterTables.lao)],
  [/^[\p{Script=Khmer}\u200b]+$/u, "t", khmer],
  [/^[\p{Script=Ethiopic}]+$/u, "e", ethiopic],
  [/^[\p{Script=Hiragana}\p{Script=Katakana}\u30fc]+$/u, "k", kana],
  [/^[\p{Script=Hangul}]+$/u, "n", hangul],
  [/^[\p{Script=Han}]+$/u, "z", han],
];
const FEWEST_SOUNDS = 2;

/** A word of another script by its sounds, marked as `relations/heard` has it; undefined if there is no such reading. */
export function heardWord(word: string): string | undefined {
  const lower = word.normalize("NFKC").toLowerCase();
  const script = scripts.find(([test]) => test.test(lower));
  const sounds = script?.[2](lower);
  return script === undefined || sounds === undefined || sounds.length < FEWEST_SOUNDS
    ? undefined
    : `01${script[1]}${sounds}`;
}
