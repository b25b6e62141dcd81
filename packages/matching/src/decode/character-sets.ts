import { singleByteSets } from "./character-sets.data.ts";
import type { Edit } from "./mapped-text.ts";

// Standard in every JavaScript runtime, but not in the language's own library types. Only for the sets of several bytes a
// character, whose tables are too large to stand here; a test holds them to what they were.
interface StreamDecoder {
  decode(bytes?: Uint8Array, options?: { readonly stream: boolean }): string;
}
declare const TextDecoder: new (label: string) => StreamDecoder;

/** A byte, and the part of a text that wrote it. */
export interface WrittenByte {
  readonly byte: number;
  readonly start: number;
  readonly end: number;
}

/** Stands for a byte that means nothing. */
export const LOST = "\uFFFD";

/** By name: the characters of the bytes 0x80 to 0xFF. */
const upperHalves: ReadonlyMap<string, string> = new Map(
  singleByteSets.map(([name, characters]) => [name, characters.padStart(128, controls())]),
);

function controls(): string {
  return Array.from({ length: 32 }, (_, at) => String.fromCharCode(0x80 + at)).join("");
}

/** The characters of the bytes 0x80 to 0xFF of a single-byte set that we have a table of. */
export function upperHalf(set: string): string {
  const characters = upperHalves.get(set);
  if (characters === undefined) throw new RangeError(`no table of the set ${set}`);
  return characters;
}

const byteMaps = new Map<string, ReadonlyMap<number, number>>();

/** The byte from 0x80 by which a set writes a UTF-16 unit; undefined if it cannot. */
export function bytesOfSet(set: string): ReadonlyMap<number, number> {
  let bytes = byteMaps.get(set);
  if (bytes === undefined) {
    const made = new Map<number, number>();
    const characters = upperHalf(set);
    for (let at = 0; at < 128; at++) if (characters[at] !== LOST) made.set(characters.charCodeAt(at), at + 0x80);
    // What a set leaves undefined, its readers pass on as the control character of the same number.
    for (let byte = 0x80; byte < 0xa0; byte++) if (!made.has(byte)) made.set(byte, byte);
    byteMaps.set(set, made);
    bytes = made;
  }
  return bytes;
}

/** Other names under which sets are announced; letters and digits only. */
const aliases: Readonly<Record<string, string>> = {
  ascii: "windows-1252",
  usascii: "windows-1252",
  ansix341968: "windows-1252",
  iso88591: "windows-1252",
  latin1: "windows-1252",
  l1: "windows-1252",
  ansi: "windows-1252",
  latin2: "iso-8859-2",
  latin5: "iso-8859-9",
  latin9: "iso-8859-15",
  iso88598i: "iso-8859-8",
  iso88596e: "iso-8859-6",
  koi8: "koi8-r",
  koi8ru: "koi8-u",
  tis620: "windows-874",
  iso885911: "windows-874",
  maccyrillic: "x-mac-cyrillic",
  mac: "macintosh",
  macroman: "macintosh",
};
for (const set of ["437", "737", "720", "775", "850", "852", "855", "857", "862", "865", "866"])
  Object.assign(aliases, { [`cp${set}`]: `ibm${set}`, [`dos${set}`]: `ibm${set}` });
for (const set of ["874", "1250", "1251", "1252", "1253", "1254", "1255", "1256", "1257", "1258"])
  Object.assign(aliases, {
    [`cp${set}`]: `windows-${set}`,
    [`win${set}`]: `windows-${set}`,
    [`ansi${set}`]: `windows-${set}`,
  });
for (const [name] of singleByteSets) Object.assign(aliases, { [plainName(name)]: name });

/** Sets of several bytes a character, by the names of the Encoding Standard. */
const widerSets: Readonly<Record<string, string>> = {
  utf8: "utf-8",
  unicode11utf8: "utf-8",
  gb2312: "gbk",
  gbk: "gbk",
  cp936: "gbk",
  gb18030: "gb18030",
  hzgb2312: "gbk",
  big5: "big5",
  cp950: "big5",
  big5hkscs: "big5",
  shiftjis: "shift_jis",
  sjis: "shift_jis",
  mskanji: "shift_jis",
  cp932: "shift_jis",
  windows31j: "shift_jis",
  eucjp: "euc-jp",
  iso2022jp: "iso-2022-jp",
  euckr: "euc-kr",
  ksc56011987: "euc-kr",
  ksc5601: "euc-kr",
  cp949: "euc-kr",
  utf16: "utf-16be",
  utf16be: "utf-16be",
  utf16le: "utf-16le",
  ucs2: "utf-16be",
};

