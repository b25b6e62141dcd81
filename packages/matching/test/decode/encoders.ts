/** How a text is written in an encoding; undefined if it cannot be. Written apart from the decoders, to hold them. */
export interface Encoder {
  readonly kind: string;
  encode(text: string): string | undefined;
  /** True if any part of a text may be encoded beside plain letters; false if only the whole. */
  readonly partly: boolean;
}

const hex = (value: number, length = 0): string => value.toString(16).padStart(length, "0");
const points = (text: string): readonly number[] => Array.from(text, (character) => character.codePointAt(0)!);
const units = (text: string): readonly number[] => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
const bytesOf = (text: string): readonly number[] => [...new TextEncoder().encode(text)];
const perPoint = (text: string, write: (point: number) => string): string => points(text).map(write).join("");
const perUnit = (text: string, write: (unit: number) => string): string => units(text).map(write).join("");
const perByte = (text: string, write: (byte: number) => string): string => bytesOf(text).map(write).join("");
const base64 = (bytes: readonly number[]): string => Buffer.from(bytes).toString("base64");

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();
const wide = new Set(["gbk", "big5", "shift_jis", "euc-kr", "euc-jp"]);

/** A set's bytes by character, from the runtime's own decoder. */
function tableOf(set: string): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(set);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(set, { fatal: true });
  const table = new Map<string, readonly number[]>();
  const add = (...bytes: number[]): void => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if (Array.from(character).length === 1 && !table.has(character)) table.set(character, bytes);
    } catch {
      // These bytes mean nothing.
    }
  };
  for (let byte = 0; byte < 256; byte++) add(byte);
  if (wide.has(set))
    for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) add(lead, trail);
  tables.set(set, table);
  return table;
}

/** A text's bytes in a set; undefined if the set has not all of its characters. */
export function bytesIn(text: string, set: string): readonly number[] | undefined {
  if (set === "utf-8") return bytesOf(text);
  const table = tableOf(set);
  const bytes = Array.from(text.normalize("NFC"), (character) => table.get(character));
  return bytes.includes(undefined) ? undefined : bytes.flatMap((some) => some!);
}

const latin1 = (bytes: readonly number[]): string => bytes.map((byte) => String.fromCharCode(byte)).join("");
const reverseOfWestern = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const western = (bytes: readonly number[]): string =>
  latin1(bytes).replaceAll(/[\x80-\x9f]/g, (sign) => reverseOfWestern.charAt(sign.charCodeAt(0) - 0x80));

function readAs(set: string, bytes: readonly number[] | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  if (set === "latin1") return latin1(bytes);
  if (set === "windows-1252") return western(bytes);
  const read = new TextDecoder(set).decode(Uint8Array.from(bytes));
  return read.includes("\uFFFD") ? undefined : read;
}

/** Bytes of one set read in another. */
function misread(written: string, read: string): Encoder {
  return {
    kind: `${written} read as ${read}`,
    partly: false,
    encode: (text) => readAs(read, bytesIn(text, written)),
  };
}

const reversed = (text: string): string => Array.from(text).toReversed().join("");
const named: Readonly<Record<string, string>> = {
  á: "aacute",
  é: "eacute",
  í: "iacute",
  ó: "oacute",
  ú: "uacute",
  ñ: "ntilde",
  ü: "uuml",
  ö: "ouml",
  ä: "auml",
  ç: "ccedil",
  "'": "apos",
  š: "scaron",
  ž: "zcaron",
  č: "ccaron",
  ć: "cacute",
  ł: "lstrok",
  ß: "szlig",
  è: "egrave",
  ê: "ecirc",
  ø: "oslash",
  å: "aring",
  и: "icy",
  в: "vcy",
  а: "acy",
  н: "ncy",
  о: "ocy",
  р: "rcy",
  е: "iecy",
  й: "jcy",
  "&": "amp",
  " ": "nbsp",
  "-": "hyphen",
  "’": "rsquo",
};

function quotedWord(text: string, set: string): string | undefined {
  const bytes = bytesIn(text, set);
  if (bytes === undefined) return undefined;
  const written = bytes.map((byte) =>
    byte === 0x20
      ? "_"
      : /[A-Za-z0-9]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `=${hex(byte, 2).toUpperCase()}`,
  );
  return `=?${set}?Q?${written.join("")}?=`;
}

function base64Word(text: string, set: string): string | undefined {
  const bytes = bytesIn(text, set);
  return bytes === undefined ? undefined : `=?${set}?B?${base64(bytes)}?=`;
}

const sets = [
  "utf-8",
  "iso-8859-2",
  "windows-1251",
  "koi8-r",
  "windows-1256",
  "iso-8859-6",
  "gbk",
  "shift_jis",
  "euc-kr",
  "big5",
  "windows-1252",
];

