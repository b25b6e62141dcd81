import { decodeUnannounced, type WrittenByte } from "./character-sets.ts";
import { type Edit, editsOf, NO_EDITS } from "./mapped-text.ts";
import { characterOf } from "./markup.ts";

/** Matches of an expression that write a byte each; those that touch are one sequence, for a character may need several. */
export function byteEscapes(
  text: string,
  expression: RegExp,
  byteOf: (match: RegExpExecArray) => number,
): readonly Edit[] {
  const edits: Edit[] = [];
  let run: WrittenByte[] = [];
  const close = (): void => {
    edits.push(...decodeUnannounced(run));
    run = [];
  };
  for (const match of text.matchAll(expression)) {
    if (run.length > 0 && run.at(-1)!.end !== match.index) close();
    run.push({ byte: byteOf(match), start: match.index, end: match.index + match[0].length });
  }
  close();
  return edits;
}

const hexadecimal = (digits: string | undefined): number => Number.parseInt(digits ?? "", 16);

/** `%45%6D`, `%C3%A9`, `%u0045`, and in a text without blanks `+` for a blank. */
export function percentEscapes(text: string): readonly Edit[] {
  if (!text.includes("%")) return NO_EDITS;
  const bytes = byteEscapes(text, /%([0-9a-f]{2})/gi, ([, digits]) => hexadecimal(digits));
  const units = editsOf(text, /%u\{?([0-9a-f]{4})\}?/gi, ([, digits]) => characterOf(hexadecimal(digits)));
  const found = inOrder([...bytes, ...units]);
  if (found.length === 0 || /\s/.test(text)) return found;
  return inOrder([...found, ...editsOf(text, /\+/g, () => " ")]);
}

/** Ascending and apart: of two that overlap the earlier stays. */
export function inOrder(edits: readonly Edit[]): readonly Edit[] {
  let end = -1;
  return edits
    .toSorted((a, b) => a.start - b.start)
    .filter((edit) => {
      if (edit.start < end) return false;
      end = edit.end;
      return true;
    });
}

/** Backslashes that were escaped themselves count as one. */
const wide =
  /\\+(?:u+\{([0-9a-f]{1,6})\}|x\{([0-9a-f]{1,6})\}|N\{U\+([0-9a-f]{4,6})\}|u(00[01][0-9a-f]{5})|u+([0-9a-f]{4}))/gi;
