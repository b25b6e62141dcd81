import { cantoneseOf, hokkien } from "./han-by-language.ts";
import { hanWords } from "./han.ts";
import { hongKongSpellings } from "./southern-chinese.ts";
import { fujianSyllables, southernFamilies } from "./southern-tables.ts";
import { wadeSpellings } from "./wade-giles.ts";

/** What pinyin writes for lü. */
const LU: readonly string[] = ["lu", "lv", "lyu", "lue"];

const byFujian = byPinyin(fujianSyllables);
const byFamily = byPinyin(southernFamilies);

/** Lines of spellings and what each may be in pinyin, turned. */
function byPinyin(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of lines) {
    const [spellings = "", readings = ""] = line.split(": ");
    for (const pinyin of readings.split(" ")) {
      const known = found.get(pinyin) ?? [];
      found.set(pinyin, known);
      known.push(...spellings.split(" "));
    }
  }
  return found;
}

/** Who spells a name: Hong Kong and the Chinese of Southeast Asia, whose spellings stand beside each other in one name, or Taiwan. */
export const speechLetters = ["s", "w"] as const;
export type Speech = (typeof speechLetters)[number];

/** In Taiwan, too. */
export const taiwanFamilies: Readonly<Record<string, readonly string[]>> = {
  li: ["lee"],
  song: ["soong"],
  kong: ["kung"],
};

/**
 * What a Han character of a name is spelt, in bytes a-z, the usual first; none for one without a reading there. `family`: it may be a
 * family name, of which there are spellings that no rule has.
 */
export function spellingsOfSign(character: string, speech: Speech, family: boolean): readonly string[] {
  const [pinyin = ""] = hanWords(character, true);
  if (!/^[a-z]+$/.test(pinyin)) return NONE;
  const own = ownSpellings(character, speech, pinyin);
  if (!family || own.length === 0) return own;
  const families = speech === "w" ? taiwanFamilies[pinyin] : byFamily.get(pinyin);
  return families === undefined ? own : [...new Set([...own, ...families])];
}

const NONE: readonly string[] = [];

function ownSpellings(character: string, speech: Speech, pinyin: string): readonly string[] {
  switch (speech) {
    case "s": {
      const jyutping = cantoneseOf(character);
      const usual = hokkien.get(character);
      return [
        ...(jyutping === "" ? NONE : hongKongSpellings(jyutping)),
        ...(usual === undefined ? NONE : [usual]),
        ...(byFujian.get(pinyin) ?? NONE),
      ];
    }
    case "w":
      return [...wadeSpellings(pinyin), ...(LU.includes(pinyin) ? LU : [pinyin])];
  }
}

/** Digits of a character's number, as letters: a word with three digits side by side would be taken for a number. */
const DIGITS = "abcdefghijklmnop";
const FAMILY = "f";
const GIVEN = "g";
const LAST_CODE_POINT = 0x10ffff;

/** The word that stands for a character, without its mark. */
export function signWord(character: string, speech: Speech, family: boolean): string {
  const digits = Array.from(character.codePointAt(0)!.toString(16), (digit) => DIGITS[Number.parseInt(digit, 16)]!);
  return speech + (family ? FAMILY : GIVEN) + digits.join("");
}

/** What such a word may be spelt. */
export function spellingsOfSignWord(word: string): readonly string[] {
  const speech = speechLetters.find((letter) => word[0] === letter);
  let code = 0;
  for (const digit of word.slice(2)) {
    const value = DIGITS.indexOf(digit);
    if (value < 0 || code > LAST_CODE_POINT) return NONE;
    code = code * DIGITS.length + value;
  }
  if (speech === undefined || code === 0 || code > LAST_CODE_POINT) return NONE;
  return spellingsOfSign(String.fromCodePoint(code), speech, word[1] === FAMILY);
}