function utf7(text: string): string {
  return text.replaceAll(
    /[^A-Za-z0-9 '.-]+/g,
    (run) => `+${base64(units(run).flatMap((unit) => [unit >> 8, unit & 0xff])).replaceAll("=", "")}-`,
  );
}

function overridden(mark: string, text: string, pop: string): string {
  return `${mark}${reversed(text)}${pop}`;
}

/** Longest word of a MIME header. */
const folded = (text: string, set: string): string => {
  const half = Math.ceil(text.length / 2);
  return `${quotedWord(text.slice(0, half), set)!}\r\n ${quotedWord(text.slice(half), set)!}`;
};

const whole = (kind: string, encode: Encoder["encode"]): Encoder => ({ kind, encode, partly: false });
const partly = (kind: string, encode: Encoder["encode"]): Encoder => ({ kind, encode, partly: true });

/** What UTF-16 makes of random bytes, so that it is not looked for there. */
const eastAsian = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}\p{Script=Hiragana}]/u;

export const encoders: readonly Encoder[] = [
  partly("decimal entities", (text) => perPoint(text, (point) => `&#${String(point)};`)),
  partly("decimal entities with zeros", (text) => perPoint(text, (point) => `&#${String(point).padStart(7, "0")};`)),
  partly("hexadecimal entities", (text) => perPoint(text, (point) => `&#x${hex(point)};`)),
  partly("hexadecimal entities in capitals", (text) => perPoint(text, (point) => `&#X${hex(point).toUpperCase()};`)),
  whole("entities without semicolons", (text) => perPoint(text, (point) => `&#${String(point)}`)),
  whole("entities with blanks inside", (text) => perPoint(text, (point) => `&#${String(point)} ;`)),
  whole("entities with blanks between", (text) =>
    points(text)
      .map((point) => `&#${String(point)};`)
      .join(" "),
  ),
  partly("entities of surrogates", (text) => perUnit(text, (unit) => `&#${String(unit)};`)),
  partly("entities of entities", (text) => perPoint(text, (point) => `&amp;#${String(point)};`)),
  partly("entities of entities of entities", (text) => perPoint(text, (point) => `&amp;amp;#x${hex(point)};`)),
  partly("entities in full-width signs", (text) =>
    perPoint(
      text,
      (point) =>
        `＆＃${Array.from(String(point), (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join("")}；`,
    ),
  ),
  partly("entities with signs of no width", (text) => perPoint(text, (point) => `&\u200b#${String(point)}\u200b;`)),
  whole("entities of bytes", (text) => perByte(text, (byte) => `&#${String(byte)};`)),
  partly("named entities", (text) =>
    text.replaceAll(/[^A-Za-z0-9]/g, (sign) => (named[sign] === undefined ? sign : `&${named[sign]};`)),
  ),
  whole("named entities in capitals", (text) =>
    text.toUpperCase().replaceAll(/[^A-Z0-9]/g, (sign) => {
      const name = named[sign.toLowerCase()];
      return name === undefined ? sign : `&${name.toUpperCase()};`;
    }),
  ),
  whole("tags between letters", (text) =>
    Array.from(text, (letter, at) => (at % 2 === 0 ? `<b>${letter}</b>` : letter)).join(""),
  ),
  whole("comments between letters", (text) => Array.from(text).join("<!-- x -->")),
  whole("character data", (text) => `<![CDATA[${text}]]>`),
  whole("bulletin board tags", (text) =>
    Array.from(text, (letter, at) => (at % 2 === 0 ? `[b]${letter}[/b]` : letter)).join(""),
  ),
  partly("percent escapes", (text) => perByte(text, (byte) => `%${hex(byte, 2).toUpperCase()}`)),
  partly("percent escapes in small letters", (text) => perByte(text, (byte) => `%${hex(byte, 2)}`)),
  partly("percent escapes of percent escapes", (text) => perByte(text, (byte) => `%25${hex(byte, 2)}`)),
  whole("query string", (text) => encodeURIComponent(text).replaceAll("%20", "+")),
  partly("percent escapes with u", (text) => perUnit(text, (unit) => `%u${hex(unit, 4)}`)),
  ...["windows-1251", "windows-1256", "windows-1252", "iso-8859-2"].map((set) =>
    whole(`percent escapes of ${set}`, (text) =>
      bytesIn(text, set)
        ?.map((byte) => `%${hex(byte, 2).toUpperCase()}`)
        .join(""),
    ),
  ),
  partly("backslash u", (text) => perUnit(text, (unit) => `\\u${hex(unit, 4)}`)),
  partly("backslash u in capitals", (text) => perUnit(text, (unit) => `\\U${hex(unit, 4).toUpperCase()}`)),
  partly("backslash U of eight", (text) => perPoint(text, (point) => `\\U${hex(point, 8)}`)),
  partly("backslash u in braces", (text) => perPoint(text, (point) => `\\u{${hex(point)}}`)),
  partly("backslash x of bytes", (text) => perByte(text, (byte) => `\\x${hex(byte, 2)}`)),
  partly("backslash x in braces", (text) => perPoint(text, (point) => `\\x{${hex(point)}}`)),
  partly("octal escapes", (text) => perByte(text, (byte) => `\\${byte.toString(8).padStart(3, "0")}`)),
  partly("doubled backslashes", (text) => perUnit(text, (unit) => `\\\\u${hex(unit, 4)}`)),
  whole("JSON string", (text) =>
    JSON.stringify(text).replaceAll(/[^\x20-\x7e]/g, (sign) => `\\u${hex(sign.charCodeAt(0), 4)}`),
  ),
  whole("style sheet escapes", (text) => perPoint(text, (point) => `\\${hex(point)} `)),
  whole("style sheet escapes of six", (text) => perPoint(text, (point) => `\\${hex(point, 6)}`)),
  whole("idle backslashes", (text) =>
    Array.from(text, (letter) => `\\${letter}`)
      .join("")
      .replaceAll(/\\(?=[abefnrtuvxUN0-9'"`^~=.HckrdoOlLij])/g, ""),
  ),
  whole("code points", (text) =>
    points(text)
      .map((point) => `U+${hex(point, 4).toUpperCase()}`)
      .join(" "),
  ),
  partly("code points in angle brackets", (text) => perPoint(text, (point) => `<U+${hex(point, 4).toUpperCase()}>`)),
  partly("spreadsheet escapes", (text) => perUnit(text, (unit) => `_x${hex(unit, 4).toUpperCase()}_`)),
  whole("backslash u without its backslash", (text) => perUnit(text, (unit) => `u${hex(unit, 4)}`)),
  ...sets.flatMap((set) => [
    whole(`quoted word of ${set}`, (text) => quotedWord(text, set)),
    whole(`base64 word of ${set}`, (text) => base64Word(text, set)),
  ]),
  whole("folded quoted words", (text) => folded(text, "utf-8")),
  partly("quoted-printable", (text) => perByte(text, (byte) => `=${hex(byte, 2).toUpperCase()}`)),
  whole("quoted-printable letters beyond ASCII", (text) =>
    perByte(text, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : `=${hex(byte, 2).toUpperCase()}`)),
  ),
  whole("quoted-printable of windows-1251", (text) =>
    bytesIn(text, "windows-1251")
      ?.map((byte) => `=${hex(byte, 2).toUpperCase()}`)
      .join(""),
  ),
  whole("quoted-printable of windows-1252", (text) =>
    bytesIn(text, "windows-1252")
      ?.map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `=${hex(byte, 2).toUpperCase()}`))
      .join(""),
  ),
  whole("soft line breaks", (text) => (text.match(/.{1,5}/gsu) ?? []).join("=\r\n")),
  whole("base64", (text) => base64(bytesOf(text))),
  whole("base64 without padding", (text) => base64(bytesOf(text)).replaceAll("=", "")),
  whole("base64 of UTF-16", (text) =>
    eastAsian.test(text) ? undefined : base64(units(text).flatMap((unit) => [unit & 0xff, unit >> 8])),
  ),
  whole("base64 of base64", (text) => base64(bytesOf(base64(bytesOf(text))))),
  whole("base64 of windows-1251", (text) => ((bytes) => bytes && base64(bytes))(bytesIn(text, "windows-1251"))),
  whole("base32", (text) => base32(bytesOf(text))),
  whole("hexadecimal", (text) => perByte(text, (byte) => hex(byte, 2))),
  whole("hexadecimal in capitals", (text) => `0x${perByte(text, (byte) => hex(byte, 2).toUpperCase())}`),
  whole("hexadecimal bytes with blanks", (text) =>
    bytesOf(text)
      .map((byte) => hex(byte, 2))
      .join(" "),
  ),
  whole("bytes with 0x", (text) =>
    bytesOf(text)
      .map((byte) => `0x${hex(byte, 2)}`)
      .join(", "),
  ),
  whole("decimal code points", (text) => points(text).map(String).join(" ")),
  whole("binary bytes", (text) =>
    bytesOf(text)
      .map((byte) => byte.toString(2).padStart(8, "0"))
      .join(" "),
  ),
  whole("UTF-7", utf7),
  partly(
    "UTF-7 of all",
    (text) => `+${base64(units(text).flatMap((unit) => [unit >> 8, unit & 0xff])).replaceAll("=", "")}-`,
  ),
  whole("right-to-left override", (text) => overridden("\u202e", text, "\u202c")),
  whole("right-to-left override without its end", (text) => overridden("\u202e", text, "")),
  whole("override in an isolate", (text) => `\u2066${overridden("\u202e", text, "\u202c")}\u2069`),
  whole("isolate and override", (text) => `\u2067${overridden("\u202e", text, "\u202c")}\u2069`),
  whole("words overridden one by one", (text) =>
    text
      .split(" ")
      .map((word) => overridden("\u202e", word, "\u202c"))
      .join(" "),
  ),
  whole("NULs between", (text) => Array.from(text).join("\0")),
  whole("backspaces", (text) => Array.from(text, (letter) => `x\b${letter}`).join("")),
  whole("colours of a terminal", (text) => Array.from(text, (letter) => `\u001b[31m${letter}`).join("")),
  whole("delete characters", (text) => Array.from(text).join("\u007f")),
  whole("tag characters", (text) =>
    /^[\x20-\x7e]*$/.test(text) ? perPoint(text, (point) => String.fromCodePoint(point + 0xe0000)) : undefined,
  ),
  whole("negative squares", (text) =>
    text.toUpperCase().replaceAll(/[A-Z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) - 65 + 0x1f170)),
  ),
  whole("regional indicators", (text) =>
    text.toUpperCase().replaceAll(/[A-Z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) - 65 + 0x1f1e6)),
  ),
  ...[
    "latin1",
    "windows-1252",
    "windows-1251",
    "koi8-r",
    "ibm866",
    "macintosh",
    "windows-1250",
    "windows-1256",
    "windows-1253",
    "windows-1254",
  ].map((read) => misread("utf-8", read)),
  whole("utf-8 read as Latin-1 twice", (text) => latin1(bytesOf(latin1(bytesOf(text))))),
  whole("utf-8 read as windows-1252 twice", (text) => western(bytesOf(western(bytesOf(text))))),
  ...[
    "windows-1251",
    "koi8-r",
    "ibm866",
    "iso-8859-5",
    "x-mac-cyrillic",
    "windows-1256",
    "iso-8859-6",
    "windows-1253",
    "windows-1255",
    "gbk",
    "big5",
    "shift_jis",
    "euc-kr",
    "euc-jp",
    "windows-1250",
    "iso-8859-2",
    "windows-1254",
    "windows-1257",
    "macintosh",
  ].flatMap((written) => [misread(written, "latin1"), misread(written, "windows-1252")]),
  ...[
    ["windows-1251", "koi8-r"],
    ["koi8-r", "windows-1251"],
    ["ibm866", "windows-1251"],
    ["iso-8859-5", "windows-1251"],
    ["windows-1252", "windows-1251"],
    ["windows-1252", "macintosh"],
    ["windows-1251", "windows-1250"],
    ["windows-1251", "macintosh"],
    ["windows-1256", "windows-1251"],
  ].map(([written = "", read = ""]) => misread(written, read)),
  whole("UTF-16 the wrong way round", (text) =>
    eastAsian.test(text) ? undefined : perUnit(text, (unit) => String.fromCharCode(((unit & 0xff) << 8) | (unit >> 8))),
  ),
  ...[false, true].map((bigEndian) =>
    whole(`UTF-16 read as Latin-1, ${bigEndian ? "the upper byte first" : "the lower byte first"}`, (text) => {
      const bytes = units(text).flatMap((unit) => (bigEndian ? [unit >> 8, unit & 0xff] : [unit & 0xff, unit >> 8]));
      // Without a space and without a control character nothing tells that East Asian text was misread.
      const told = bytes.some((byte) => byte < 0x20 || (byte >= 0x7f && byte < 0xa0));
      return told ? latin1(bytes) : undefined;
    }),
  ),
  whole("ASCII read as UTF-16", (text) =>
    /^[\x20-\x7e]+$/.test(text)
      ? (text.length % 2 === 0 ? text : `${text} `).replaceAll(/(.)(.)/gs, (_, one: string, two: string) =>
          String.fromCharCode((two.charCodeAt(0) << 8) | one.charCodeAt(0)),
        )
      : undefined,
  ),
  whole("percent escapes of entities", (text) => encodeURIComponent(perPoint(text, (point) => `&#${String(point)};`))),
  whole("entities of backslash u", (text) => perUnit(text, (unit) => `&#92;u${hex(unit, 4)}`)),
  whole("base64 of entities", (text) => base64(bytesOf(perPoint(text, (point) => `&#${String(point)};`)))),
  whole("entities of misread UTF-8", (text) =>
    perPoint(western(bytesOf(text)), (point) => (point < 0x80 ? String.fromCodePoint(point) : `&#${String(point)};`)),
  ),
];

function base32(bytes: readonly number[]): string {
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(five.padEnd(5, "0"), 2)])
    .join("");
}
