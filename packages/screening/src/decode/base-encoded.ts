import { decodeBytes, decodeUnannounced, type WrittenByte } from "./character-sets.ts";
import type { Edit } from "./mapped-text.ts";
import { readsAsText, scriptsIn } from "./reads-as-text.ts";

const alphabet64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const alphabet32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const sixBits = valuesOf(alphabet64);
sixBits["-".charCodeAt(0)] = 62;
sixBits["_".charCodeAt(0)] = 63;
sixBits[",".charCodeAt(0)] = 63;
const fiveBits = valuesOf(alphabet32);

function valuesOf(alphabet: string): Int8Array {
  const values = new Int8Array(128).fill(-1);
  for (let at = 0; at < alphabet.length; at++) values[alphabet.charCodeAt(at)] = at;
  return values;
}

/** Whole bytes of digits of `bits` bits, each with the digits that hold it. What is no digit is left out. */
function bytesOfDigits(text: string, { from, bits, values }: { from: number; bits: number; values: Int8Array }): readonly WrittenByte[] {
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
  return bytesOfDigits(text, { from, bits: 6, values: sixBits });
}

const token64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{6,}(?:={1,2}|(?![A-Za-z0-9+/=]))/g;
const token32 = /(?<![A-Za-z0-9])[A-Z2-7]{8,}={0,6}(?![A-Za-z0-9=])/g;
const tokenHex = /(?<![A-Za-z0-9])(?:0x)?(?:[0-9a-f]{2}){3,}(?![A-Za-z0-9])/gi;

/** base64 of a text: where its bytes read as a text. A reference, a hash or a wallet does not. */
export function base64Texts(text: string): readonly Edit[] {
  return tokens(text, token64, (token, from) => base64Bytes(token, from));
}

export function base32Texts(text: string): readonly Edit[] {
  return tokens(text, token32, (token, from) => bytesOfDigits(token, { from, bits: 5, values: fiveBits }));
}

/** Hexadecimal digits of a text's bytes: `5573616d61`. */
export function hexTexts(text: string): readonly Edit[] {
  return tokens(text, tokenHex, (token, from) => {
    const prefix = token.startsWith("0x") || token.startsWith("0X") ? 2 : 0;
    return Array.from({ length: (token.length - prefix) / 2 }, (_, at) => ({
      byte: Number.parseInt(token.slice(prefix + 2 * at, prefix + 2 * at + 2), 16),
      start: from + (at === 0 ? 0 : prefix + 2 * at),
      end: from + prefix + 2 * at + 2,
    }));
  });
}

function tokens(text: string, expression: RegExp, read: (token: string, from: number) => readonly WrittenByte[]): readonly Edit[] {
  const edits: Edit[] = [];
  for (const { 0: token, index } of text.matchAll(expression)) {
    if (!beginsAsText(read(token.slice(0, 16), index))) continue;
    const said = textOf(read(token, index));
    if (said === undefined) continue;
    edits.push(...said);
    const { end } = said.at(-1)!;
    if (end < index + token.length) edits.push({ start: end, end: index + token.length, text: "" });
  }
  return edits;
}

/** What bytes say in UTF-8, in Latin-1 or in UTF-16; undefined if nothing. Of random bytes UTF-16 makes Han and Hangul. */
function textOf(bytes: readonly WrittenByte[]): readonly Edit[] | undefined {
  const ways = [decodeUnannounced(bytes)];
  if (bytes.length % 2 === 0) ways.push(decodeBytes(bytes, "utf-16le"), decodeBytes(bytes, "utf-16be"));
  return ways.find((edits, way) => {
    const said = edits.map((edit) => edit.text).join("");
    return readsAsText(said) && (way === 0 || !eastAsian.test(said));
  });
}

/** Most tokens that are no texts show it by their first bytes. */
function beginsAsText(bytes: readonly WrittenByte[]): boolean {
  return bytes.length > 2 && bytes.slice(0, 3).every(({ byte }, at) => byte >= 0x20 || byte === 0 || (at > 0 && byte < 8));
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
    if (units === undefined || (!all.endsWith("-") && eastAsian.test(units.map((unit) => unit.text).join("")))) continue;
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
  const said = units.map((unit) => unit.text).join("");
  const left = body.length * 6 - units.length * UNIT;
  const padded = (sixBits[body.charCodeAt(body.length - 1)]! & ((1 << left) - 1)) === 0;
  if (left >= 6 || !padded || /^[0-9]+$/.test(body) || !held7.test(said) || said.includes("\uFFFD") || scriptsIn(said) > (asciiLetter.test(said) ? 2 : 1)) return undefined;
  return units;
}