const narrow = /\\+(?:x([0-9a-f]{2})|'([0-9a-f]{2})|([0-3][0-7]{2})|o\{([0-7]{1,3})\})/gi;

/** `\u0045`, `\U00000045`, `\u{45}`, `\x45`, `\x{45}`, `\105`, `\'e1`, `\n`, `\"`: of programs, JSON, RTF and shells. */
export function backslashEscapes(text: string): readonly Edit[] {
  if (!text.includes("\\")) return NO_EDITS;
  const units = editsOf(text, wide, (match) =>
    characterOf(hexadecimal(match.slice(1).find((digits) => digits !== undefined))),
  );
  const bytes = byteEscapes(text, narrow, ([, hex, richText, octal, longOctal]) => {
    const octalDigits = octal ?? longOctal;
    return octalDigits === undefined ? hexadecimal(hex ?? richText) : Number.parseInt(octalDigits, 8) & 0xff;
  });
  const signs = editsOf(text, /\\+(?:([nrtfv])(?![a-z0-9]*[:\\])|(["'/]))/g, ([, blank, sign]) =>
    blank === undefined ? sign! : " ",
  );
  return inOrder([...units, ...bytes, ...accents(text), ...signs]);
}

const texAccent = /\{?\\(["'`^~=.]|[uvHckrd](?=[{ ]))\s?\{?\s?(\\?[a-zA-Z])\}?(\s?\})?/g;
const marksOfTex: Readonly<Record<string, string>> = {
  '"': "\u0308",
  "'": "\u0301",
  "`": "\u0300",
  "^": "\u0302",
  "~": "\u0303",
  "=": "\u0304",
  ".": "\u0307",
  u: "\u0306",
  v: "\u030C",
  H: "\u030B",
  c: "\u0327",
  k: "\u0328",
  r: "\u030A",
  d: "\u0323",
};
const texLetter = /\{?\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j|dh|DH|th|TH|dj|DJ|ng|NG)(?![a-zA-Z])(?:\{\}|\}| )?/g;
const lettersOfTex: Readonly<Record<string, string>> = {
  ss: "ß",
  ae: "æ",
  AE: "Æ",
  oe: "œ",
  OE: "Œ",
  aa: "å",
  AA: "Å",
  o: "ø",
  O: "Ø",
  l: "ł",
  L: "Ł",
  i: "ı",
  j: "ȷ",
  dh: "ð",
  DH: "Ð",
  th: "þ",
  TH: "Þ",
  dj: "đ",
  DJ: "Đ",
  ng: "ŋ",
  NG: "Ŋ",
};

/** TeX's accents and letters: `M\"uller`, `{\'e}`, `\v{s}`, `\ss{}`. Before a word a quotation mark is one that JSON escaped. */
function accents(text: string): readonly Edit[] {
  const marked = editsOf(text, texAccent, ({ 0: all, 1: accent = "", 2: letter = "", index }) => {
    const braced = all.includes("{");
    if (!braced && !/[\p{L}}]$/u.test(text.slice(0, index))) return undefined;
    return `${letter.replace("\\", "")}${marksOfTex[accent]!}`.normalize("NFC");
  });
  return [...marked, ...editsOf(text, texLetter, ([, letter = ""]) => lettersOfTex[letter])];
}

/** `\45 ` of style sheets, two to six digits and a blank that ends them. It shares its looks with octal escapes. */
export function cssEscapes(text: string): readonly Edit[] {
  return editsOf(text, /\\+([0-9a-f]{2,6}) ?/gi, ([, digits]) => {
    const point = hexadecimal(digits);
    return point < 0x20 || point > 0x10ffff ? undefined : String.fromCodePoint(point);
  });
}

/** A backslash before each letter, of a shell or a pattern: `\U\s\a\m\a`, `Usama\ bin`. */
export function idleBackslashes(text: string): readonly Edit[] {
  return editsOf(text, /\\+(?=[^\\])/g, () => "");
}

/** Code points as Unicode writes them: `U+0045 U+006D`, whose blanks are no part of the text; `<U+0438>`. */
export function codePoints(text: string): readonly Edit[] {
  const written = /<U\+(?<marked>[0-9a-f]{4,8})>|U\+(?<bare>[0-9a-f]{4,6})(?:[\s,;]{1,3}(?=U\+[0-9a-f]{4}))?/gi;
  return editsOf(text, written, ({ groups }) => characterOf(hexadecimal(groups!["marked"] ?? groups!["bare"])));
}

/** `_x0041_`, of spreadsheets and of XML's names. */
export function spreadsheetEscapes(text: string): readonly Edit[] {
  return editsOf(text, /_x([0-9a-f]{4})_/gi, ([, digits]) => characterOf(hexadecimal(digits)));
}

/** `\u00e9` that lost its backslash: `Josu00e9`; ASCII only in a run, for `Menu0041` may be a reference. */
export function bareEscapes(text: string): readonly Edit[] {
  return inOrder([
    ...editsOf(text, /u0(?:0[c-fC-F]|[1-7][0-9a-fA-F])[0-9a-fA-F]/g, ([all]) => characterOf(hexadecimal(all.slice(1)))),
    ...[...text.matchAll(/(?<![a-z0-9])(?:\/?u[0-9a-f]{4}){2,}(?![a-z0-9])/gi)].flatMap(({ 0: run, index }) =>
      shifted(
        editsOf(run, /\/?u([0-9a-f]{4})/gi, ([, digits]) => characterOf(hexadecimal(digits))),
        index,
      ),
    ),
  ]);
}

function shifted(edits: readonly Edit[], by: number): readonly Edit[] {
  return edits.map(({ start, end, text }) => ({ start: start + by, end: end + by, text }));
}
