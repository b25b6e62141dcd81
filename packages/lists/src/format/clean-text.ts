/** HTML's named characters that publishers use in prose and names. Others are left as they stand. */
const namedCharacters: Readonly<Record<string, string>> = {
  amp: "&",
  apos: "'",
  gt: ">",
  laquo: "«",
  ldquo: "“",
  lsquo: "‘",
  lt: "<",
  mdash: "—",
  nbsp: " ",
  ndash: "–",
  quot: '"',
  raquo: "»",
  rdquo: "”",
  rsquo: "’",
};

/** A code point, or null for what is not a character: zero, a surrogate, past the end of Unicode. */
function character(code: number): string | null {
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : null;
}

/** Combining marks by the names that HTML gives to letters with them: `eacute`, `Scaron`. */
const marks: Readonly<Record<string, string>> = {
  acute: "\u0301",
  breve: "\u0306",
  caron: "\u030C",
  cedil: "\u0327",
  circ: "\u0302",
  dblac: "\u030B",
  dot: "\u0307",
  grave: "\u0300",
  macr: "\u0304",
  ogon: "\u0328",
  ring: "\u030A",
  tilde: "\u0303",
  uml: "\u0308",
};

/** HTML's letters that are no letter with a mark. Case tells them apart. */
const namedLetters: Readonly<Record<string, string>> = {
  AElig: "Æ",
  aelig: "æ",
  Dstrok: "Đ",
  dstrok: "đ",
  ETH: "Ð",
  eth: "ð",
  imath: "ı",
  inodot: "ı",
  Lstrok: "Ł",
  lstrok: "ł",
  OElig: "Œ",
  oelig: "œ",
  Oslash: "Ø",
  oslash: "ø",
  szlig: "ß",
  THORN: "Þ",
  thorn: "þ",
};

/** `eacute` as é; null for what is no letter with a mark of its own. */
function markedLetter(body: string): string | null {
  const [, letter = "", mark = ""] = /^([a-z])([a-z]+)$/i.exec(body) ?? [];
  const combining = marks[mark];
  const composed = combining === undefined ? "" : `${letter}${combining}`.normalize("NFC");
  return composed.length === 1 ? composed : null;
}

function decodeReference(whole: string, body: string): string {
  if (!body.startsWith("#"))
    return namedLetters[body] ?? markedLetter(body) ?? namedCharacters[body.toLowerCase()] ?? whole;
  const hexadecimal = /^#x/i.test(body);
  return character(Number.parseInt(body.slice(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10)) ?? whole;
}

/**
 * The same text in memory of its own. A slice keeps all of the text it was cut from alive, so a few kept cells would
 * keep the whole file; V8 copies when it must first flatten a joined string.
 */
export function detached(text: string): string {
  return ` ${text}`.slice(1);
}

/**
 * One cell or element as it should read: HTML character references decoded once, white space (NBSP too) collapsed.
 * Detached from the file.
 */
export function cleanText(raw: string): string {
  const decoded = raw.includes("&") ? raw.replaceAll(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/gi, decodeReference) : raw;
  return detached(decoded.replaceAll(/\s+/g, " ").trim());
}

/** Clean text without the apostrophe spreadsheets put before a number to keep it as text (`'000737`). */
export function unguarded(raw: string): string {
  return cleanText(raw).replaceAll(/^'+\s*|\s*'+$/g, "");
}
