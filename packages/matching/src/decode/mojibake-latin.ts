import { foldWord } from "../normalise/fold.ts";
import { writersByLetters } from "./latin-sets.ts";
import { isLikelier, telling } from "./likelier-letter.ts";
import type { Edit } from "./mapped-text.ts";
import { byteMaps, canShow, reread, type Word, wordWith, wordsBeyondAscii } from "./mojibake-bytes.ts";
import { hasUsualCases } from "./reads-as-text.ts";

/** Those in which letters stand where Latin-1 has signs. */
const writersBySigns = ["ibm850", "ibm852", "ibm857", "ibm437", "macintosh"];
/** Where windows-1252 itself was read as something else. */
const readersOfWestern = ["macintosh", "ibm850", "ibm437", "windows-1250"];

const MOST = 4;
const western = /[\x80-\u024F\u02C6-\u02DC\u0370-\u03FF\u2010-\u2122]/;
const control = /[\x80-\x9F]/;
/** Signs that stand inside words of their own right: apostrophes, accents used as such, dashes, dots. */
const withinWords = /[’‘´–—·\xA0\xAD]/;
/** Signs that stand behind words: quotation marks, marks, ordinals, currencies. */
const behindWords = /["”»“‟›™®©°ºª²³¹…–—€£$†•’‘´]/;
const letter = /\p{L}/u;

/** Latin letters whose bytes were read in a wrong set, where a sign stands inside a word or a vowel where a consonant fits. */
export function latinRepairs(text: string): readonly (readonly Edit[])[] {
  if (!western.test(text)) return [];
  const words = wordsBeyondAscii(text.replaceAll("\xA0", " ")).filter((word) => word.ascii > 0);
  if (words.length === 0) return [];
  const latin = byteMaps.of("latin");
  const shown = words.filter((word) => canShow(latin, [word]));
  const signs = shown.some((word) => hasOddSign(word.text));
  const writers =
    signs || shown.some((word) => !hasUsualCases(word.text))
      ? [...writersByLetters, ...writersBySigns]
      : writersByLetters;
  const found = writers.map((writer) => rereadWords(shown, { reader: latin, writer }));
  if (
    signs ||
    words.some((word) => !hasUsualCases(word.text)) ||
    words.some((word) => /[\u0370-\u03FF]/.test(word.text))
  )
    found.push(
      ...readersOfWestern.map((reader) => rereadWords(words, { reader: byteMaps.of(reader), writer: "windows-1252" })),
    );
  return distinct(found.filter((edits) => edits.length > 0)).slice(0, MOST);
}

function hasOddSign(word: string): boolean {
  return control.test(word) || Array.from(word).some((sign, at) => isOdd(word, sign, at));
}

function isOdd(word: string, sign: string, at: number): boolean {
  if (sign < "\x80" || letter.test(sign)) return false;
  const before = word[at - 1] ?? "";
  const after = word[at + 1] ?? "";
  if (letter.test(after)) return !withinWords.test(sign) && (letter.test(before) || !/[¿¡«„‚“‘‹§£€¥°]/.test(sign));
  return letter.test(before) && !behindWords.test(sign);
}

/** The edits of all words that another set makes likelier, of the others none. */
function rereadWords(
  words: readonly Word[],
  { reader, writer }: { reader: ReadonlyMap<number, number>; writer: string },
): readonly Edit[] {
  const misread = words.some((word) => telling.test(word.text));
  return words.flatMap((word) => {
    const edits = reread(word, reader, writer)?.filter((edit) => edit.text !== word.text[edit.start - word.start]);
    if (edits === undefined || edits.length === 0) return [];
    const written = wordWith(word, edits);
    if (!latinWord.test(written) || !hasUsualCases(written)) return [];
    const others = edits.filter((edit) => !readsAlike(word.text[edit.start - word.start]!, edit.text));
    const bySign = others.some((edit) => !letter.test(word.text[edit.start - word.start]!));
    const likelier =
      bySign ||
      !hasUsualCases(word.text) ||
      others.every((edit) => isLikelier(word.text, { written, at: edit.start - word.start, misread }));
    return likelier && others.length > 0 ? edits : [];
  });
}

const latinWord = /^[\p{Script=Latin}\p{M}’‘'-]+$/u;

/** Letters that are one once accents are off. A sign reads like none. */
const readsAlike = (one: string, other: string): boolean => letter.test(one) && foldWord(one) === foldWord(other);

/** Sets in which a Latin letter with an accent came out as a letter of another script: `Josй`, `Mόller`. */
const foreignReaders = [
  "windows-1251",
  "koi8-r",
  "ibm866",
  "windows-1253",
  "windows-1255",
  "windows-1256",
  "windows-874",
  "iso-8859-5",
  "iso-8859-7",
];
const otherScript = /[\u0370-\u06FF\u0E00-\u0E7F]/;

/** Words of ASCII with single letters of another script in them, as the Latin letters of the same bytes. */
export function mixedWordRepairs(words: readonly Word[]): readonly (readonly Edit[])[] {
  const mixed = words.filter((word) => word.ascii > 0 && otherScript.test(word.text));
  if (mixed.length === 0) return [];
  const found = foreignReaders.flatMap((reader) =>
    ["windows-1252", "windows-1250"].map((writer) => {
      const edits = mixed.map((word) => reread(word, byteMaps.of(reader), writer));
      const fits = edits.every(
        (some, at) => some !== undefined && /^[\p{Script=Latin}]+$/u.test(wordWith(mixed[at]!, some)),
      );
      return fits ? edits.flatMap((some) => some!) : [];
    }),
  );
  return distinct(found.filter((edits) => edits.length > 0)).slice(0, MOST);
}

/** Those that change most first, for they leave no sign inside a word; one of those that read alike once accents are off. */
function distinct(found: readonly (readonly Edit[])[]): readonly (readonly Edit[])[] {
  const ranked = found.toSorted((a, b) => b.length - a.length);
  const keys = ranked.map((edits) => edits.map((edit) => `${String(edit.start)}${foldWord(edit.text)}`).join(" "));
  return ranked.filter((_, at) => keys.indexOf(keys[at]!) === at);
}
