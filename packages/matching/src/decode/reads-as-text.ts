/** Scripts of the names we know; a decoded text in two of them, Latin not counted, was none. */
const scripts: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u,
  /[\p{Script=Armenian}\p{Script=Georgian}]/u,
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u,
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}]/u,
  /[\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}]/u,
  /[\p{Script=Ethiopic}\p{Script=Thaana}\p{Script=Syriac}]/u,
];

/** How many of the scripts a text has letters of; one of no script that we know counts, too. */
export function scriptsIn(text: string): number {
  const known = scripts.filter((script) => script.test(text)).length;
  return known === 0 && /\p{L}/u.test(text) ? 1 : known;
}

/** Letters that hardly a name is written with are what random bytes give. */
export const rare =
  /[\p{Co}\p{Cn}\p{Cs}\uFFFD\u0180-\u018E\u0190-\u01CC\u01DD-\u0217\u021C-\u0258\u025A-\u02B8\u0370-\u0385\u0460-\u048F\u0500-\u052F\u0559-\u055F\u0600-\u0620\u0660-\u066F\u06D3-\u06D5\u06EE-\u070E\u0712-\u072F\u074D-\u07B0\u07B2-\u08FF\u3400-\u4DBF\u{20000}-\u{3FFFF}]/u;
// oxlint-disable-next-line no-control-regex -- a text has none
const control = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]/;
const nameLike = /^[\p{L}\p{M}\p{N}\p{P}\p{Sk}\s+]+$/u;
const lettersOnly = /^[\p{L}\p{M} .'’-]+$/u;
const printable = /^[\t\n\r\x20-\x7E]+$/;
/** NUL of UTF-16, and marks of direction, which are read in a further step. */
// oxlint-disable-next-line no-control-regex -- it is what is taken out
const withoutWidth = /[\0\p{Cf}]/gu;
const SHORTEST_PRINTABLE = 12;
/** Bytes; shorter texts are letters only. */
const SHORTEST_MIXED = 9;
const FEWEST_LETTERS = 3;

/** True if what a guess decoded from UTF-8 or UTF-16 is a text. About one in 10,000 random strings of six bytes is, fewer of longer ones. */
export function readsAsText(decoded: string): boolean {
  const text = decoded.replaceAll(withoutWidth, "").trim();
  if (control.test(text) || rare.test(text)) return false;
  if (text.length >= SHORTEST_PRINTABLE && printable.test(text)) return true;
  if (!(text.length < SHORTEST_MIXED ? lettersOnly : nameLike).test(text)) return false;
  const letters = text.match(/[\p{L}\p{M}]/gu)?.length ?? 0;
  if (letters * 5 < Array.from(text).filter((sign) => sign.trim() !== "").length * 3) return false;
  const known = scripts.filter((script) => script.test(text)).length;
  if (letters < (eastAsian.test(text) ? FEWEST_IDEOGRAPHS : FEWEST_LETTERS)) return false;
  return (known === 1 || (known === 2 && /[a-z]{3}/i.test(text))) && wordsOf(text).every(hasUsualCase);
}

const eastAsian = /[\u3041-\u30FE\u4E00-\u9FFF\uAC00-\uD7A3]/;
const FEWEST_IDEOGRAPHS = 2;

/** Letters of such a set beyond ASCII, where windows-1252 shows them: also those below 0xC0 of Cyrillic sets. */
const high = "[\\xC0-\\xFF\\xA1\\xA2\\xA5\\xA8\\xAA\\xAF\\xB2-\\xB4\\xB8\\xBA\\xBF]";
const bytesOfWord = `(?:${high}+|[A-Za-z]+(?:${high}[A-Za-z]+)*${high}?)`;
/** Bytes of a set of one byte a character, all but a few of them letters: words of either kind of letter, eight at least. */
const bytesOfLetters = new RegExp(`^(?=.{8})${bytesOfWord}(?:[ .,'’-]{1,2}${bytesOfWord})*[.,]?$`);

const byteOfWords = new RegExp(`^(?:[A-Za-z .,'’-]|${high})$`);

/** False for a character that stands in no text for which `readsAsBytes` is true. */
export function isByteOfWords(character: string): boolean {
  return byteOfWords.test(character);
}

/** The same for bytes that are no UTF-8, as windows-1252 has them: letters of another script, or Latin ones with accents. */
export function readsAsBytes(text: string): boolean {
  return bytesOfLetters.test(text) && (!/[A-Za-z]/.test(text) || wordsOf(text).every(hasUsualCase));
}

export function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{M}]+/gu) ?? [];
}

/** Small, capital or with its first letter capital, in ASCII also once more further in (`McDonald`, `PutinVladimir`). */
const usualCase = /^(?:[^\p{Lu}]+|[^\p{Ll}]+|\p{Lu}\p{M}*[^\p{Lu}]+(?:[A-Z]\p{M}*[^\p{Lu}]+)?)$/u;

/** The same for each word of a text. */
export function hasUsualCases(text: string): boolean {
  return wordsOf(text).every(hasUsualCase);
}

/** False for a word whose capitals stand as in no language, as those of bytes read in a wrong set do. */
export function hasUsualCase(word: string): boolean {
  return usualCase.test(word);
}
