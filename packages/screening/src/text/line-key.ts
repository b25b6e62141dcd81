const ZERO = 0x30;
const NINE = 0x39;
/** Shorter numbers are words of many listed names, and there are few of them. */
const SHORTEST = 4;
const STANDS_FOR_ALL = "8";

/**
 * The line with its foreign numbers written alike, digit for digit. Only runs of at least four digits count that stand alone, between
 * ends, spaces and marks of ASCII that separate words: such a run is a word of its own in every reading. A foreign number is related to no listed
 * word and weighs what any number weighs, so that which one it is changes nothing. The line itself where nothing is to be replaced,
 * or where it is not all ASCII.
 */
export function lineKey(text: string, isForeign: (digits: string) => boolean): string {
  let key = "";
  let copied = 0;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return text;
    if (!isDigit(code)) {
      at++;
      continue;
    }
    let end = at + 1;
    while (end < text.length && isDigit(text.charCodeAt(end))) end++;
    if (end - at >= SHORTEST && separates(text, at - 1) && separates(text, end)) {
      const alike = STANDS_FOR_ALL.repeat(end - at);
      if (isForeign(text.slice(at, end)) && isForeign(alike)) {
        key += text.slice(copied, at) + alike;
        copied = end;
      }
    }
    at = end;
  }
  return copied === 0 ? text : key + text.slice(copied);
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** Marks that part words wherever they stand; apostrophes, @ and $, which may join, are not among them. */
const separators: ReadonlySet<number> = new Set(Array.from(' \t,.;:/-+#()[]*=_"<>?!', (mark) => mark.charCodeAt(0)));

function separates(text: string, at: number): boolean {
  return at < 0 || at >= text.length || separators.has(text.charCodeAt(at));
}
