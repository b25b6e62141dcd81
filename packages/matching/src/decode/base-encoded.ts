import type { WrittenByte } from "./character-sets.ts";
import { joined, textOfBytes } from "./guessed-bytes.ts";
import type { Edit } from "./mapped-text.ts";
import { type Base, base16, base32, base64, beginsText, isNumber, isShortNumber } from "./quick-look.ts";
import { rare, scriptsIn } from "./reads-as-text.ts";

/** Whole bytes of digits of `bits` bits, each with the digits that hold it. What is no digit is left out. */
export function bytesOfDigits(text: string, from: number, { bits, values }: Base): readonly WrittenByte[] {
  const bytes: WrittenByte[] = [];
  let held = 0;
  let count = 0;
  let start = from;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const value = code < 128 ? values[code]! : -1;
    if (value < 0) continue;
    if (count === 0) start = from + at;
    held = ((held << bits) | value) & 0xffff;
    count += bits;
    if (count < 8) continue;
    count -= 8;
    bytes.push({ byte: (held >> count) & 0xff, start, end: from + at + 1 });
    start = from + at;
  }
  return bytes;
}

/** The bytes that base64 holds; `from` is where its text stands. */
export function base64Bytes(text: string, from: number): readonly WrittenByte[] {
  return bytesOfDigits(text, from, base64);
}

const token64 = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{6,}(?:={1,2}|(?![A-Za-z0-9+/=]))/g;
/** With the two signs that addresses of the web bear. */
const tokenUrl = /(?<![A-Za-z0-9_-])(?=[A-Za-z0-9]*[_-])[A-Za-z0-9_-]{6,}(?![A-Za-z0-9_-])={0,2}/g;
const token32 = /(?<![A-Za-z0-9])[A-Z2-7]{10,}={0,6}(?![A-Za-z0-9=])/g;
const tokenHex =
  /(?<![A-Za-z0-9])(?:[0-9a-f]{2}){3,}(?![A-Za-z0-9])|(?<=(?<![A-Za-z0-9])0x)(?:[0-9a-f]{2}){3,}(?![A-Za-z0-9])/gi;

/** base64 of a text: where its bytes read as a text. A reference, a hash or a wallet does not. */
export function base64Texts(text: string): readonly Edit[] {
  const found = tokens(text, token64, base64);
  return editsOf(found.length > 0 || !/[_-]/.test(text) ? found : tokens(text, tokenUrl, base64));
}

export function base32Texts(text: string): readonly Edit[] {
  return editsOf(tokens(text, token32, base32));
}

/**
 * Hexadecimal digits of a text's bytes: `5573616d61`. A number of six digits, of which every fifth would be three letters, is one only
 * beside another word that is written so, and is not the same.
 */
export function hexTexts(text: string): readonly Edit[] {
  const found = tokens(text, tokenHex, base16);
  const [first] = found;
  const isNumberAlone =
    first !== undefined &&
    isShortNumber(first.token, 0, first.token.length) &&
    found.every(({ token }) => token === first.token);
  return isNumberAlone ? NONE : editsOf(found);
}

const NONE: readonly Edit[] = [];

interface Token {
  /** With its prefix. */
  readonly token: string;
  readonly edits: readonly Edit[];
}

const editsOf = (found: readonly Token[]): readonly Edit[] => found.flatMap(({ edits }) => edits);

function tokens(text: string, expression: RegExp, base: Base): readonly Token[] {
  const found: Token[] = [];
  for (const { 0: token, index } of text.matchAll(expression)) {
    if (base !== base16 && isNumber(token, 0, token.length)) continue;
    if (!beginsText(token, 0, token.length, base)) continue;
    const said = textOfBytes(bytesOfDigits(token, index, base));
    if (said === undefined) continue;
    const prefix = base === base16 ? (/0x$/i.exec(text.slice(0, index))?.[0].length ?? 0) : 0;
    const start = index - prefix;
    const behind = index + token.length;
    const { end } = said.at(-1)!;
    found.push({
      token: text.slice(start, behind),
      edits: [
        ...(prefix > 0 ? [{ start, end: index, text: "" }] : []),
        ...said,
        ...(end < behind ? [{ start: end, end: behind, text: "" }] : []),
      ],
    });
  }
  return found;
}

/** Begun by `+` a run may end with any sign that is no digit of it; by `&`, which means much else, with a hyphen only. */
const shifted7 = /(?:\+(?<body>[A-Za-z0-9+/]{3,})|&(?<mail>[A-Za-z0-9+,]{3,})(?=-))-?/g;

/** UTF-7 and the one of mail folders: `+AOE-`, `&AOE-`. A phone number (`+49`) holds no letters. */
export function utf7(text: string): readonly Edit[] {
  const edits: Edit[] = [];
  for (const { 0: all, index, groups } of text.matchAll(shifted7)) {
    const body = groups!["body"] ?? groups!["mail"]!;
    const units = unitsOf(body, index + 1);
    // Without the hyphen that ends it, what is held must be likelier than a word behind a plus sign.
    if (units === undefined || (!all.endsWith("-") && (eastAsian.test(joined(units)) || rare.test(joined(units)))))
      continue;
    edits.push({ start: index, end: index + 1, text: "" }, ...units);
    const { end } = units.at(-1)!;
    if (end < index + all.length) edits.push({ start: end, end: index + all.length, text: "" });
  }
  return edits;
}

const held7 = /^(?:[\p{L}\p{M}]|[\x20-\x7E]|[\p{P}\p{Zs}])+$/u;
const eastAsian = /[\p{Script=Han}\p{Script=Hangul}]/u;
const asciiLetter = /[A-Za-z]/;
const UNIT = 16;

/** UTF-16 units that digits of six bits hold, or undefined if these hold no text. */
function unitsOf(body: string, from: number): readonly Edit[] | undefined {
  const bytes = base64Bytes(body, from);
  const units: Edit[] = [];
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const unit = (bytes[at]!.byte << 8) | bytes[at + 1]!.byte;
    units.push({ start: bytes[at]!.start, end: bytes[at + 1]!.end, text: String.fromCharCode(unit) });
  }
  const said = joined(units);
  const left = body.length * 6 - units.length * UNIT;
  const padded = (base64.values[body.charCodeAt(body.length - 1)]! & ((1 << left) - 1)) === 0;
  if (
    left >= 6 ||
    !padded ||
    /^[0-9]+$/.test(body) ||
    !held7.test(said) ||
    said.includes("\uFFFD") ||
    scriptsIn(said) > (asciiLetter.test(said) ? 2 : 1)
  )
    return undefined;
  return units;
}
