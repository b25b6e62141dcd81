import { isKontsevich, koreanOfKontsevich } from "./kontsevich.ts";
import { isPalladius, pinyinOfPalladius } from "./palladius.ts";

const cyrillic = /\p{Script=Cyrillic}/u;
const words = /\p{L}+/gu;
const MOST_WORDS = 4;

/** Reads one word of a name, undefined if it is not of its system. */
export type WordReader = (word: string) => readonly string[] | undefined;

/**
 * How the words of a whole name in Cyrillic are read if it is a Chinese or a Korean one: Цзиньпин is no Slavic word, and
 * its letters one by one do not give what a list writes (Jinping). Undefined for every other name.
 */
export function eastAsianReader(text: string): WordReader | undefined {
  if (!cyrillic.test(text)) return undefined;
  const found = text.toLowerCase().match(words) ?? [];
  if (found.length > MOST_WORDS) return undefined;
  if (isPalladius(found)) {
    return (word) => {
      const pinyin = pinyinOfPalladius(word.toLowerCase());
      return pinyin === undefined ? undefined : [pinyin];
    };
  }
  return isKontsevich(found) ? (word) => koreanOfKontsevich(word.toLowerCase()) : undefined;
}
