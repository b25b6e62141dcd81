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

/** Extension letters that no name in use is written with are what random bytes give. */
const rare = /[\p{Co}\p{Cn}\p{Cs}\uFFFD\u3400-\u4DBF\u{20000}-\u{3FFFF}]/u;
const control = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]/;
const nameLike = /^[\p{L}\p{M}\p{N}\p{P}\p{Sk}\s+]+$/u;
const printable = /^[\t\n\r\x20-\x7E]+$/;
const SHORTEST_PRINTABLE = 12;
const FEWEST_LETTERS = 3;
/** Words wholly of Latin-1's letters beyond ASCII: bytes of another set, which are read in a further step. */
const bytesOfAnotherSet = /^(?=.*[\xC0-\xFF]{4})[\xC0-\xFF\s.,'-]+$/;

/** True if what a guess decoded is a text, and not what random bytes say. About one in 10,000 random strings of eight bytes is. */
export function readsAsText(decoded: string): boolean {
  const text = decoded.replaceAll("\0", "");
  if (control.test(text) || rare.test(text)) return false;
  if (printable.test(text) && text.length >= SHORTEST_PRINTABLE) return true;
  if (bytesOfAnotherSet.test(text)) return true;
  const letters = text.match(/[\p{L}\p{M}]/gu)?.length ?? 0;
  if (letters < FEWEST_LETTERS || letters * 5 < Array.from(text).length * 3 || !nameLike.test(text)) return false;
  const known = scriptsIn(text);
  return (known === 1 || (known === 2 && /[a-z]/i.test(text))) && wordsOf(text).every(hasUsualCase);
}

export function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{M}]+/gu) ?? [];
}

/** Small, capital or with its first letter capital, also once more further in (`McDonald`, `PutinVladimir`). */
const usualCase = /^(?:[^\p{Lu}]+|[^\p{Ll}]+|\p{Lu}\p{M}*[^\p{Lu}]+(?:\p{Lu}\p{M}*[^\p{Lu}]+)?)$/u;

/** False for a word whose capitals stand as in no language, as those of bytes read in a wrong set do. */
export function hasUsualCase(word: string): boolean {
  return usualCase.test(word);
}