function plainName(set: string): string {
  return set.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** The set that a name announces, as `decodeBytes` takes it; undefined if we have none. */
export function knownSet(name: string): string | undefined {
  const plain = plainName(name);
  return aliases[plain] ?? widerSets[plain];
}

/** What bytes say in a set, each character from the bytes that wrote it; U+FFFD for what means nothing in it. */
export function decodeBytes(bytes: readonly WrittenByte[], set: string): readonly Edit[] {
  const upper = upperHalves.get(set);
  if (upper === undefined) return decodeWider(bytes, set);
  return bytes.map(({ byte, start, end }) => ({
    start,
    end,
    text: byte < 0x80 ? String.fromCharCode(byte) : upper[byte - 0x80]!,
  }));
}

/** Byte for byte through a decoder that keeps its state: a character comes from the bytes since the one before it. */
function decodeWider(bytes: readonly WrittenByte[], set: string): readonly Edit[] {
  const marked = set === "utf-16be" && bytes[0]?.byte === 0xff && bytes[1]?.byte === 0xfe;
  const decoder = new TextDecoder(marked ? "utf-16le" : set);
  const edits: Edit[] = [];
  let start: number | undefined;
  for (const [at, written] of bytes.entries()) {
    start ??= written.start;
    const last = at === bytes.length - 1;
    let text = decoder.decode(Uint8Array.of(written.byte), { stream: true });
    if (last) text += decoder.decode();
    if (text === "" && !last) continue;
    edits.push({ start, end: written.end, text });
    start = undefined;
  }
  return edits;
}

/** What bytes say in UTF-8; undefined if they are not that from end to end. */
export function decodeUtf8(bytes: readonly WrittenByte[]): readonly Edit[] | undefined {
  const { edits, strays } = utf8Sequences(bytes);
  return strays === 0 ? edits : undefined;
}

/**
 * What bytes say if nothing tells their set: UTF-16 if they begin so, UTF-8 if at least two in three that are not ASCII are that,
 * else windows-1252, from which other sets are told by what they say.
 */
export function decodeUnannounced(bytes: readonly WrittenByte[]): readonly Edit[] {
  const [first, second] = bytes;
  if (first?.byte === 0xfe && second?.byte === 0xff) return decodeBytes(bytes, "utf-16be");
  if (first?.byte === 0xff && second?.byte === 0xfe) return decodeBytes(bytes, "utf-16le");
  const { edits, strays, sequences } = utf8Sequences(bytes);
  return sequences >= strays ? edits : decodeBytes(bytes, "windows-1252");
}

function utf8Sequences(bytes: readonly WrittenByte[]): {
  readonly edits: readonly Edit[];
  readonly strays: number;
  readonly sequences: number;
} {
  const edits: Edit[] = [];
  let strays = 0;
  let sequences = 0;
  for (let at = 0; at < bytes.length;) {
    const written = bytes[at]!;
    const length = written.byte < 0x80 ? 1 : utf8Length(bytes, at, ({ byte }) => byte);
    if (length <= 1) {
      if (length === 0) strays++;
      edits.push({ start: written.start, end: written.end, text: westernCharacter(written.byte) });
      at++;
      continue;
    }
    sequences++;
    const text = utf8Character(bytes.slice(at, at + length).map(({ byte }) => byte));
    edits.push({ start: written.start, end: bytes[at + length - 1]!.end, text });
    at += length;
  }
  return { edits, strays, sequences };
}

const westernCharacter = (byte: number): string =>
  byte < 0x80 ? String.fromCharCode(byte) : upperHalf("windows-1252")[byte - 0x80]!;

/** How many elements from `at` are the bytes of one character of UTF-8 beyond ASCII; 0 if they are none. -1 is no byte. */
export function utf8Length<T>(sequence: ArrayLike<T>, at: number, byteOf: (element: T) => number): number {
  const lead = byteOf(sequence[at]!);
  const length = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (length === 0 || at + length > sequence.length) return 0;
  for (let next = 1; next < length; next++) {
    const byte = byteOf(sequence[at + next]!);
    if (byte < 0x80 || byte > 0xbf) return 0;
  }
  const second = byteOf(sequence[at + 1]!);
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f))
    return 0;
  return length;
}

/** The character of the bytes of UTF-8 that `utf8Length` found. */
export function utf8Character(bytes: readonly number[]): string {
  const lead = bytes[0]!;
  let point = bytes.length === 2 ? lead & 0x1f : bytes.length === 3 ? lead & 0x0f : lead & 0x07;
  for (const byte of bytes.slice(1)) point = (point << 6) | (byte & 0x3f);
  return String.fromCodePoint(point);
}
